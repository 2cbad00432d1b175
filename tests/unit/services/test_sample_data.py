"""The sample desk itself: every figure cited, every contradiction kept, the invented apart from the published."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

import pytest

from s75desk.domain.arithmetic import backward_months, breakdown_questions, kpi_questions, record_questions
from s75desk.domain.lengths import Length
from s75desk.domain.parted import PartedTotal
from s75desk.domain.performance import KpiSheet, KpiState, kpi_state
from s75desk.domain.records import (
    Action,
    Agreement,
    Breakdown,
    Chaser,
    Contribution,
    Decision,
    Extension,
    Kpi,
    KpiReturn,
    Lot,
    Measurement,
    Membership,
    Milestone,
    Option,
    Organisation,
    Part,
    Provider,
    Rating,
    Recommendation,
    Record,
    Service,
    Sourced,
    Standard,
    Target,
    Visit,
)
from s75desk.domain.records.action import ActionState
from s75desk.domain.records.money import MoneyLine, MoneyType
from s75desk.domain.records.visit import VisitStage
from s75desk.domain.term import term_of
from s75desk.models.repository import Repository
from s75desk.paths import resource
from s75desk.services.office import Office
from s75desk.services.sample import load_sample, read_sample, read_waiting
from s75desk.services.sample_values import sample_uid

R = TypeVar("R", bound=Record)

TODAY = date(2026, 2, 4)
SAMPLE = resource("sample")
ROOT = Path(__file__).parents[3]
RECORDS = load_sample(SAMPLE, TODAY)
BY_UID = {record.uid: record for record in RECORDS}
PAPERS = (
    "Rotherham Cabinet paper, 10 April 2017",
    "Cambridgeshire committee report, 7 March 2024",
    "Rotherham commissioning update, 25 January 2024",
    "Leicestershire scrutiny report, 3 November 2015",
    "Leicester scrutiny report, 20 March 2018",
)
PUBLISHED = [record for record in RECORDS if isinstance(record, Sourced) and not record.sample]
INVENTED = [record for record in RECORDS if isinstance(record, Sourced) and record.sample]


def the(cls: type[R], key: str) -> R:
    record = BY_UID[sample_uid(key)]
    assert isinstance(record, cls)
    return record


def under(cls: type[R], owner: str, field: str = "agreement", records: Iterable[Record] = RECORDS) -> tuple[R, ...]:
    uid = sample_uid(owner)
    return tuple(record for record in records if isinstance(record, cls) and getattr(record, field) == uid)


def state(key: str, today: date = TODAY) -> KpiState:
    returns = under(KpiReturn, key, "kpi")
    return kpi_state(the(Kpi, key), under(Target, key, "kpi"), under(Measurement, key, "kpi"), returns, today)


def questions(key: str) -> str:
    """Everything the checks ask about one breakdown or KPI, as text."""
    record = BY_UID[sample_uid(key)]
    if isinstance(record, Breakdown):
        found = breakdown_questions(PartedTotal(record, under(Part, key, "breakdown")))
    else:
        assert isinstance(record, Kpi)
        targets, figures = under(Target, key, "kpi"), under(Measurement, key, "kpi")
        found = kpi_questions(KpiSheet(record, targets, figures, (), state(key)))
    return "\n".join(f"{question.check}: {question.title}. {question.text}" for question in found)


# --- sources -----------------------------------------------------------------------------------------------------


def test_every_published_record_names_its_paper_and_its_paragraph() -> None:
    assert [record for record in PUBLISHED if record.source not in PAPERS or not record.paragraph] == []
    assert {record.source for record in PUBLISHED} == set(PAPERS)


def test_every_invented_record_says_that_it_is_a_sample() -> None:
    assert len(INVENTED) > 300
    for record in INVENTED:
        assert record.source == "Invented for the sample desk"
        assert (record.note or "").endswith("Sample: invented for the sample desk.")
        assert record.paragraph is None


def test_providers_visits_and_ratings_are_all_invented() -> None:
    for kind in (Provider, Service, Rating, Membership, Visit, Action, Chaser, KpiReturn, Standard):
        assert not [record for record in PUBLISHED if isinstance(record, kind)]


def test_no_invented_figure_stands_among_published_ones() -> None:
    """An invented meeting may be held about a published agreement; an invented figure may not join a published KPI."""
    figures = (Kpi, Target, Measurement, Breakdown, Part, Contribution)
    owned = 0
    for record in INVENTED:
        if isinstance(record, figures):
            owner = next(value for f in record.fields().values() if f.parent and (value := getattr(record, f.name)))
            owner_record = BY_UID[owner]
            assert isinstance(owner_record, Sourced)
            assert owner_record.sample
            owned += 1
    assert owned > 80


def test_owners_come_before_what_they_own() -> None:
    seen: set[str] = set()
    for record in RECORDS:
        for field in record.fields().values():
            other = getattr(record, field.name) if field.refers_to else None
            assert not other or other in seen
        seen.add(record.uid)
    assert len(seen) == len(RECORDS)


def test_what_must_be_unique_is() -> None:
    for cls in {type(record) for record in RECORDS}:
        for field in (field for field in cls.fields().values() if field.unique):
            values = [getattr(r, field.name) for r in RECORDS if type(r) is cls and getattr(r, field.name) is not None]
            assert max(Counter(values).values(), default=1) == 1, f"{cls.KIND}.{field.name}"


def test_uids_never_change() -> None:
    """A second sample desk, or one made by a later version, merges with the first."""
    assert the(Agreement, "r1.ot").uid == "18aee956-8e2a-5256-8c8e-e63779954758"


# --- no officer is named -----------------------------------------------------------------------------------------

# SHA-256 of the officers' names in the five papers, in small letters: forename and surname, then rare surnames.
NAMES = frozenset(
    """
