"""The agreement briefing on the published reports, on nothing at all, and on far too much."""

from __future__ import annotations

import time
from datetime import date, timedelta
from decimal import Decimal

import pytest

from s75desk.domain.dossier import AgreementDossier
from s75desk.domain.lengths import Length
from s75desk.domain.records import (
    Action,
    Agreement,
    Contribution,
    Decision,
    Document,
    Extension,
    Kpi,
    Lot,
    Measurement,
    Membership,
    Milestone,
    Option,
    Organisation,
    Party,
    Provider,
    Recommendation,
    Record,
    Risk,
    Target,
)
from s75desk.domain.records.agreement import AgreementKind, ExtensionState, Outcome, PartyRole, Progress, Stage
from s75desk.domain.records.kpi import Adding, Measure, Period, TargetType
from s75desk.domain.records.money import MoneyType
from s75desk.domain.records.provider import LotType
from s75desk.reporting.agreement_briefing import SECTION_TITLES, SUMMARY, BriefingOptions, agreement_briefing
from s75desk.reporting.content import Briefing, Table
from s75desk.reporting.layout import RenderedPdf, render
from s75desk.reporting.numbering import Numbering
from tests.unit.reporting.dossiers import dossier_of, published, r0, r1
from tests.unit.reporting.make_reference import TARGET, reference
from tests.unit.reporting.pdf_reading import KNOWN_FALSE, assert_conforms, text_of, tree_of
from tests.unit.reporting.samples import AS_AT

EVERYTHING = BriefingOptions("Adults and Health Committee", tuple(SECTION_TITLES), show_workings=True)


def made(dossier: AgreementDossier, options: BriefingOptions = EVERYTHING) -> RenderedPdf:
    return render(agreement_briefing(dossier, options), as_at=dossier.as_at)


def words(briefing: Briefing) -> str:
    """Everything the briefing says, without its layout."""
    numbering = Numbering(briefing)
    said = [briefing.title, briefing.subtitle]
    if briefing.key_message:
        said += [briefing.key_message.status.word, numbering.plain(briefing.key_message.text)]
    for section in numbering.sections:
        said.append(section.section.title)
        for numbered in section.blocks:
            block = numbered.block
            for name in ("text", "note"):
                said.append(numbering.plain(getattr(block, name, ())))
            said += [numbering.plain(item) for item in getattr(block, "items", ())]
            said.append(getattr(block, "caption", ""))
            if isinstance(block, Table):
                for row in block.rows:
                    cells = [" ".join(map(numbering.plain, (cell.text, *cell.items))) for cell in row.cells]
                    said.append(" | ".join(cells))
    return "\n".join(line for line in said if line)


def said_of(dossier: AgreementDossier, *sections: str, workings: bool = False) -> str:
    chosen = sections or tuple(SECTION_TITLES)
    return words(agreement_briefing(dossier, BriefingOptions(sections=chosen, show_workings=workings)))


def bare(**values: object) -> AgreementDossier:
    """An agreement about which nothing else is recorded."""
    agreement = Agreement(uid="agreement", title="An agreement", **values)  # type: ignore[arg-type]
    return dossier_of([agreement], agreement, AS_AT)


# --- the published reports ------------------------------------------------------------------------------------------


def test_the_briefing_on_r1_reads_as_it_was_approved() -> None:
    assert reference() == TARGET.read_text(encoding="utf-8"), "See make_reference.py"


def test_r1_says_what_the_issue_asks_for() -> None:
    text = said_of(r1())
    assert "Notice by 31 March 2026" in text
    for end in ("31 Mar 2027", "31 Mar 2028", "31 Mar 2029"):
        assert end in text
    assert "notice must be given by 31 March 2026" in text
    assert "£10,193,315 over five years" in text
    assert "the two agree" in text
    assert "7 and 6" in text


def test_r0_says_what_the_issue_asks_for() -> None:
    text = said_of(r0())
    assert "In 2016/17 the pool held £746,000" in text
    assert "£839,350 together" in text
    assert "49.87%" in text
    assert "55.44%" in text
    assert "Forecast 3,200 for 2016/17: 125 below the floor of 3,325" in text
    assert "550 and 554" in text
    assert "Sum of the parts | 554" in text
    assert "Total, as stated | 550" in text
    assert "£141,098" in text


def test_workings_are_in_the_appendix_only_if_asked_for() -> None:
    assert "2,038,663 × 5 | £10,193,315 | agrees" in said_of(r1(), workings=True)
    assert "2,038,663 × 5 | £10,193,315 | agrees" not in said_of(r1())
    briefing = agreement_briefing(r1(), EVERYTHING)
    assert [section.key for section in briefing.sections if section.appendix] == ["workings"]


