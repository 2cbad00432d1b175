"""Our assessment of which half the questions were not looked at is a plain, green "Good" in no place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from s75desk.domain.drawing import StatusMark
from s75desk.domain.records import Agreement, Membership, Provider, Rating, Service
from s75desk.domain.records.provider import RatingScheme, RatingValue
from s75desk.domain.status import Shape
from s75desk.models.desk_file import DeskFile
from s75desk.reporting.charts import rating_history
from s75desk.services.office import Office
from s75desk.services.paper_wishes import ProviderWish
from s75desk.services.papers import PaperService
from s75desk.ui.pages.child_columns import Names, columns_of
from s75desk.ui.pages.providers.page import COLUMNS as PROVIDERS
from tests.places import shown
from tests.places.shown import in_table
from tests.unit.domain.statuses.every_record import TODAY
from tests.unit.record_help import office_of

SAID = ("Good, 50 of 74 not looked at", Shape.UNKNOWN)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """A provider of two homes: we have looked at half of one, and later at the whole of the other."""
    with DeskFile.create(tmp_path / "half.s75desk") as desk:
        found = office_of(desk, TODAY)
        with found.place.change("Half looked at") as change:
            change.create_many(
                [
                    Agreement(uid="a", title="Care homes"),
                    Provider(uid="p", name="Fernbank"),
                    Membership(uid="m", provider="p", agreement="a"),
                    Service(uid="s", provider="p", name="Half House"),
                    Service(uid="t", provider="p", name="Whole House"),
                    Rating(
                        uid="r",
                        service="s",
                        scheme=RatingScheme.OURS,
                        value=RatingValue.GOOD,
                        published=date(2025, 6, 1),
                        looked_at=24,
                        asked=74,
                    ),
                    Rating(
                        uid="w",
                        service="t",
                        scheme=RatingScheme.OURS,
                        value=RatingValue.GOOD,
                        published=date(2025, 7, 1),
                        looked_at=74,
                        asked=74,
                    ),
                ]
            )
        yield found


def test_in_the_window(office: Office) -> None:
    (row,) = office.providers.rows()
    assert in_table(PROVIDERS, [row], "ours") == {"p": SAID}
    page = office.providers.page("p")
    assert f"Our assessment {SAID[0]}" in page.status.sentence
    rated = in_table(columns_of(Rating, Names({}, TODAY)), page.ratings, "value")
    assert rated == {"r": SAID, "w": ("Good", Shape.GOOD)}
    assert page.due["s"].working.lines[2].value == SAID[0]
    assert f"{SAID[0]} asks for none" in {line.remark for line in page.due["s"].working.lines}
    assert shown.described(office, page.ratings)["r"] == SAID


def test_in_a_drawing(office: Office) -> None:
    page = office.providers.page("p")
    drawing = rating_history([rating for rating in page.ratings if rating.uid == "r"], TODAY, 600)
    assert [mark.shape for mark in drawing.marks if isinstance(mark, StatusMark) and mark.x > 0] == [Shape.UNKNOWN]
    assert f"{SAID[0]}, on 1 June 2025" in drawing.alternative
    assert [row[2] for row in drawing.table[1:]] == [SAID[0]]
    assert SAID[0] in drawing.spots[0].text


def test_on_paper_and_in_exports(office: Office) -> None:
    paper = PaperService(office.place).content(ProviderWish("p", TODAY))
    (table,) = [each for each in shown.tables_of(paper) if each.columns[2].title == "Latest rating"]
    printed = {("".join(word.text for word in row.cells[2].text), row.cells[2].shape) for row in table.rows}  # type: ignore[union-attr]
    assert printed == {SAID, ("Good", Shape.GOOD)}
    assert shown.exported(office, Rating)["r"].state == "Good, in part"
    sheet = office.exports.table("rating")
    held = {str(row[0]): dict(zip(sheet.headings, row, strict=True)) for row in sheet.rows}["r"]
    assert (held["Looked at"], held["Questions"]) == (24, 74)
    sheet = office.exports.table("provider")
    assert dict(zip(sheet.headings, sheet.rows[0], strict=True))["Our assessment, worst"] == "Good, in part"
