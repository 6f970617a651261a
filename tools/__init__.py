"""Tools that make the packaged rules; not part of the installed package."""
