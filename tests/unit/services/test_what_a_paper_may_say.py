"""What a paper may state can be saved, however it contradicts itself: it opens, prints and is a doubt."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from s75desk.domain.attention import Group
from s75desk.domain.lengths import Length
from s75desk.domain.records import (
    Agreement,
    Decision,
    Extension,
    Kpi,
    KpiReturn,
    Measurement,
    Meeting,
    Membership,
    Organisation,
    Party,
    Provider,
    Rating,
    Record,
    Service,
    Target,
)
from s75desk.domain.records.agreement import ExtensionState, Outcome, PartyRole, Stage
from s75desk.domain.records.kpi import Measure, TargetType
from s75desk.domain.records.provider import RatingScheme, RatingValue
from s75desk.reporting.agreement_briefing import SECTION_TITLES, BriefingOptions, agreement_briefing
from s75desk.services.briefings import Wish
from s75desk.services.office import Office
from s75desk.services.paper_wishes import KpiWish
from s75desk.services.papers import PaperService

START, BEFORE = date(2024, 4, 1), date(2024, 3, 1)
PAPER = "Committee paper, 7 March 2024"


@pytest.fixture
def owned(office: Office) -> Office:
    """A desk with an agreement, a KPI of it, a body and a provider."""
    with office.place.change("Made") as change:
        change.create_many(
            [
                Agreement(uid="a", title="Equipment", stage=Stage.AGREED, starts=START, first_term=Length(years=3)),
                Kpi(uid="k", agreement="a", title="Deliveries", measure=Measure.COUNT),
                Organisation(uid="o", name="East Council"),
                Provider(uid="p", name="Alder Care"),
                Service(uid="s", provider="p", name="Alder House"),
                Extension(uid="e", agreement="a", number=1, length=Length(years=1)),
            ]
        )
    return office


SAID: dict[str, Record] = {
    "an end before the start": Agreement(title="Other", stage=Stage.AGREED, starts=START, stated_end=BEFORE),
    "a latest end before the start": Agreement(title="Other", starts=START, ends_at_latest=BEFORE),
    "a number used twice": Extension(agreement="a", number=1, length=Length(months=6)),
    "edges crossed": Target(kpi="k", type=TargetType.BAND, lower=Decimal(90), upper=Decimal(80)),
    "a target that ends before it holds": Target(
        kpi="k", type=TargetType.AT_LEAST, value=Decimal(5), since=START, until=BEFORE
    ),
    "a period that runs backwards": Measurement(kpi="k", starts=START, ends=BEFORE, value=Decimal(5)),
    "a return that runs backwards": KpiReturn(kpi="k", title="Quarter 1", starts=START, ends=BEFORE),
    "a party that left before it came": Party(
        agreement="a", organisation="o", role=PartyRole.LEAD, since=START, until=BEFORE
    ),
    "a member that left before it came": Membership(agreement="a", provider="p", admitted=START, left=BEFORE),
    "more counted than there are": Measurement(kpi="k", ends=START, n=Decimal(12), base=Decimal(10)),
}


@pytest.mark.parametrize("record", SAID.values(), ids=SAID)
def test_it_is_saved_prints_and_is_a_doubt(owned: Office, record: Record) -> None:
    uid = owned.records.create(record).uid
    agreement = uid if isinstance(record, Agreement) else "a"
    dossier = owned.agreements.dossier(agreement)
    assert [question for question in dossier.questions if question.uid == uid], [q.title for q in dossier.questions]
    options = BriefingOptions(sections=tuple(SECTION_TITLES), show_workings=True)
    assert agreement_briefing(dossier, options).sections
    assert owned.briefings.make(Wish(agreement, owned.place.day(), sections=tuple(SECTION_TITLES))).pages
    assert owned.kpis.page("k").sheet.state.status.word
    assert len(owned.checks.check().questions) >= 1
    assert owned.overview.read().items


def test_a_rating_outside_its_scheme_is_saved_and_shown(owned: Office) -> None:
    rating = Rating(service="s", scheme=RatingScheme.CQC_OVERALL, value=RatingValue.EXCELLENT, published=BEFORE)
    owned.records.create(rating)
    assert owned.providers.page("p").status.word == RatingValue.EXCELLENT.word
    assert owned.providers.rows()[0].status == owned.providers.page("p").status


@pytest.mark.parametrize("owner", [{}, {"provider": "p"}], ids=["on its own", "of a provider"])
def test_a_doubt_of_a_kpi_without_an_agreement_is_counted_shown_and_printed(
    owned: Office, owner: dict[str, str]
) -> None:
    kpi = owned.records.create(Kpi(title="Falls", measure=Measure.COUNT, **owner)).uid
    figure = owned.records.create(Measurement(kpi=kpi, ends=START, n=Decimal(12), base=Decimal(10))).uid
    page = owned.kpis.page(kpi)
    assert [question.uid for question in page.questions] == [figure]
    assert [title for title, question in owned.checks.check().questions if question.uid == figure] == ["Falls"]
    overview = owned.overview.read()
    assert [item.uid for item in overview.items if item.group is Group.DOUBTS and item.kind == "kpi"] == [kpi]
    paper = PaperService(owned.place).content(KpiWish(kpi, owned.place.day()))
    assert paper.key_message is not None
    assert page.questions[0].text in "".join(getattr(words, "text", "") for words in paper.key_message.text)


@pytest.mark.parametrize(
    "record",
    [
        Extension(
            agreement="a", number=2, length=Length(years=1), state=ExtensionState.EXERCISED, decided=START, source=PAPER
        ),
        Decision(agreement="a", title="Extend", due=START, taken=START, outcome=Outcome.APPROVED, source=PAPER),
        Meeting(agreement="a", title="Board", held=START, outcome="Agreed", source=PAPER),
    ],
    ids=lambda record: record.KIND,
)
def test_what_a_paper_looks_forward_to_is_no_doubt_once_it_has_happened(owned: Office, record: Record) -> None:
    uid = owned.records.create(record).uid
    assert [question.title for question in owned.agreements.dossier("a").questions if question.uid == uid] == []
