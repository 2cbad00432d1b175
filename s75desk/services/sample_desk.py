"""Fills a desk from the five published reports and the invented samples beside them."""

from __future__ import annotations

from pathlib import Path

from s75desk.domain.changes import Changes
from s75desk.services.sample import load_sample
from s75desk.services.workplace import Workplace


def fill(place: Workplace, folder: Path) -> Changes:
    """Write every record of the sample files in one change.

    Args:
        place: An empty desk.
        folder: ``resources/sample``.

    Raises:
        SampleError: If a file breaks the rules of its format; nothing is written.
        DeskError: If the desk cannot be written.
    """
    records = load_sample(folder, place.today())
    with place.change("Sample desk filled from five published reports") as change:
        change.create_many(records)
    return change.result
