"""The rules for the next visit as a file: the one of the program, and every way in which one can be wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from s75desk.domain.errors import DeskError
from s75desk.domain.records.provider import RatingScheme, RatingValue
from s75desk.domain.visits.due import Basis
from s75desk.paths import resource
from s75desk.services.visit_rules import FILE, load_visit_rules, visit_rules

TEXT = resource("visits", FILE).read_text(encoding="utf-8")


def load(folder: Path, text: str) -> None:
    path = folder / "rules.toml"
    path.write_text(text, encoding="utf-8")
    load_visit_rules(path)


def test_the_rules_of_the_program() -> None:
    rules = visit_rules()
    assert rules.heading == "When to visit again, version 1"
    assert [(rule.key, rule.basis, rule.scheme, rule.months) for rule in rules.rules] == [
        ("agreement", Basis.FREQUENCY, None, None),
        ("our-assessment", Basis.RATING, RatingScheme.OURS, 6),
        ("cqc", Basis.RATING, RatingScheme.CQC_OVERALL, 6),
    ]
    low = {rule.key: rule.rated for rule in rules.rules}
    assert low["our-assessment"] == {RatingValue.REQUIRES_IMPROVEMENT, RatingValue.POOR}
    assert low["cqc"] == {RatingValue.REQUIRES_IMPROVEMENT, RatingValue.INADEQUATE}


def test_every_rule_of_the_program_is_cited_and_says_what_is_not_confirmed() -> None:
    for rule in visit_rules().rules:
        assert rule.says.endswith(".")
        assert rule.sources, rule.key
        assert all(citation.seen for citation in rule.sources if citation.confirmed)
    unconfirmed = {c.key for rule in visit_rules().rules for c in rule.sources if not c.confirmed}
    assert unconfirmed == {"house-cqc"}
    assert "Norfolk County Council" in visit_rules().source
    assert "(general knowledge, not confirmed)" in visit_rules().source


WRONG = {
    "no TOML": (TEXT.replace("format = 1", "format = ="), "it is not TOML"),
    "another format": (TEXT.replace("format = 1", "format = 2"), "format cannot be used: it must be 1"),
    "no title": (TEXT.replace('title = "When to visit again"', 'title = " "'), "title must be text"),
    "an unknown table": (f"{TEXT}\n[[exception]]\nkey = 'x'\n", "exception is not understood"),
    "a single rule": (TEXT.replace("[[rule]]\nkey = \"cqc\"", "[rule.more]\nkey = \"cqc\"", 1), "is not understood"),
    "a source twice": (TEXT.replace('key = "stockton"', 'key = "norfolk"'), "source norfolk cannot be used: this key"),
    "a rule twice": (TEXT.replace('key = "cqc"', 'key = "agreement"'), "rule agreement cannot be used: this key"),
    "a source nobody leans on": (TEXT.replace('["stockton", "house-cqc"]', '["stockton"]'), "no rule leans on house-cqc"),  # noqa: E501
    "an unknown source": (TEXT.replace('["norfolk"]', '["suffolk"]'), "must be keys of sources in this file"),
    "no source": (TEXT.replace('["norfolk"]', "[]"), "must be keys of sources in this file"),
    "confirmed nowhere": (TEXT.replace('seen = "The record of the service"\n', ""), "says where it was seen"),
    "confirmed or not": (TEXT.replace("confirmed = false", 'confirmed = "no"'), "true or false"),
    "an unknown basis": (TEXT.replace('"frequency"', '"whim"'), "basis must be one of: frequency, rating"),
    "an unknown scheme": (TEXT.replace('"our assessment"', '"CQC safe"'), "scheme must be one of: our assessment, CQC"),
    "no rating": (TEXT.replace('["Requires improvement", "Poor"]', "[]"), "rated must be words of the scheme"),
    "a rating of another scheme": (TEXT.replace('"Inadequate"]', '"Poor"]'), "rated must be words of the scheme"),
    "no months": (TEXT.replace("months = 6\nsays = \"A service that we", 'says = "A service that we'), "months must be"),  # noqa: E501
    "nought months": (TEXT.replace("months = 6", "months = 0"), "months must be a whole number from 1 to 60"),
    "months as text": (TEXT.replace("months = 6", 'months = "6"'), "months must be a whole number"),
    "true months": (TEXT.replace("months = 6", "months = true"), "months must be a whole number"),
    "months of a frequency": (TEXT.replace('basis = "frequency"', 'basis = "frequency"\nmonths = 3'), "months is not und"),  # noqa: E501
    "an unknown field": (TEXT.replace('basis = "frequency"', 'basis = "frequency"\nwhy = "so"'), "why is not understood"),  # noqa: E501
    "no rules": (TEXT[: TEXT.index("[[source]]")], "rule cannot be used: there is none"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "words"), WRONG.values(), ids=WRONG)
def test_a_file_that_breaks_the_format_is_refused_with_the_place(tmp_path: Path, text: str, words: str) -> None:
    assert text != TEXT
    with pytest.raises(DeskError) as caught:
        load(tmp_path, text)
    assert words in caught.value.what
    assert caught.value.what.startswith("The rules for visits in rules.toml")
    assert caught.value.remedy == "Correct the file."


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DeskError, match="it cannot be read"):
        load_visit_rules(tmp_path / "gone.toml")
    (tmp_path / "other.toml").write_bytes(b"\xff\xfe title")
    with pytest.raises(DeskError, match="it is not TOML"):
        load_visit_rules(tmp_path / "other.toml")
