"""From files to a dataset: parse, extract, store."""
