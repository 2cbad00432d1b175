"""Queries that answer a whole list at once, for tables of tens of thousands of rows."""