@pytest.mark.parametrize("dossier", [r0, r1], ids=["r0", "r1"])
def test_the_reports_conform(dossier: object) -> None:
    result = made(dossier())  # type: ignore[operator]
    assert result.warnings == ()
    assert_conforms(result.data, allowed=("PAG-001", "ORD-001", "TAG-002"))


@pytest.mark.parametrize(
    "agreement", [record for record in published() if isinstance(record, Agreement)], ids=lambda each: each.title
)
def test_every_agreement_of_the_sample_desk_conforms(agreement: Agreement) -> None:
    result = made(dossier_of(published(), agreement, AS_AT))
    assert_conforms(result.data, allowed=KNOWN_FALSE)


def test_the_same_dossier_makes_the_same_bytes() -> None:
    assert made(r1()).sha256 == made(r1()).sha256


def test_every_figure_of_a_chart_is_in_its_words() -> None:
    dossier = r0()
    figures = [node.alternative for node in tree_of(made(dossier).data).all("Figure")]
    for sheet in dossier.kpis:
        drawn = [words for words in figures if f" of {sheet.kpi.title}" in words]
        if drawn:
            for figure in sheet.measurements:
                assert figure.ends is not None
                if figure.ends <= dossier.as_at:
                    assert f"{figure.value:,f}" in drawn[0]


def test_what_each_paragraph_rests_on_is_listed() -> None:
    text = said_of(r1())
    assert "Cambridgeshire committee report, 7 March 2024, para 4.1" in text
    assert "Table 1" in text.split("Sources")[-1]


# --- nothing ---------------------------------------------------------------------------------------------------------


def test_an_agreement_of_which_only_the_title_is_known_is_no_blank_page() -> None:
    result = made(bare())
    assert result.pages <= 4
    assert_conforms(result.data, allowed=("TAG-002",))
    text = said_of(bare())
    for sentence in (
        "When the agreement began is not known.",
        "When the agreement ends is not known.",
        "The notice period is not known",
        "No party to the agreement is recorded.",
        "What each partner contributes is not known.",
        "No KPI is recorded.",
        "No risk is recorded.",
        "No decision is recorded.",
    ):
        assert sentence in text


def test_nothing_that_is_not_known_counts_as_nought_or_good() -> None:
    text = said_of(bare())
    assert "£0" not in text
    assert "On target" not in text
    assert "Approved" not in text


def test_no_cell_of_any_published_briefing_is_empty_but_for_remarks() -> None:
    for dossier in (r0(), r1()):
        briefing = agreement_briefing(dossier, EVERYTHING)
        for section in briefing.sections:
            for block in section.blocks:
                if isinstance(block, Table):
                    for row in block.rows:
                        for column, cell in zip(block.columns, row.cells, strict=True):
                            assert cell.text or cell.items or column.title == "Remark", block.caption


@pytest.mark.parametrize("key", list(SECTION_TITLES))
def test_any_section_can_stand_alone(key: str) -> None:
    # The paper of R0 plans an appraisal and has none.
    briefing = agreement_briefing(r1() if key == "options" else r0(), BriefingOptions(sections=(key,)))
    if key == "market":
        assert briefing.sections == ()
        return
    if key == SUMMARY:
        assert (briefing.sections, bool(briefing.summary)) == ((), True)
        return
    assert [section.title for section in briefing.sections] == [SECTION_TITLES[key]]
    assert render(briefing, as_at=AS_AT).pages >= 1


def test_sections_come_in_the_order_asked_for() -> None:
    briefing = agreement_briefing(r1(), BriefingOptions(sections=("risks", "term", "money")))
    assert [section.key for section in briefing.sections] == ["risks", "term", "money"]


def test_a_section_that_does_not_exist_is_refused() -> None:
    with pytest.raises(KeyError, match="poetry"):
        agreement_briefing(r1(), BriefingOptions(sections=("term", "poetry")))


def test_audience_and_author_may_be_left_out() -> None:
    briefing = agreement_briefing(r1(), BriefingOptions(prepared_by=""))
    assert briefing.subtitle == "As at 2 February 2026."


# --- the words -------------------------------------------------------------------------------------------------------


def dossier_with(*records: Record, **values: object) -> AgreementDossier:
    agreement = Agreement(uid="agreement", title="An agreement", stage=Stage.AGREED, **values)  # type: ignore[arg-type]
    return dossier_of([agreement, *records], agreement, AS_AT)


