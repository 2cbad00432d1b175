"""The Briefings tab."""
