"""The parts of the two papers on a visit: the feedback sheet and the visit report."""