TERM = {"starts": date(2024, 4, 1), "first_term": Length(years=3), "notice": Length(months=12)}


@pytest.mark.parametrize(
    ("states", "sentence"),
    [
        ([ExtensionState.UNDECIDED], "There is one option to extend, of 1 year; extension 1 is undecided."),
        ([ExtensionState.UNDECIDED] * 2, "There are two options to extend, of 1 year each; neither is decided."),
        ([ExtensionState.UNDECIDED] * 3, "There are three options to extend, of 1 year each; none is decided."),
        (
            [ExtensionState.EXERCISED, ExtensionState.UNDECIDED],
            "extension 1 has been exercised and extension 2 is undecided.",
        ),
        ([ExtensionState.EXERCISED] * 2, "all have been exercised."),
    ],
)
def test_options_to_extend_are_told_in_good_english(states: list[ExtensionState], sentence: str) -> None:
    extensions = [
        Extension(uid=f"e{n}", agreement="agreement", number=n, length=Length(years=1), state=state)
        for n, state in enumerate(states, 1)
    ]
    assert sentence in said_of(dossier_with(*extensions, **TERM), "term")


def test_an_agreement_that_has_ended_is_told_in_the_past() -> None:
    text = said_of(dossier_with(starts=date(2018, 4, 1), first_term=Length(years=1), notice=Length(months=6)))
    assert "it ended on 31 March 2019" in text
    assert "notice had to be given by 30 September 2018" in text
    assert "What must be decided" not in text


def test_an_agreement_still_to_come_begins() -> None:
    text = said_of(dossier_with(starts=date(2027, 4, 1), first_term=Length(years=1)), "term")
    assert "The agreement begins on 1 April 2027 for 1 year, to 31 March 2028." in text


def test_a_decision_that_is_needed_stands_among_what_must_be_decided() -> None:
    decision = Decision(
        uid="d", agreement="agreement", title="Choose a provider", body="Cabinet", outcome=Outcome.UNDECIDED,
        due=date(2026, 2, 12),
    )  # fmt: skip
    text = said_of(dossier_with(decision, **TERM), "position", "decisions")
    assert "12 Feb 2026 | Choose a provider | Cabinet | 10 days left" in text
    assert "By 12 Feb 2026 | Choose a provider | Cabinet | Undecided" in text


def test_what_is_late_says_how_late() -> None:
    records = (
        Action(uid="a", agreement="agreement", title="Act", due=date(2026, 1, 21)),
        Milestone(uid="m", agreement="agreement", title="Step", due=date(2026, 2, 1), progress=Progress.UNDER_WAY),
        Decision(uid="d", agreement="agreement", title="Decide", due=date(2026, 1, 1)),
    )
    text = said_of(dossier_with(*records, **TERM))
    assert "12 days late" in text
    assert "1 day late" in text
    assert "32 days late" in text
    assert "One action is open, one of them overdue" in text


def test_cost_pressures_and_savings_are_in_one_table() -> None:
    records = (
        Contribution(
            uid="p", agreement="agreement", type=MoneyType.PRESSURE, year=2025, amount=Decimal(5000), what="Pay"
        ),
        Contribution(uid="s", agreement="agreement", type=MoneyType.SAVING, year=2026, amount=None, what="Review"),
        Risk(uid="r", agreement="agreement", title="Price", yearly_cost=Decimal(141098)),
    )
    text = said_of(dossier_with(*records), "money")
    assert "Pay | Cost pressure | 2025/26 | £5,000" in text
    assert "Review | Saving | 2026/27 | Not known" in text
    assert "Price | Risk | Each year | £141,098" in text


def test_lots_show_those_stated_beside_those_recorded() -> None:
    records = (
        Lot(uid="l", agreement="agreement", type=LotType.TIER, title="Tier 1", stated_members=9),
        Provider(uid="p", name="Invented Care"),
        Membership(uid="m", provider="p", agreement="agreement", lot="l", zone="North", admitted=date(2020, 4, 1)),
        Provider(uid="q", name="Gone Care"),
        Membership(uid="n", provider="q", agreement="agreement", lot="l", left=date(2021, 1, 1)),
    )
    text = said_of(dossier_with(*records), "market")
    assert "Tier 1 | Tier | 9 | 1" in text
    assert "One provider is recorded as admitted on 2 February 2026." in text
    assert "Invented Care | Tier 1 | North | 1 Apr 2020 | Still in" in text
    assert "Gone Care | Tier 1 | No zone | Not known | 1 Jan 2021" in text


