"""Bulk maker: an archive of thousands of made plans, broken files among them, and its truth."""
