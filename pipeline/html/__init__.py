"""Pages of HTML that stand alone: one file, no network, labels in Vietnamese and English.

Whatever comes from documents is hostile: templates escape all of it, nothing of it stands in a script, and
the page's own policy runs that one script alone and fetches nothing.
"""

from __future__ import annotations

from pipeline.html.labels import SHARED, Label
from pipeline.html.rendering import render, write

__all__ = ["SHARED", "Label", "render", "write"]
