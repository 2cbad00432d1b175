"""The plain side of the benchmark says what the tagged side says, so that the two can be held against each other."""

from __future__ import annotations

from collections import Counter

from benchmarks.harness import Comparison
from benchmarks.plain_pdf import AT_MOST, comparison, long_briefing, plain_pdf
from s75desk.reporting.layout import render
from tests.unit.reporting.pdf_reading import assert_conforms, fonts_of, text_of
from tests.unit.reporting.samples import AS_AT


def words(data: bytes) -> Counter[str]:
    return Counter(word for word in text_of(data).split() if word.isalpha() and len(word) > 3)


def test_both_sides_say_the_same() -> None:
    briefing = long_briefing(3)
    tagged, plain = words(render(briefing, as_at=AS_AT).data), words(plain_pdf(briefing))
    # Heads and feet of pages are simpler there; headers are repeated where the pages happen to break.
    furniture = {"Agreement", "briefing", "long", "agreement", "February", "printed", "with", "Page", "Contents"}
    repeated = {"Measure", "Latest", "Target", "Status"}
    different = {word for word in tagged | plain if tagged[word] != plain[word]}
    assert different <= furniture | repeated
    assert sum(tagged.values()) > 1000
    assert fonts_of(plain_pdf(briefing)) == {"SourceSans3-Regular", "SourceSans3-Bold"}


def test_the_tagged_side_conforms() -> None:
    assert_conforms(render(long_briefing(2), as_at=AS_AT).data, allowed=("ORD-001", "TBL-014", "PAG-001"))


def test_the_budget_is_that_of_the_design() -> None:
    found: Comparison = comparison()
    assert [row.at_most for row in found.rows] == [AT_MOST] == [1.6]
