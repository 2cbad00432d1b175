"""The sample loader refuses whatever is loosely written, and says which file and which record."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from s75desk.domain.records import KINDS, Agreement, Contribution, Decision, Extension, Record
from s75desk.services.sample import SampleError, load_sample, read_waiting
from s75desk.services.sample_values import sample_uid

TODAY = date(2026, 2, 4)  # a Wednesday

PUBLISHED = """
[report]
id = "R9"
cited = "Made-up paper"
title = "A paper made up for a test"
body = "No council"
date = 2020-01-02
file = "made-up.txt"
"""
INVENTED = """
[report]
id = "sample"
cited = "Invented for the test"
note = "Invented."
"""
AGREEMENT = """
[[agreement]]
key = "t.one"
title = "One"
reference = "T-1"
kind = "contract, block"
starts = 2020-04-01
notice = "6 months"
yearly_value = "1234.50"
paragraph = "para 1"
"""


def write(folder: Path, text: str, name: str = "a.toml") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return folder


def load(folder: Path, *texts: str) -> tuple[Record, ...]:
    for number, text in enumerate(texts):
        write(folder, text, f"{number}.toml")
    return load_sample(folder, TODAY)


def test_a_published_record_carries_its_source_and_exact_values(tmp_path: Path) -> None:
    (agreement,) = load(tmp_path, PUBLISHED + AGREEMENT)
    assert isinstance(agreement, Agreement)
    assert agreement.uid == sample_uid("t.one")
    assert agreement.cited == "Made-up paper, 2 January 2020, para 1"
    assert agreement.yearly_value == Decimal("1234.50")
    assert agreement.starts == date(2020, 4, 1)
    assert agreement.sample is False
    assert agreement.note is None


def test_an_invented_record_says_so(tmp_path: Path) -> None:
    (agreement,) = load(tmp_path, INVENTED + AGREEMENT.replace('paragraph = "para 1"', 'note = "Kept."'))
    assert isinstance(agreement, Agreement)
    assert agreement.sample is True
    assert agreement.note == "Kept. Invented."
    assert agreement.source == "Invented for the test"


def test_owners_come_first_whatever_the_order_of_files(tmp_path: Path) -> None:
    child = '[[extension]]\nkey = "t.ext"\nagreement = "t.one"\nnumber = 1\nlength = "1 year"\nparagraph = "p"\n'
    money = '[[contribution]]\nkey = "t.m"\nagreement = "t.one"\ntype = "spend"\nyear = "2016/17"\n'
    records = load(tmp_path, PUBLISHED + child, PUBLISHED + money, PUBLISHED + AGREEMENT)
    assert [type(record) for record in records] == [Agreement, Extension, Contribution]
    assert isinstance(records[2], Contribution)
    assert records[2].year == 2016
    assert records[2].amount is None


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("{ days = -12 }", date(2026, 1, 23)),
        ("{ days = 0 }", TODAY),
        ("{ weekdays = 3 }", date(2026, 2, 9)),
        ("{ weekdays = -3 }", date(2026, 1, 30)),
        ("{ month = -1, day = 'first' }", date(2026, 1, 1)),
        ("{ month = -1, day = 'last' }", date(2026, 1, 31)),
        ("{ month = 0, day = 'last' }", date(2026, 2, 28)),
        ("{ quarter = -1, day = 'first' }", date(2025, 10, 1)),
        ("{ quarter = -1, day = 'last' }", date(2025, 12, 31)),
        ("{ quarter = 0, day = 'last' }", date(2026, 3, 31)),
        ("{ month = 0, day = 'first', plus = 14 }", date(2026, 2, 15)),
        ("{ quarter = 0, day = 'last', plus = -3 }", date(2026, 3, 28)),
        ("2026-03-05", date(2026, 3, 5)),
    ],
)
def test_relative_dates_count_from_today(tmp_path: Path, written: str, meant: date) -> None:
    decision = f'[[decision]]\nkey = "t.d"\nagreement = "t.one"\ntitle = "D"\ndue = {written}\n'
    records = load(tmp_path, INVENTED + AGREEMENT + decision)
    assert isinstance(records[1], Decision)
    assert records[1].due == meant


@pytest.mark.parametrize(
    "written",
    [
        "{ days = '3' }",
        "{ days = 3, weekdays = 3 }",
        "{ weeks = 3 }",
        "{ month = -1 }",
        "{ month = -1, day = 'middle' }",
        "{ quarter = -1, day = 'last', plus = '3' }",
        "{ quarter = -1, day = 'last', minus = 3 }",
    ],
)
def test_other_relative_dates_are_refused(tmp_path: Path, written: str) -> None:
    decision = f'[[decision]]\nkey = "t.d"\nagreement = "t.one"\ntitle = "D"\ndue = {written}\n'
    with pytest.raises(SampleError, match="The field due"):
        load(tmp_path, INVENTED + AGREEMENT + decision)


@pytest.mark.parametrize(("day", "count", "meant"), [(7, 0, 9), (8, 1, 9), (8, -1, 6), (6, 1, 9), (9, -1, 6)])
def test_weekdays_step_over_the_weekend(tmp_path: Path, day: int, count: int, meant: int) -> None:
    decision = f'[[decision]]\nkey = "t.d"\nagreement = "t.one"\ntitle = "D"\ndue = {{ weekdays = {count} }}\n'
    write(tmp_path, INVENTED + AGREEMENT + decision)
    found = load_sample(tmp_path, date(2026, 2, day))[1]
    assert isinstance(found, Decision)
    assert found.due == date(2026, 2, meant)


EXTENSION = '[[extension]]\nkey = "t.ext"\nagreement = "{owner}"\nnumber = 1\nlength = {length}\n{rest}\n'


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (("[[agreement]]", "[[agrement]]"), "no kind of record called agrement"),
        (("[[agreement]]", "[agreement]"), "Write [[agreement]]"),
        (('key = "t.one"', ""), "needs a key"),
        (('key = "t.one"', 'key = "T One"'), "needs a key"),
        (('title = "One"', 'titel = "One"'), "has no field titel"),
        (('title = "One"', ""), "The field title is needed"),
        (('title = "One"', 'title = " "'), "title is empty"),
        (('title = "One"', 'title = "One\\nTwo"'), "title holds one line"),
        (('title = "One"', "title = 1"), "title must be text"),
        (('title = "One"', 'title = "One"\nsample = true'), "has no field sample"),
        (('title = "One"', 'title = "One"\nuid = "x"'), "has no field uid"),
        (('kind = "contract, block"', 'kind = "block"'), "kind must be one of: Section 75, pooled fund"),
        (("starts = 2020-04-01", 'starts = "1 April 2020"'), "starts must be a date"),
        (("starts = 2020-04-01", "starts = 2020-04-01T10:00:00Z"), "starts must be a date"),
        (("starts = 2020-04-01", "starts = { days = 3 }"), "not a relative one"),
        (('notice = "6 months"', "notice = true"), "notice must be a length in quotes"),
        (('notice = "6 months"', 'notice = "600 months"'), "notice is outside 0 to 120"),
        (('notice = "6 months"', 'notice = "6"'), "notice must be a length such as 3 years"),
        (('"1234.50"', "1234.50"), "Write 1234.50 in quotes"),
        (('"1234.50"', "1234"), "yearly_value must be a number in quotes"),
        (('"1234.50"', '"1,234.50"'), "yearly_value must be digits"),
        (('"1234.50"', '"1234.505"'), "yearly_value must be pounds and whole pence"),
        (('paragraph = "para 1"', ""), "The paragraph is missing for the figure notice"),
        (("[report]", "[reports]"), "Write [[reports]]"),
        (('body = "No council"', ""), "It must open with [report]"),
        (("date = 2020-01-02", 'date = "2020"'), "[report] date is empty or of the wrong type"),
        (('title = "One"', "title = One"), "Invalid value"),
    ],
)
def test_what_is_loosely_written_is_refused(tmp_path: Path, change: tuple[str, str], reason: str) -> None:
    text = PUBLISHED + AGREEMENT
    assert change[0] in text
    with pytest.raises(SampleError) as refused:
        load(tmp_path, text.replace(*change))
    assert reason in str(refused.value)
    assert refused.value.file == "0.toml"


@pytest.mark.parametrize(
    ("owner", "length", "rest", "reason"),
    [
        ("t.two", '"1 year"', 'paragraph = "p"', "refers to 't.two', which no file describes"),
        (
            "t.ext",
            '"1 year"',
            'paragraph = "p"',
            "must refer to a record of kind agreement; 't.ext' is of kind extension",
        ),
        ("t.one", '"1 year"', "", "The paragraph is missing for the figure length"),
        ("t.one", "12", 'paragraph = "p"', "must be a length in quotes"),
        ("t.one", '"12 months\u2019 notice"', 'paragraph = "p"', "is written '12 months'"),
        ("t.one", '"3"', 'paragraph = "p"', "must be a length such as 3 years"),
        ("t.one", '"none"', 'paragraph = "p"', "length is outside 0.03 to 240"),
    ],
)
def test_references_and_bounds_are_checked(tmp_path: Path, owner: str, length: str, rest: str, reason: str) -> None:
    with pytest.raises(SampleError) as refused:
        load(tmp_path, PUBLISHED + AGREEMENT, PUBLISHED + EXTENSION.format(owner=owner, length=length, rest=rest))
    assert reason in refused.value.reason
    assert (refused.value.file, refused.value.key) == ("1.toml", "t.ext")


def test_a_key_is_used_once(tmp_path: Path) -> None:
    with pytest.raises(SampleError) as refused:
        load(tmp_path, PUBLISHED + AGREEMENT, PUBLISHED + AGREEMENT)
    assert str(refused.value) == "1.toml: t.one: This key is used already, in 0.toml."


def test_two_files_may_not_describe_one_report_differently(tmp_path: Path) -> None:
    other = PUBLISHED.replace("No council", "Another council") + AGREEMENT.replace("t.one", "t.two")
    with pytest.raises(SampleError, match="Another file describes report R9 differently"):
        load(tmp_path, PUBLISHED + AGREEMENT, other)


def test_a_published_record_cannot_rest_on_an_invented_one(tmp_path: Path) -> None:
    extension = EXTENSION.format(owner="t.one", length='"1 year"', rest='paragraph = "p"')
    with pytest.raises(SampleError, match="which no file describes"):
        load(tmp_path, INVENTED + AGREEMENT, PUBLISHED + extension)
    records = load(tmp_path, PUBLISHED + AGREEMENT, INVENTED + extension)
    assert [record.sample for record in records if isinstance(record, Agreement | Extension)] == [False, True]


def test_no_kind_refers_to_itself_so_that_owners_first_is_always_possible() -> None:
    refers = {kind: {f.refers_to for f in cls.fields().values() if f.refers_to} for kind, cls in KINDS.items()}
    reached = {kind: set(others) for kind, others in refers.items()}
    for _ in KINDS:
        for others in reached.values():
            others |= {further for other in others for further in refers[other]}
    assert [kind for kind, others in reached.items() if kind in others] == []


def test_what_waits_is_read_but_not_loaded(tmp_path: Path) -> None:
    head = '[waiting]\ntitle = "Benefits"\nroadmap = 3\nwhy = "No register yet."\n'
    entry = '[[benefit]]\nkey = "w.1"\nreport = "R3"\nparagraph = "para 13"\nwhat = "Resilience"\n'
    write(tmp_path, head + entry, "waiting/benefits.toml")
    assert load_sample(tmp_path, TODAY) == ()
    (waiting,) = read_waiting(tmp_path)
    assert (waiting.file, waiting.title, waiting.roadmap) == ("waiting/benefits.toml", "Benefits", 3)
    assert waiting.entries["benefit"][0]["what"] == "Resilience"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (("roadmap = 3\n", ""), "It must open with [waiting]"),
        (('key = "w.1"', ""), "needs a key of its own"),
        (('report = "R3"', 'report = "R7"'), "Report or paragraph is missing"),
        (('paragraph = "para 13"', ""), "Report or paragraph is missing"),
        (('what = "Resilience"', "what = 1.5"), "Write 1.5 in quotes"),
    ],
)
def test_what_waits_needs_its_source_too(tmp_path: Path, change: tuple[str, str], reason: str) -> None:
    head = '[waiting]\ntitle = "Benefits"\nroadmap = 3\nwhy = "No register yet."\n'
    entry = '[[benefit]]\nkey = "w.1"\nreport = "R3"\nparagraph = "para 13"\nwhat = "Resilience"\n'
    write(tmp_path, (head + entry).replace(*change), "waiting/benefits.toml")
    with pytest.raises(SampleError) as refused:
        read_waiting(tmp_path)
    assert reason in refused.value.reason
