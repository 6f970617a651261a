"""Parsers: one module a format; what the bytes are decides, not the name's ending."""
