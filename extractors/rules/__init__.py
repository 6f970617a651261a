"""Rules as data: YAML files with examples, each tested."""
