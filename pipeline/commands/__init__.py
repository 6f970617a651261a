"""The commands: each module adds its options to the command line and calls the library, no more."""
