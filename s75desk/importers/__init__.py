"""Reads what someone else made: every file from outside is taken to be hostile until it has been read whole."""
