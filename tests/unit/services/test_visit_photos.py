"""A photo of a visit is kept with its pictures, once, whole or not at all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from s75desk.domain.errors import DeskError, DiskTrouble, NotFound
from s75desk.domain.records import VisitPhoto
from s75desk.models import blobs, history
from s75desk.services import visiting
from tests.unit.services import visit_desks
from tests.unit.services.visit_desks import Planned, desk_of, everything, fails_at, small

files, planned, recorded = visit_desks.files, visit_desks.planned, visit_desks.recorded


def test_a_photo_is_kept_with_its_pictures_and_a_number(recorded: Planned) -> None:
    office, visit = recorded
    photo = VisitPhoto(uid="new", visit=visit.uid, question="8.3", wide=8, high=6, caption="Trolley\0")
    changes = office.visiting.attach(photo, small("large"), small("s"))
    kept = office.records.get(VisitPhoto, "new")
    assert (kept.number, kept.size, kept.question, kept.caption) == (4, len(small("large")), "8.3", "Trolley")
    assert office.visiting.picture(kept.sha256 or "") == small("large")
    assert office.visiting.open(visit.uid).thumbnails[kept.thumbnail or ""] == small("s")
    assert (changes.label, changes.undoable, changes.uid) == ("Added a photo", False, "new")
    office.visiting.keep(visit.uid, removed=[kept])
    office.visiting.attach(replace(photo, uid="newer"), small("large"), small("s"))
    assert office.records.get(VisitPhoto, "newer").number == 5, "a number that was given is not given again"
    assert office.checks.check().sound


def test_a_photo_that_is_there_is_not_added_again(recorded: Planned) -> None:
    """After trouble nobody knows whether it was kept: adding it once more must do no harm."""
    office, visit = recorded
    photo = VisitPhoto(uid="new", visit=visit.uid, question="8.3")
    office.visiting.attach(photo, small("large"), small("s"))
    before = everything(desk_of(office))
    assert office.visiting.attach(photo, small("large"), small("s")).touched == frozenset()
    assert everything(desk_of(office)) == before


@pytest.mark.parametrize(("module", "name", "at"), [(blobs, "put", 1), (blobs, "put", 2), (history, "append", 1)])
def test_a_photo_is_kept_whole_or_not_at_all(
    recorded: Planned, monkeypatch: pytest.MonkeyPatch, module: object, name: str, at: int
) -> None:
    office, visit = recorded
    before = everything(desk_of(office))
    fails_at(monkeypatch, module, name, [at])
    photo = VisitPhoto(uid="new", visit=visit.uid, question="8.3")
    with pytest.raises(DiskTrouble):
        office.visiting.attach(photo, small("large"), small("s"))
    assert everything(desk_of(office)) == before
    office.visiting.attach(photo, small("large"), small("s"))
    assert office.records.get(VisitPhoto, "new").number == 4


def test_a_picture_that_is_not_there_is_told_in_words(planned: Planned) -> None:
    with pytest.raises(NotFound, match="That photo is not in this desk"):
        planned[0].visiting.picture("0" * 64)


def test_a_file_that_cannot_be_read_or_is_too_large_is_refused_in_words(
    planned: Planned, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office, _ = planned
    with pytest.raises(DeskError, match=r"^Not added: gone\.jpg cannot be read\."):
        office.visiting.read_photo(tmp_path / "gone.jpg")
    (tmp_path / "big.jpg").write_bytes(small())
    monkeypatch.setattr(visiting, "MOST_PHOTO_BYTES", len(small()) - 1)
    with pytest.raises(DeskError, match=r"^Not added: big\.jpg is larger than"):
        office.visiting.read_photo(tmp_path / "big.jpg")
