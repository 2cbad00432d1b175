"""Periods of every kind: how long one is, where its year begins, how people write it, and how periods add up."""
