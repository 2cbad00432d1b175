"""One status of agreements, providers, KPIs and visits, in every combination of what they are judged by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from s75desk.domain.attention import Group
from s75desk.domain.records import KINDS, Agreement, Kpi, Provider, QuestionSet, Record, Visit
from s75desk.domain.status import NOT_KNOWN, Shape
from s75desk.domain.statuses.agreements import agreement_status, in_few_words
from s75desk.domain.statuses.visits import VisitProgress, outcome_of_visit, visit_in_short, visit_status
from s75desk.models.desk_file import DeskFile
from s75desk.services.office import Office
from s75desk.services.paper_wishes import KpiWish, ProviderWish
from s75desk.services.papers import PaperService
from s75desk.services.question_sets import house_set
from s75desk.ui.pages.agreements.page import COLUMNS as AGREEMENTS
from s75desk.ui.pages.child_columns import Names, columns_of
from s75desk.ui.pages.kpis.page import COLUMNS as KPIS
from s75desk.ui.pages.list_export import facts_of as facts_of_column
from s75desk.ui.pages.providers.page import COLUMNS as PROVIDERS
from s75desk.ui.pages.visits.page import COLUMNS as VISITS
from s75desk.ui.pages.visits.sheet import facts_of
from tests.places import composed, shown
from tests.places.shown import Exported, Words, in_table, words_of
from tests.unit.domain.statuses.every_record import TODAY
from tests.unit.record_help import office_of

ALL = len(house_set().questions)
DAYS = (TODAY, TODAY - timedelta(days=45))
of_days = pytest.mark.parametrize("day", DAYS, ids=lambda day: day.isoformat())


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A desk with every combination."""
    with DeskFile.create(tmp_path_factory.mktemp("places") / "every.s75desk") as desk:
        found = office_of(desk, TODAY)
        found.question_sets.house()
        (row,) = found.question_sets.rows()
        with found.place.change("Every combination") as change:
            change.create_many([Agreement(uid="kpi-agreement", title="Has KPIs")])
            change.create_many(Provider(uid=f"{kind}-provider", name=f"Has {kind}s") for kind in ("kpi", "visit"))
            for make in (composed.agreements(), composed.providers(), composed.kpis(), composed.visits(row.uid)):
                change.create_many(record for made in make for record in made)
        yield found


def _all(office: Office, cls: type[Record], under: str) -> list[Record]:
    with office.place.desk.reading() as connection:
        return [each for each in office.place.records(connection).all(cls) if each.uid.rsplit("-", 1)[0] == under]


