"""The Quality visits tab: visits as a list and as a month."""
