"""Budgets of the design, measured as ratios: ``python -m benchmarks``."""
