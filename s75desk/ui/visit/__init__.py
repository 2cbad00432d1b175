"""Visit mode: one quality visit filling the window, from the first answer to the printed sheet."""
