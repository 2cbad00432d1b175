"""Marks that stand before words of their own: a shape alone, agrees or in doubt, confirmed or not, a titled rating."""

from __future__ import annotations

from s75desk.domain.status import Shape, Status

DOUBTED = Status(Shape.DOUBT, "")
AGREES = Status(Shape.GOOD, "")
FINISHED = Status(Shape.DONE, "Done")
CONFIRMED = Status(Shape.GOOD, "Confirmed")
NOT_CONFIRMED = Status(Shape.UNKNOWN, "Not confirmed")


def mark(shape: Shape) -> Status:
    """A shape before words that stand elsewhere."""
    return Status(shape, "")


def agreement_mark(agrees: bool | None) -> Status | None:
    """Whether a figure agrees with another; None where there is nothing to hold it against."""
    if agrees is None:
        return None
    return AGREES if agrees else DOUBTED


def titled(title: str, status: Status) -> Status:
    """A status with what it is the status of: "Overall rating: Good"."""
    return Status(status.shape, f"{title}: {status.word}", status.sentence, status.state, status.days_late)