class Differences:
    """What places say otherwise than the one judgement."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def hold(self, place: str, uid: str, said: object, expected: object) -> None:
        """Note a difference."""
        if said != expected:
            self.found.append(f"{uid}: {place} says {said} for {expected}")


@pytest.fixture
def places() -> Iterator[Differences]:
    """Fails the test at its end if a place differs."""
    found = Differences()
    yield found
    assert found.found == [], f"{len(found.found)} differences"


def _quick(office: Office, cls: type[Record], uids: list[str]) -> Mapping[str, Words]:
    """What the finder says of some, before and after something is typed; the two have to be the same."""
    records = [each for each in _all(office, cls, uids[0].rsplit("-", 1)[0]) if each.uid in uids][::7]
    recent = shown.described(office, records)
    for record in records[::3]:
        name = getattr(record, "title", None) or getattr(record, "name", "")
        assert shown.found_in(office, record, name) == recent[record.uid]
    return recent


@of_days
def test_an_agreement(office: Office, places: Differences, day: object) -> None:
    office.place.looks_at(day)  # type: ignore[arg-type]
    rows = {row.uid: row for row in office.agreements.rows()}
    listed = in_table(AGREEMENTS, rows.values(), "status")
    exported = shown.exported(office, Agreement)
    terms = {live.agreement.uid: live.term.status for live in office.agreements.terms()}
    in_doubt = [title for title, _ in office.checks.check().questions]
    items = office.overview.read().items
    doubts = {item.uid: item.counts for item in items if item.group is Group.DOUBTS}
    dated = {item.uid: item for item in items if item.group is Group.DATES}
    uids = [each.uid for each in _all(office, Agreement, "agreement")]
    quick = _quick(office, Agreement, uids)
    together = {dossier.agreement.uid: dossier for dossier in office.agreements.dossiers()}
    for uid in uids:
        dossier = together[uid]
        status = agreement_status(dossier)
        short, count = in_few_words(status), len(dossier.questions)
        places.hold("the list", uid, listed[uid], words_of(short))
        places.hold("the finder", uid, quick.get(uid, words_of(short)), words_of(short))
        places.hold("the export", uid, exported[uid], Exported.of(status))
        places.hold("the term alone", uid, terms[uid], dossier.term.status)
        for place, said in (
            ("the list", rows[uid].doubts),
            ("the check", in_doubt.count(dossier.agreement.title)),
            ("the Overview", doubts.get(uid, 0)),
        ):
            places.hold(f"{place} of doubts", uid, said, count)
        shape = dossier.term.status.shape
        if shape.loud or uid in dated:
            places.hold("the Overview", uid, dated[uid].shape if uid in dated else None, shape)
            assert not status.finished
        if int(uid.rsplit("-", 1)[1]) % 12 == 1:
            page = agreement_status(office.agreements.dossier(uid))
            places.hold("the record", uid, page, status)
            briefing = shown.briefing_of(office, uid)
            assert briefing.key_message is not None
            places.hold("the paper", uid, briefing.key_message.status, status)


@of_days
def test_a_provider(office: Office, places: Differences, day: object) -> None:
    office.place.looks_at(day)  # type: ignore[arg-type]
    rows = {row.uid: row for row in office.providers.rows()}
    listed = in_table(PROVIDERS, rows.values(), "status")
    exported = shown.exported(office, Provider)
    uids = [each.uid for each in _all(office, Provider, "provider")]
    quick = _quick(office, Provider, uids)
    for uid in uids:
        page = office.providers.page(uid)
        places.hold("the list", uid, rows[uid].status, page.status)
        places.hold("the list", uid, listed[uid], words_of(page.status))
        places.hold("the finder", uid, quick.get(uid, words_of(page.status)), words_of(page.status))
        places.hold("the export", uid, exported[uid], Exported.of(page.status))
        places.hold("the list of actions", uid, rows[uid].open_actions, len(page.open_actions))
        places.hold("the list of late actions", uid, rows[uid].overdue_actions, len(page.overdue_actions))
        if int(uid.rsplit("-", 1)[1]) % 12 == 1:
            paper = PaperService(office.place).content(ProviderWish(uid, office.place.day()))
            assert paper.key_message is not None
            places.hold("the paper", uid, paper.key_message.status, page.status)


@of_days
def test_a_kpi(office: Office, places: Differences, day: object) -> None:
    office.place.looks_at(day)  # type: ignore[arg-type]
    rows = {row.uid: row for row in office.kpis.rows()}
    listed = in_table(KPIS, rows.values(), "status")
    exported = shown.exported(office, Kpi)
    items = {item.uid: item for item in office.overview.read().items if item.group is Group.KPIS}
    of_agreement = {each.kpi.uid: each.state.status for each in office.agreements.dossier("kpi-agreement").kpis}
    of_provider = {each.kpi.uid: each.state.status for each in office.providers.page("kpi-provider").kpis}
    printed = _tables(office, "KPI", "Status", PaperService(office.place).content(_provider_wish(office)))
    printed |= _tables(office, "Measure", "State", shown.briefing_of(office, "kpi-agreement"))
    uids = [each.uid for each in _all(office, Kpi, "kpi")]
    quick = _quick(office, Kpi, uids)
    for uid in uids:
        sheet = office.kpis.page(uid).sheet
        status = sheet.state.status
        places.hold("the list", uid, rows[uid].status, status)
        places.hold("the list", uid, listed[uid], words_of(status))
        places.hold("the finder", uid, quick.get(uid, words_of(status)), words_of(status))
        places.hold("the export", uid, exported[uid].state, None if status == NOT_KNOWN else Exported.of(status).state)
        places.hold("the agreement", uid, of_agreement.get(uid, status), status)
        places.hold("the provider", uid, of_provider.get(uid, status), status)
        places.hold("a paper", uid, printed.get(sheet.kpi.title, words_of(status)), words_of(status))
        places.hold("the Overview", uid, uid in items, status.shape is Shape.ALERT)
        paper = PaperService(office.place).content(KpiWish(uid, office.place.day()))
        assert paper.key_message is not None
        places.hold("the paper", uid, paper.key_message.status, status)


def _provider_wish(office: Office) -> ProviderWish:
    return ProviderWish("kpi-provider", office.place.day())


def _tables(office: Office, first: str, column: str, briefing: object) -> dict[str, Words]:
    """What tables of a paper whose first column has this heading say of each row, by the first word of it."""
    found = {}
    for table in shown.tables_of(briefing):  # type: ignore[arg-type]
        titles = [each.title for each in table.columns]
        if titles[0] == first and column in titles:
            for row in table.rows:
                name = "".join(getattr(word, "text", "") for word in row.cells[0].text).split()[0]
                said = row.cells[titles.index(column)]
                found[name] = ("".join(getattr(word, "text", "") for word in said.text), said.shape)
    return found


@of_days
def test_a_visit(office: Office, places: Differences, day: object, tmp_path: Path) -> None:
    office.place.looks_at(day)  # type: ignore[arg-type]
    on = office.place.day()
    rows = {row.uid: row for row in office.visits.rows()}
    sheet = office.exports.table("visit")
    state, outcome_at = sheet.headings.index("Status"), sheet.headings.index("Outcome")
    exported = {str(row[0]): (row[state], row[outcome_at]) for row in sheet.rows}
    provider = office.providers.page("visit-provider")
    names = Names({}, on, provider.progress)
    of_provider = {key: in_table(columns_of(Visit, names), provider.visits, key) for key in ("status", "outcome")}
    listed = {key: in_table(VISITS, rows.values(), key) for key in ("status", "outcome")}
    paper = PaperService(office.place).content(ProviderWish("visit-provider", on))
    printed = {key: _visit_rows(paper, key) for key in ("Status", "Outcome")}
    uids = [each.uid for each in _all(office, Visit, "visit")]
    quick = shown.described(office, _all(office, Visit, "visit"))
    answered = (None, 0, 24, ALL)
    with office.place.desk.reading() as connection:
        visits = office.place.records(connection).by_uid(Visit, uids)
        sets = office.place.records(connection).all(QuestionSet)
    assert len(sets) == 1
    for uid in uids:
        visit = visits[uid]
        done = answered[int(uid.rsplit("-", 1)[1]) % len(answered)]
        progress = VisitProgress(0, done or 0, 0 if done is None else ALL)
        status, outcome = visit_status(visit, on, progress), outcome_of_visit(visit, progress)
        short = visit_in_short(visit, on, progress)
        name = f"visit{int(uid.rsplit('-', 1)[1]):04}"
        page = office.visits.page(uid)
        places.hold("the record", uid, page.status, status)
        places.hold("the facts", uid, dict(facts_of(page))["Outcome"], outcome.word)
        for key, expected in (("status", status), ("outcome", outcome)):
            places.hold(f"the list of {key}", uid, listed[key][uid], words_of(expected))
            places.hold(f"the provider's list of {key}", uid, of_provider[key][uid], words_of(expected))
            places.hold(f"the provider's paper of {key}", uid, printed[key.title()].get(name), words_of(expected))
        places.hold("the month", uid, rows[uid].short, short)
        places.hold("the finder", uid, quick[uid], words_of(short))
        places.hold("the export", uid, exported[uid], (Exported.of(status).state, Exported.of(outcome).state))


def _visit_rows(paper: object, column: str) -> dict[str, Words]:
    found = {}
    for table in shown.tables_of(paper):  # type: ignore[arg-type]
        titles = [each.title for each in table.columns]
        if titles[:2] == ["Day", "Service"]:
            for row in table.rows:
                said = row.cells[titles.index(column)]
                name = "".join(getattr(word, "text", "") for word in row.cells[1].text)
                found[name] = ("".join(getattr(word, "text", "") for word in said.text), said.shape)
    return found


def test_a_rating_with_a_reservation_is_no_plain_rating_in_an_export(office: Office) -> None:
    office.place.looks_at(None)
    rated = {row.uid: row.outcome for row in office.visits.rows()}
    rated |= {row.uid: row.cqc for row in office.providers.rows()}
    for kind, heading in (("visit", "Outcome"), ("provider", "CQC overall, worst")):
        sheet = office.exports.table(kind)
        at = sheet.headings.index(heading)
        for row in sheet.rows:
            status = rated[str(row[0])]
            assert (row[at] == status.word) == (status.word == status.state != NOT_KNOWN.state), row


def test_a_copy_of_the_lists_holds_the_same_states(office: Office) -> None:
    """What is exported from a list as it stands is what the whole table of the kind says."""
    office.place.looks_at(None)
    for kind, columns, rows in (
        ("visit", VISITS, office.visits.rows()),
        ("provider", PROVIDERS, office.providers.rows()),
        ("agreement", AGREEMENTS, office.agreements.rows()),
        ("kpi", KPIS, office.kpis.rows()),
    ):
        exported = shown.exported(office, KINDS[kind])
        (column,) = [each for each in columns if each.key == "status"]
        facts = dict(facts_of_column(column))
        for row in rows:
            assert facts["Status"](row) == exported[row.uid].state, row
