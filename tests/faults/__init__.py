"""Faults for the tests of the archive: traps in documents, runs in processes of their own, sudden ends."""
