"""Qt item models and the plain ordering beneath them."""