def test_n_and_base_stand_beside_a_percentage() -> None:
    kpi = Kpi(uid="k", agreement="agreement", title="Seen", measure=Measure.PERCENTAGE, adding=Adding.AVERAGE)
    figure = Measurement(uid="m", kpi="k", ends=date(2025, 12, 31), n=Decimal(633), base=Decimal(805))
    target = Target(uid="t", kpi="k", type=TargetType.AT_LEAST, value=Decimal(100))
    text = said_of(dossier_with(kpi, figure, target), "performance")
    assert "633 of 805" in text
    assert "78.6%" in text


def test_kept_papers_are_told_from_those_known_by_title() -> None:
    records = (
        Document(uid="a", agreement="agreement", title="Kept", sha256="00", dated=date(2024, 3, 7)),
        Document(uid="b", agreement="agreement", title="Named"),
    )
    text = said_of(dossier_with(*records), "sources")
    assert "Papers kept in this desk with the agreement:\nKept, 7 Mar 2024" in text
    assert "by title only:\nNamed" in text


def test_parties_say_their_roles_on_the_day() -> None:
    records = (
        Organisation(uid="o", name="A Council"),
        Organisation(uid="q", name="A Trust"),
        Party(uid="p", agreement="agreement", organisation="o", role=PartyRole.LEAD),
        Party(uid="r", agreement="agreement", organisation="q", role=PartyRole.PROVIDER),
        Party(uid="s", agreement="agreement", organisation="q", role=PartyRole.LEAD, until=date(2025, 1, 1)),
    )
    text = said_of(dossier_with(*records, kind=AgreementKind.BLOCK), "position")
    assert (
        "“An agreement” is a block contract. The parties are A Council (lead commissioner) and A Trust (provider)."
        in text
    )


# --- far too much ----------------------------------------------------------------------------------------------------

NASTY = "Ŵyth tŷ & <gŵyl> 😀 好 \u202eevil\u202c\x00 a\u0302 “quoted” " + "long" * 60 + "\n\n• a list\n• of points\n"


def huge() -> AgreementDossier:
    note = (NASTY * 40)[:5000]
    records: list[Record] = [Organisation(uid="o", name="Council " + NASTY)]
    for n in range(60):
        records.append(
            Kpi(uid=f"k{n}", agreement="agreement", title=f"KPI {n} {NASTY[:40]}", scope=note[:300], unit="people",
                definition=note, measure=Measure.COUNT, adding=Adding.FLOW, period=Period.MONTH)
        )  # fmt: skip
        if n % 4:
            target = Target(
                uid=f"t{n}", kpi=f"k{n}", type=TargetType.TOLERANCE, value=Decimal(1200), tolerance=Decimal(5)
            )
            records.append(target)
        for month in range(n):
            first = date(2021 + month // 12, month % 12 + 1, 1)
            last = date(first.year + first.month // 12, first.month % 12 + 1, 1) - timedelta(days=1)
            figure = Measurement(
                uid=f"m{n}.{month}", kpi=f"k{n}", starts=first, ends=last, value=Decimal(90 + month % 17)
            )
            records.append(figure)
    records += [
        Milestone(uid=f"s{n}", agreement="agreement", number=n, title=f"Milestone {n}", activity=NASTY, due=AS_AT)
        for n in range(200)
    ]
    records += [
        Recommendation(uid=f"r{n}", agreement="agreement", title=note, update=note, progress=Progress.UNDER_WAY)
        for n in range(3)
    ]
    records += [
        Option(uid=f"o{n}", agreement="agreement", title=note[:400], benefits=note, risks=note) for n in range(2)
    ]
    records += [Risk(uid=f"x{n}", agreement="agreement", title=note, mitigation=note, owner=NASTY) for n in range(2)]
    records += [Extension(uid=f"e{n}", agreement="agreement", number=n, length=Length(months=3)) for n in range(1, 21)]
    return dossier_with(*records, reference=NASTY, aims=note, people=note, risk_share=note, **TERM)


def test_far_too_much_is_printed_whole_and_in_time() -> None:
    dossier = huge()
    started = time.perf_counter()
    result = made(dossier)
    assert time.perf_counter() - started < 30
    assert result.pages > 100
    assert [warning.split(" cannot")[0] for warning in result.warnings] == [
        "Text in Chinese or Japanese",
        "Emoji and signs",
    ]
    assert_conforms(result.data, allowed=KNOWN_FALSE)
    text = " ".join(text_of(result.data).split())
    for n in (0, 99, 199):
        assert f"{n}. Milestone {n}" in text
    assert "Ŵyth tŷ & <gŵyl> [grinning face, 1 letter in Chinese or Japanese]" in text
