"""Reading of page images: cleaning, ruling lines, recognition; the layout then is that of any page."""
