"""The desk of a contract compliance officer: agreements, providers, visits, KPIs and briefings, offline."""

__version__ = "0.1.0"
