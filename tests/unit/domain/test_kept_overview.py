"""What is kept of the Overview comes back as it was; anything else is not shown at all."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from s75desk.domain.kept_overview import KeptCount, KeptOverview, KeptRow, from_text
from s75desk.domain.status import Shape

WORDS = st.text(max_size=20)
SHAPES = st.sampled_from(Shape)
KEPT = st.builds(
    KeptOverview,
    st.datetimes(timezones=st.timezones()),
    WORDS,
    WORDS,
    st.lists(st.builds(KeptCount, WORDS, WORDS, WORDS, SHAPES), max_size=3).map(tuple),
    st.lists(st.builds(KeptRow, WORDS, WORDS, WORDS, WORDS, SHAPES), max_size=3).map(tuple),
)


@given(KEPT)
def test_what_is_kept_comes_back(kept: KeptOverview) -> None:
    found = from_text(kept.to_text())
    assert found is not None
    # What is kept is the hour and its distance to Greenwich, not the name of a zone: in the hour that a zone
    # has twice, Python calls no two zones' times equal.
    there = timezone(kept.at.utcoffset() or timedelta())
    assert found == replace(kept, at=kept.at.replace(tzinfo=there))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "{",
        "{}",
        json.dumps({"at": "yesterday", "heading": "", "lead": "", "counts": [], "rows": []}),
        json.dumps({"at": "2026-03-02", "heading": "", "lead": "", "counts": [{"number": "1"}], "rows": []}),
        json.dumps({"at": "2026-03-02", "heading": "", "lead": "", "counts": [], "rows": ["a row"]}),
        json.dumps({"at": "2026-03-02", "heading": "", "lead": "", "counts": None, "rows": []}),
        "[" * 100_000,
    ],
)
def test_what_a_newer_version_or_damage_left_there_is_nothing(text: str) -> None:
    assert from_text(text) is None
