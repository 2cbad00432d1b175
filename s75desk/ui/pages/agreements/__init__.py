"""The Agreements tab."""
