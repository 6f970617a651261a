"""From a read document to a plan: a Document in, a Plan out; no files, clock, network or randomness."""
