"""What is true of the Vietnamese language, not of plans."""
