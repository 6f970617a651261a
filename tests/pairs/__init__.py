"""Made pairs of plans with known edits: what a comparison must find."""