ff016fdc6134db28b260719e5a279d9332f2cea003fd260ffe8bb0b5eb1b94c3
256d9bf2cdfca3188d1463b156badd11364ce53cf4db8b92159fd63f37b78ad6
07420782a8632902c5a08f4308c590c23f77277df8ecc8bcc5b4519764506025
84fddb7d4d34086aab82f37e9290cd4a56e2878e1d60137b72296518d2aba5ff
135f6a614cc6adf4afbb35da06809fea1c80ad8fd92e70500433c6c863e048c7
65d0944dbf573629dcdabc75b0f6660400325e9975c4ab98c039ffa9fb9f77f7
844bd36968d3aeba11a23f7495275ae5ea0367fede49802f6076181892934f0b
d1e0a342e9a15cfa01016014ee16b9c2329986329efaab31824f2d5c40f1c7ec
e338c5fd0b34969b8575cf5ad2598d4d578ba7229f7319dea016d63e8ef0696d
646c2d4bb72e7844d53a3fcaa9c6be3b2498f4d3aeea7fdbc7898cabce6f2258
b5b0d14aebc97ceded9a1b67ef41f3c2fbf8cabaa960a487e67ce85f3598e2d9
703309f70f74604074d231ef81cc7be41b97181fc34955780d8562071d5acc56
c9ef6ed61fcf33604f274afe880b468dfaa37ec379036b9dcf3f26fc939a6e11
ec3a7bb10fd4dc68239baadebf86c6761c42a4c7eeb1fb3fd7fec0beee970624
92162a0e8878e48bfc4fe408a1009a2d30f37c1756cc44e3cbbd271d30166fdd
3bd74c3c0abe80700966a10ddd8e15739dbb0706a4e1022044da6f182a9a5bdc
d5667ce5355d863ee74041172c5f37544bf5a53c711ed7c1c860f7d91eafe284
6841d5fe05e48248c2541058557090bbb660cbbe0400bf825144ca7b87febde2
55d09efdbe1e2da338f1f4caa3aeaec4d53dba48382c7809e2c9e2ba44999cb0
d9073fe40d6df048a269d9a442c7f832b2546e952380ac27b673892aed277810
6c5a40c85db8ed75bb4997072955f9d99e87210e69679880d8283c99e894c9a0
8e0e3afa5fb7031a9076758c1180159aae6892a29a9ac48d252f28dd4abfde0b
137f02edddc7545acfbdbcf2b65ee6274b1b51e7c76ca9558b2152df2d83252f
d21e358d22c7f89ddcbc12f66dbc18b1b2ca5371f678d3e33e80457f3f0c626c
f953eff64c8b538700e2eebef4bc0d883a7b0638342cebae4931ca1d47699bf7
b72bd211ffc4afb3a93231ad8b1cd5e92fe15deea72116a6616760db4b9672e5
06954fbb51fe520a47d79c84210213ddf36dfd9b615adfe6893ff1a9ea42418f
743a1eb213cbfeb21554ede4766ac28f277e403f9c0e8a2c234d3819a4fb7733
""".split()
)


def digests_of(text: str) -> set[str]:
    words = re.findall(r"[^\W\d_]+", text.lower())
    windows = {" ".join(pair) for pair in pairwise(words)} | set(words)
    return {hashlib.sha256(window.encode()).hexdigest() for window in windows}


def test_the_scan_for_names_finds_a_name() -> None:
    known = hashlib.sha256(b"ada lovelace").hexdigest()
    assert known in digests_of("Owner: Ada-Lovelace, officer")


@pytest.mark.parametrize("place", ["resources/sample", "docs", "s75desk", "tests"])
def test_no_officer_of_the_papers_is_named(place: str) -> None:
    read = 0
    for path in sorted((ROOT / place).rglob("*")):
        if path.suffix in {".toml", ".md", ".py", ".txt", ".json", ".csv", ".svg"}:
            found = digests_of(path.read_text(encoding="utf-8")) & NAMES
            assert not found, f"{path.name} names an officer of the papers"
            read += 1
    assert read


# --- the check figures -------------------------------------------------------------------------------------------


def test_seven_agreements_and_no_eighth() -> None:
    assert sorted(record.reference or "" for record in RECORDS if isinstance(record, Agreement)) == [
        "DPS-2020-HC", "DPS-2023-LDA", "DPS-2023-MH", "FWK-2017-DC", "S75-2012-COT", "S75-2016-HTLAH", "S75-2024-OT",
    ]  # fmt: skip


def test_rotherham_2017_money() -> None:
    lines = {line: Decimal(0) for line in MoneyLine}
    for entry in under(Contribution, "r0.cot"):
        assert entry.type is MoneyType.CONTRIBUTION
        assert entry.line
        lines[entry.line] += entry.amount or 0
    assert lines == {MoneyLine.POOLED: 746000, MoneyLine.ALIGNED: 93350}
    total = the(Breakdown, "r0.total")
    assert total.total == sum(part.count or 0 for part in under(Part, "r0.total", "breakdown")) == 839350


def test_rotherham_2017_extension_came_after_the_end() -> None:
    agreement, (extension,) = the(Agreement, "r0.cot"), under(Extension, "r0.cot")
    assert agreement.stated_end == date(2017, 3, 31)
    assert extension.decided == date(2017, 4, 10)
    assert term_of(agreement, (extension,), TODAY).findings


@pytest.mark.parametrize(
    ("today", "judged", "word"),
    [
        (date(2016, 11, 30), 3200, "Off target"),
        (date(2017, 3, 31), 3200, "Off target"),
        (date(2017, 4, 10), 3200, "Off target"),
        (TODAY, 2133, "Not known"),
        (date(2030, 1, 1), 2133, "Not known"),
    ],
)
def test_rotherham_2017_forecast(today: date, judged: int, word: str) -> None:
    found = state("r0.kpi.assessments", today)
    assert (found.latest.value, found.judged.value) == (2133, judged)
    assert found.band
    assert (found.band.lower, found.band.upper) == (3325, 3675)
    assert found.status.word == word


def test_rotherham_2017_totals() -> None:
    children = under(Part, "r0.children", "breakdown")
    assert sum(part.count or 0 for part in children) == the(Breakdown, "r0.children").total == 171
    assert questions("r0.children") == ""
    assert the(Breakdown, "r0.terminated").total == 550
    assert sum(part.count or 0 for part in under(Part, "r0.terminated", "breakdown")) == 554
    assert "550 and 554" in questions("r0.terminated")


def test_rotherham_2017_trackers() -> None:
    milestones = under(Milestone, "r0.cot")
    assert [milestone.number for milestone in milestones] == list(range(1, 9))
    assert all(milestone.owner and milestone.as_stated for milestone in milestones)
    made_by = Counter(recommendation.made_by for recommendation in under(Recommendation, "r0.cot"))
    assert sorted(made_by.values()) == [2, 4, 4]


def test_rotherham_2017_contradictions_are_kept_and_asked_about() -> None:
    assert "Unlike measures" in questions("r0.kpi.mean-wait")
    assert "2016/17 is year 6, not year 5" in questions("r0.kpi.contacts")
    assert "2016/17 is year 6, not year 5" in questions("r0.kpi.population")
    group = record_questions(the(Decision, "r0.decision.backlog-group"))
    assert [question.text for question in group] == ["Taken on 1 June 2017, in a paper of 10 April 2017."]
    backwards = backward_months(the(Milestone, "r0.milestone.8"))
    assert backwards
    assert "October to March 2017" in backwards.title


def test_cambridgeshire_term_and_value() -> None:
    agreement, extensions = the(Agreement, "r1.ot"), under(Extension, "r1.ot")
    term = term_of(agreement, extensions, TODAY)
    assert [span.ends for span in term.spans] == [date(2027, 3, 31), date(2028, 3, 31), date(2029, 3, 31)]
    assert term.notice_by == date(2026, 3, 31)
    assert agreement.yearly_value
    assert agreement.stated_total == 5 * agreement.yearly_value == Decimal("10193315")
    baseline = under(Part, "r1.baseline", "breakdown")
    assert sum(part.count or 0 for part in baseline) == the(Breakdown, "r1.baseline").total == agreement.yearly_value


def test_cambridgeshire_trackers() -> None:
    assert [recommendation.number for recommendation in under(Recommendation, "r1.ot")] == list("12345")
    options = under(Option, "r1.ot")
    assert [option.chosen for option in options] == [False, False, False, True]
    assert all(option.score is None for option in options)
    assert sorted(kpi.title for kpi in under(Kpi, "r1.ot") if under_key_has_no_figures(kpi)) == [
        "Care hours reduced, prevented and delayed",
        "Contacted within 3 working days",
        "First clinical contact after triage",
        "Most urgent needs assessed within 3 working days",
        "Priority 2 assessed within three weeks",
    ]


def under_key_has_no_figures(kpi: Kpi) -> bool:
    return not [record for record in RECORDS if isinstance(record, Measurement) and record.kpi == kpi.uid]


def test_cambridgeshire_waits_of_six_and_seven_weeks() -> None:
    values = [m.value for m in under(Measurement, "r1.kpi.wait", "kpi")]
    assert values == [4, 14, 6, 7]
    assert "The same period twice" in questions("r1.kpi.wait")
    assert state("r1.kpi.wait").latest.text == "7"


def test_rotherham_2024_memberships_and_lots() -> None:
    stated = {lot.title: lot.stated_members for lot in under(Lot, "r2.homecare")}
    assert stated == {"Tier 1": 9, "Tier 2": 8, "Specialist": 4, "North": 3, "South": 3, "Central": 3}
    assert the(Lot, "r2.mental-health.lot-1").units == 8
    assert the(Lot, "r2.learning-disability.all").stated_members == 10
    for lot in (record for record in RECORDS if isinstance(record, Lot)):
        members = [record for record in INVENTED if isinstance(record, Membership) and record.lot == lot.uid]
        assert len(members) <= (lot.stated_members or 0)


def test_rotherham_2024_figures_and_doubts() -> None:
    shown = {key: state(f"r2.kpi.{key}").latest.text for key in ("technology", "strengths", "level-2", "certificate")}
    assert shown == {"technology": "72%", "strengths": "81%", "level-2": "54%", "certificate": "79%"}
    assert [(m.value, m.n, m.base) for m in under(Measurement, "r2.kpi.strengths", "kpi")] == [
        (47, 316, None), (81, 654, None),
    ]  # fmt: skip
    assert "15 of 805 is 1.9%, not 2.5%" in questions("r2.certificate.parts")
    assert "Percentages sum to 100.6" in questions("r2.cqc.2018")
    assert "fit 1, 12, 2, 0 and 0 of 15" in questions("r2.cqc.2023")
    assert questions("r2.providers.2020") == ""
    assert "Compared on different bases" in questions("r2.kpi.strengths")
    assert "Not like for like" in questions("r2.kpi.hours")


def test_leicestershire_money_and_ties() -> None:
    spend = [e.amount for e in under(Contribution, "r3.htlah") if e.type is MoneyType.SPEND]
    assert spend == [25000000, 11000000]
    assert under(Extension, "r3.htlah")[0].length == Length(years=2)
    assert the(Agreement, "r3.htlah").first_term is None


def test_leicester_2018() -> None:
    agreement = the(Agreement, "r4.framework")
    assert term_of(agreement, (), TODAY).ends == date(2024, 10, 8)
    assert [milestone.number for milestone in under(Milestone, "r4.framework")] == list(range(1, 10))
    spend = [(e.year, e.amount) for e in under(Contribution, "r4.framework") if e.partner == sample_uid("r4.council")]
    assert spend == [(2016, 12800000), (2016, 12200000)]
    rated = under(Part, "r4.cqc", "breakdown")
    assert sum(part.count or 0 for part in rated) == the(Breakdown, "r4.cqc").total == 25
    users = state("r4.kpi.users")
    assert users.latest.text == "1,636"
    assert users.forecast is None


def test_published_records_raise_no_doubt_that_the_papers_do_not_hold() -> None:
    """A typing slip of ours would look like a contradiction of theirs; this is all that single records may raise."""
    asked = {question.uid for record in PUBLISHED for question in record_questions(record)}
    assert asked == {sample_uid("r0.decision.backlog-group")}


# --- the invented layer ------------------------------------------------------------------------------------------


def test_ten_providers_with_fourteen_services() -> None:
    counts = Counter(type(record) for record in INVENTED)
    assert (counts[Provider], counts[Service]) == (10, 14)
    companies = {record.company for record in RECORDS if isinstance(record, Provider)}
    assert companies == {record.uid for record in INVENTED if isinstance(record, Organisation)}


def every_so_often() -> list[date]:
    """Days at the edges of months, quarters, years and weekends."""
    edges = [date(2026, month, 1) for month in range(1, 13)] + [date(2027, 3, 31), date(2028, 2, 29)]
    return [edge - timedelta(days=back) for edge in edges for back in (0, 1)]


@pytest.mark.parametrize("today", every_so_often(), ids=str)
def test_the_invented_week_looks_the_same_on_any_day(today: date) -> None:
    records = load_sample(SAMPLE, today)
    actions = [record for record in records if isinstance(record, Action)]
    overdue = [a for a in actions if a.state is ActionState.OPEN and a.due and a.due < today]
    assert len(overdue) == 3
    assert [a.title for a in actions if a.due is None] == ["Complaints log to the current template"]
    planned = [record for record in records if isinstance(record, Visit) and record.stage is VisitStage.PLANNED]
    assert [visit.planned and (visit.planned - today).days for visit in planned][:3] == [0, 1, -9]
    assert planned[0].service == sample_uid("sample.pellgate.house")
    returns = [record for record in records if isinstance(record, KpiReturn)]
    late = [r for r in returns if r.received is None and r.due and r.due < today]
    assert [r.uid for r in late] == [sample_uid("sample.return.thornmere.late")]
    assert [record for record in records if record_questions(record) and getattr(record, "sample", False)] == []


@pytest.mark.parametrize("today", every_so_often(), ids=str)
def test_nothing_invented_has_happened_after_today(today: date) -> None:
    past = {Action: ("raised", "done", "verified"), Chaser: ("chased",), KpiReturn: ("received",), Visit: ("made",)}
    past |= {Rating: ("published",), Measurement: ("ends",), Service: ("manager_since",), Membership: ("admitted",)}
    seen = 0
    for record in load_sample(SAMPLE, today):
        for field in past.get(type(record), ()):
            day = getattr(record, field)
            assert day is None or day <= today, f"{record.heading}: {field}"
            seen += day is not None
    assert seen > 300


def test_the_last_assessment_of_a_service_is_its_last_visit(sample: Office) -> None:
    """On the desk itself: the assessments of the visits that are signed there are made by signing."""
    with sample.place.desk.reading() as connection:
        ratings, visits = Repository(connection).all(Rating), Repository(connection).all(Visit)
    ours = [r for r in ratings if r.scheme == "our assessment"]
    final = [r for r in visits if r.stage is VisitStage.FINAL]
    assert len({(r.service, r.published) for r in ours}) == len(ours), "none is there twice"
    last = {}
    for rating in sorted(ours, key=lambda rating: rating.published or TODAY):
        last[rating.service] = (rating.published, rating.value)
    made = {}
    for visit in sorted(final, key=lambda visit: visit.made or TODAY):
        made[visit.service] = (visit.made, visit.outcome)
    assert last == made


def test_the_question_set_has_five_areas_and_sixteen_standards() -> None:
    standards = under(Standard, "sample.house-standards", "question_set")
    assert [standard.number for standard in standards] == list(range(1, 17))
    assert len({standard.area for standard in standards}) == 5


def test_monthly_series_are_long_enough_for_a_chart() -> None:
    for key in ("thornmere.on-time", "lindle.visits", "pellgate.medicines"):
        assert len(state(f"sample.kpi.{key}").trend) == 24


# --- what waits, and the page that says so -----------------------------------------------------------------------

DOC = ROOT / "docs" / "sample-desk.md"


def test_what_waits_refers_to_records_that_exist() -> None:
    waiting = read_waiting(SAMPLE)
    assert len(waiting) > 20
    for entry in (entry for file in waiting for entries in file.entries.values() for entry in entries):
        for field in ("agreement", "kpi"):
            assert field not in entry or sample_uid(entry[field]) in BY_UID, entry["key"]


def test_the_page_lists_what_waits_for_which_roadmap_item() -> None:
    listed = dict(re.findall(r"^\| `(waiting/[a-z-]+\.toml)` \|.*\| (\d) \|$", DOC.read_text("utf-8"), re.MULTILINE))
    assert listed == {file.file: str(file.roadmap) for file in read_waiting(SAMPLE)}


# What the five papers contain, as the project catalogued it; each must have its row in the page's coverage tables.
CATALOGUE = {
    "R0": "Agreement; Contributions; Lead commissioner; Activity target; Wait KPI; Backlog; Demand; Children; "
    "Terminated contacts; Review; Timetable; Forums; Cost pressure; Unit cost; Also",
    "R1": "Term; Value; Volume; Average waits; Priorities; KPIs; Recommendations; Options appraisal; Forums; "
    "Work plan; Instruments; Cross-references; Also",
    "R2": "DPSs; Tiers and zones; Lot 1; Hours; CQC then and now; KPI 1; KPI 2; KPI 3; KPI 4; Base drift; Survey; "
    "PAMMS; Early Warning System; Ladder; Cost of care; Unmet demand; Also",
    "R3": "s75 content; Term; Sequence; Market; Money; Measures; Dates; Forums; Back office",
    "R4": "Users; Spend; Rates; CQC; Waiting; Transfer; Mobilisation; Framework; Timeline",
}


@pytest.mark.parametrize("report", CATALOGUE)
def test_the_page_accounts_for_every_row_of_the_catalogue(report: str) -> None:
    section = re.search(rf"^### {report}\b.*?(?=^##)", DOC.read_text("utf-8") + "\n##", re.MULTILINE | re.DOTALL)
    assert section
    rows = re.findall(r"^\| ([^|`]+?) \| (.+) \|$", section[0], re.MULTILINE)
    rows = [row for row in rows if row[0] != "Item" and not row[0].startswith("-")]
    assert [name for name, _ in rows] == CATALOGUE[report].split("; ")
    waiting = {file.file for file in read_waiting(SAMPLE)}
    for name, held in rows:
        keys = re.findall(r"`([^`]+)`", held)
        assert keys or "not published" in held, name
        for key in keys:
            assert key in waiting or sample_uid(key) in BY_UID, f"{report} {name}: {key}"


def test_every_sample_file_is_read() -> None:
    folders = {path.parent.name for path in SAMPLE.rglob("*.toml")}
    assert folders == {
        "invented", "made", "r0-rotherham-community-ot", "r1-cambridgeshire-ot-section-75",
        "r2-rotherham-commissioning",
        "r3-leicestershire-help-to-live-at-home", "r4-leicester-domiciliary-care", "waiting",
    }  # fmt: skip
    others = [path for path in SAMPLE.rglob("*") if path.is_file() and path.suffix != ".toml"]
    assert {path.parent.name for path in others} == {"made"}
    assert {path.read_bytes() for path in others} <= set(read_sample(SAMPLE, TODAY).blobs)
