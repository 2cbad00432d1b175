"""The parts pages are made of. Each follows the theme by itself; none knows a service."""
