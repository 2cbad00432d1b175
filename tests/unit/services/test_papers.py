"""Papers of what is in front: the same judgement as on screen, overdue first, tagged, the same bytes twice."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from s75desk.domain.printed import ListedCell, Listing, PlanBy
from s75desk.domain.records import Action, Kpi, Measurement, Provider, Service
from s75desk.domain.records.action import ActionState
from s75desk.domain.records.kpi import Measure
from s75desk.domain.status import Shape
from s75desk.reporting.content import Table
from s75desk.reporting.plain.action_plan import NO_OWNER, NOTHING_NAMED, grouped
from s75desk.reporting.plain.list_paper import MOST_ROWS, list_paper
from s75desk.services.briefings import Made
from s75desk.services.office import Office
from s75desk.services.paper_wishes import KpiWish, ListWish, PaperWish, PlanWish, ProviderWish
from s75desk.services.papers import PaperService
from tests.unit.record_help import TODAY
from tests.unit.reporting.pdf_reading import KNOWN_FALSE, assert_conforms, spoken


def made(office: Office, wish: PaperWish) -> Made:
    return office.briefings.make(wish)


def listing(rows: int, **values: object) -> Listing:
    cells = tuple((ListedCell(f"House {row}", "a second line"), ListedCell("Good", shape=Shape.GOOD), ListedCell(""))
                  for row in range(rows))  # fmt: skip
    columns = (("Provider", False), ("CQC overall", False), ("Actions", True))
    return Listing("Providers", columns, cells, **({"total": rows} | values))  # type: ignore[arg-type]


def wishes(office: Office) -> list[PaperWish]:
    return [
        *(ProviderWish(row.uid, TODAY) for row in office.providers.rows()[:4]),
        *(KpiWish(row.uid, TODAY) for row in office.kpis.rows()[:4]),
        *(PlanWish(by, TODAY) for by in PlanBy),
        ListWish(listing(120, total=300, filters=("Show: Open", "Search: <b>&")), TODAY),
    ]


def test_every_paper_is_tagged_and_the_same_bytes_twice(sample: Office) -> None:
    for wish in wishes(sample):
        paper = made(sample, wish)
        assert_conforms(paper.data, KNOWN_FALSE)
        assert made(sample, wish).sha256 == paper.sha256
        assert paper.kind is wish.kind


def test_a_desk_with_nothing_but_a_name_prints(office: Office) -> None:
    provider = office.records.create(Provider(name="Oak <Lodge> & Sons")).uid
    kpi = office.records.create(Kpi(title="Falls", measure=Measure.COUNT)).uid
    for wish in (ProviderWish(provider, TODAY), KpiWish(kpi, TODAY), PlanWish(PlanBy.OWNER, TODAY)):
        paper = made(office, wish)
        assert_conforms(paper.data, KNOWN_FALSE)
    assert "No service is recorded." in spoken(made(office, ProviderWish(provider, TODAY)).data)


def test_contact_details_stay_off_the_paper(office: Office) -> None:
    uid = office.records.create(
        Provider(name="Oak", contact_role="registered manager", contact_details="01632 960001")
    ).uid
    words = spoken(made(office, ProviderWish(uid, TODAY)).data)
    assert "registered manager" in words
    assert "960001" not in words


def test_notes_print_unless_they_are_private(office: Office) -> None:
    uid = office.records.create(Provider(name="Oak", note="Ring the side door", private=False)).uid
    office.records.create(Service(provider=uid, name="Oak Lodge", note="Never to be read out", private=True))
    office.records.create(Action(title="Mend", provider=uid, note="Asked twice", private=False))
    words = spoken(made(office, ProviderWish(uid, TODAY)).data)
    assert "Ring the side door" in words
    assert "Asked twice" in words
    assert "read out" not in words


def test_small_numbers_are_named_before_any_paper_with_them_is_printed(office: Office) -> None:
    provider = office.records.create(Provider(name="Lindle Homecare")).uid
    kpi = office.records.create(Kpi(title="Unexpected deaths", provider=provider, measure=Measure.COUNT)).uid
    office.records.create(Measurement(kpi=kpi, ends=date(2026, 1, 31), value=Decimal(3)))
    (row,) = office.kpis.rows()
    assert row.small
    for wish in (ProviderWish(provider, TODAY), KpiWish(kpi, TODAY), ListWish(listing(1, small=1), TODAY)):
        assert any("fewer than 5" in warning for warning in made(office, wish).warnings), wish
    assert made(office, ListWish(listing(1), TODAY)).warnings == ()
    office.records.create(Measurement(kpi=kpi, ends=date(2026, 2, 1), value=Decimal(30)))
    (row,) = office.kpis.rows()
    assert not row.small


def test_the_plan_puts_what_is_overdue_longest_first(office: Office) -> None:
    oak, elm = (office.records.create(Provider(name=name)).uid for name in ("Oak", "Elm"))
    for title, provider, owner, due, state in (
        ("late", oak, "Manager", date(2026, 1, 30), ActionState.OPEN),
        ("later still", elm, "manager ", date(2026, 1, 10), ActionState.OPEN),
        ("to come", oak, None, date(2026, 3, 1), None),
        ("undated", None, None, None, ActionState.OPEN),
        ("done", oak, "Manager", date(2026, 1, 1), ActionState.DONE),
    ):
        office.records.create(Action(title=title, provider=provider, owner=owner, due=due, state=state))
    papers = PaperService(office.place)

    def groups(by: PlanBy) -> dict[str, list[str]]:
        found = grouped(papers.plan(PlanWish(by, TODAY)))
        return {name: [each.action.title for each in actions] for name, actions in found}

    assert groups(PlanBy.ABOUT) == {"Elm": ["later still"], "Oak": ["late", "to come"], NOTHING_NAMED: ["undated"]}
    assert list(groups(PlanBy.ABOUT)) == ["Elm", "Oak", NOTHING_NAMED]
    assert groups(PlanBy.OWNER) == {"Manager": ["later still", "late"], NO_OWNER: ["to come", "undated"]}


def test_the_plan_says_of_each_action_what_the_list_says(sample: Office) -> None:
    listed = {row.uid: (row.status, row.about, row.overdue) for row in sample.actions.rows()}
    plan = PaperService(sample.place).plan(PlanWish(PlanBy.ABOUT, TODAY, tuple(listed)))
    assert {each.action.uid: (each.status, each.about, each.overdue) for each in plan.actions} == listed


def test_the_provider_paper_says_what_its_page_says(sample: Office) -> None:
    for row in sample.providers.rows():
        page = sample.providers.page(row.uid)
        dossier = PaperService(sample.place).provider(ProviderWish(row.uid, TODAY))
        assert dossier.status == page.status
        assert len(dossier.actions) == len(page.open_actions) == row.open_actions
        assert sum(each.overdue for each in dossier.actions) == row.overdue_actions


def test_the_latest_rating_of_each_scheme_stands_for_it(sample: Office) -> None:
    for row in sample.providers.rows():
        page = sample.providers.page(row.uid)
        dossier = PaperService(sample.place).provider(ProviderWish(row.uid, TODAY))
        for rating, _ in dossier.ratings:
            assert rating == page.latest(rating.scheme, rating.service)
        assert len(dossier.ratings) == len({(r.service, r.scheme) for r in page.ratings})


def test_a_list_too_long_for_paper_says_so(office: Office) -> None:
    (section,) = list_paper(listing(MOST_ROWS + 1), TODAY, prepared_by="").sections
    table = next(block for block in section.blocks if isinstance(block, Table))
    assert len(table.rows) == MOST_ROWS
    assert "The first 2,000 are printed here" in "".join(part.text for part in section.blocks[0].text)


def test_papers_are_filed_with_what_they_are_of(sample: Office) -> None:
    provider, kpi = sample.providers.rows()[0], sample.kpis.rows()[0]
    for wish in (ProviderWish(provider.uid, TODAY), KpiWish(kpi.uid, TODAY), PlanWish(PlanBy.ABOUT, TODAY)):
        sample.briefings.file(made(sample, wish), "printed")
    assert sorted((row.kind, row.of) for row in sample.briefings.rows()) == [
        ("Action plan", "Actions"),
        ("KPI record", kpi.title),
        ("Provider record", provider.name),
    ]


def test_a_provider_that_is_archived_takes_its_papers_with_it(office: Office) -> None:
    uid = office.records.create(Provider(name="Oak")).uid
    office.records.create(Service(provider=uid, name="Oak"))
    office.briefings.file(made(office, ProviderWish(uid, TODAY)), "printed")
    changes = office.records.archive("provider", uid)
    assert office.briefings.rows() == ()
    office.records.undo(changes.change_id)
    assert len(office.briefings.rows()) == 1


@pytest.mark.parametrize("actions", [(), ("not there",)])
def test_a_plan_of_nothing_says_so(office: Office, actions: tuple[str, ...]) -> None:
    paper = made(office, PlanWish(PlanBy.OWNER, TODAY, actions))
    assert "There is no action to print." in spoken(paper.data)
