"""The sample register: "2 of 45", codes instead of names, and counts that fit together."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from s75desk.domain.findings import Weight
from s75desk.domain.visits.sample import Sample, SampleMethod, code_of, code_refusal, next_code, sample_findings


@pytest.mark.parametrize(
    ("population", "looked_at", "words"),
    [
        (45, 2, "2 of 45"),
        (45, 0, "0 of 45"),
        (1200, 3, "3 of 1,200"),
        (None, 2, "2 of an unknown number"),
        (45, None, "Not known, of 45"),
        (None, None, "Not known"),
    ],
)
def test_what_was_looked_at_in_words(population: int | None, looked_at: int | None, words: str) -> None:
    assert Sample("charts", population, looked_at).words == words


def test_a_sample_as_a_report_prints_it() -> None:
    sample = Sample("medicines charts", 45, 2, SampleMethod.RANDOM, ("CP1", "CP2"))
    assert sample.sentence == "2 of 45 medicines charts, at random: CP1 and CP2"
    assert Sample().sentence == "Not known"
    assert sample_findings(sample) == ()


@pytest.mark.parametrize(
    ("typed", "code"), [("CP1", "CP1"), ("cp 1", "CP1"), (" sf-12 ", "SF12"), ("X9999", "X9999"), ("mar03", "MAR03")]
)
def test_codes_are_kept_in_one_form(typed: str, code: str) -> None:
    assert code_of(typed) == code
    assert code_refusal(typed) == ""


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("Mary Smith", "may be a person’s name"),
        ("SMITH", "may be a person’s name"),
        ("M. S.", "may be a person’s name"),
        ("José", "may be a person’s name"),
        ("王芳", "may be a person’s name"),
        ("Smith1", "not a code"),
        ("12", "not a code"),
        ("CP12345", "not a code"),
        ("CP1, CP2", "not a code"),
        ("CP１", "not a code"),
        ("1 May 1940", "not a code"),
        ("  ", "Type a code"),
    ],
)
def test_names_and_the_like_are_refused(typed: str, why: str) -> None:
    assert code_of(typed) is None
    assert why in code_refusal(typed)


@given(st.text(max_size=12))
def test_whatever_is_kept_is_a_code(typed: str) -> None:
    code = code_of(typed)
    assert (code is None) is bool(code_refusal(typed))
    if code is not None:
        letters = code.rstrip(string.digits)
        assert 1 <= len(letters) <= 3
        assert set(letters) <= set(string.ascii_uppercase)
        assert code_of(code) == code


def test_the_next_free_code() -> None:
    assert next_code("cp", []) == "CP1"
    assert next_code("CP", ["CP1", "CP7", "CPX9", "SF12"]) == "CP8"
    with pytest.raises(ValueError, match="cannot begin"):
        next_code("Mary", [])


@pytest.mark.parametrize(
    ("sample", "weight", "field", "text"),
    [
        (Sample("x", 2, 3), Weight.FAULT, "looked_at", "3 were looked at, but there are 2."),
        (Sample("x", -1, None), Weight.FAULT, "population", "Type a number from 0"),
        (Sample("x", None, 1_000_001), Weight.FAULT, "looked_at", "to 1,000,000"),
        (Sample("x", 9, 2, codes=("CP1", "CP1")), Weight.FAULT, "codes", "CP1 stands here twice."),
        (Sample("x", 9, 2, codes=("Mary",)), Weight.FAULT, "codes", "person’s name"),
        (Sample("x", 9, 2, codes=("cp1",)), Weight.FAULT, "codes", "Write cp1 as CP1."),
        (Sample("x", 9, 1, codes=("CP1", "CP2")), Weight.DOUBT, "codes", "2 codes for 1 looked at."),
        (Sample("x", 9, 2, SampleMethod.ALL), Weight.DOUBT, "method", "All of them would be 9."),
    ],
)
def test_samples_that_do_not_fit_together(sample: Sample, weight: Weight, field: str, text: str) -> None:
    found = [(each.weight, each.field) for each in sample_findings(sample) if text in each.text]
    assert found == [(weight, field)]
