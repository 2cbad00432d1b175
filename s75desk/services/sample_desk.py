"""Fills a desk from the five published reports and the invented samples beside them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from s75desk.domain.changes import Changes
from s75desk.domain.records import Visit
from s75desk.domain.records.visit import VisitStage
from s75desk.models import blobs
from s75desk.services.sample import read_sample
from s75desk.services.visiting import VisitingService
from s75desk.services.workplace import Workplace


def fill(place: Workplace, folder: Path) -> Changes:
    """Write every record of the sample files in one change, and sign the visits that were made on their days.

    Args:
        place: An empty desk.
        folder: ``resources/sample``.

    Raises:
        SampleError: If a file breaks the rules of its format; nothing is written.
        DeskError: If the desk cannot be written.
    """
    sample = read_sample(folder, place.today())
    made = {visit.visit: visit for visit in sample.made}
    visiting = VisitingService(place)
    with place.change(_LABEL) as change:
        for data in sample.blobs:
            blobs.put(change.connection, data)
        # Signing puts a visit into draft; one that is final becomes so afterwards, as in life.
        change.create_many(
            replace(record, stage=VisitStage.DRAFT) if isinstance(record, Visit) and record.uid in made else record
            for record in sample.records
        )
        first = change.main
        for visit in sorted(made.values(), key=lambda visit: visit.signed):
            visiting.sign(change, visit.visit, visit.signed, visit.day)
        for record in sample.records:
            if isinstance(record, Visit) and record.uid in made:
                signed = change.records.get(Visit, record.uid)
                change.revise(replace(signed or record, stage=record.stage))
        change.label, change.main = _LABEL, first
    return change.result


_LABEL = "Sample desk filled from five published reports"
