"""Doubts are answered: counted once everywhere while open, kept with who and when, asked anew of other figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from s75desk.domain.answers import Owner, owner_of_kpi
from s75desk.domain.attention import Group
from s75desk.domain.errors import Rejected
from s75desk.domain.records import (
    Agreement,
    Breakdown,
    Briefing,
    Contradiction,
    DoubtAnswer,
    Kpi,
    Measurement,
    Milestone,
    Option,
    Part,
)
from s75desk.domain.records.briefing import BriefingKind
from s75desk.domain.records.doubt import Reply
from s75desk.domain.records.kpi import Measure
from s75desk.reporting.agreement_briefing import BriefingOptions, agreement_briefing
from s75desk.services.office import Office
from s75desk.services.paper_wishes import QuestionsWish
from tests.unit.record_help import TODAY, WHO
from tests.unit.reporting.pdf_reading import assert_conforms, text_of


def doubtful(office: Office) -> tuple[str, str]:
    """An agreement with one doubt: parts that do not make their total. Uids of the agreement and of the total."""
    agreement = office.records.create(Agreement(title="Community OT")).uid
    total = office.records.create(Breakdown(agreement=agreement, title="Ended contacts", total=Decimal(550))).uid
    for number, count in enumerate((192, 105, 250), 1):
        office.records.create(Part(breakdown=total, number=number, label=f"Reason {number}", count=Decimal(count)))
    return agreement, total


def counts(office: Office, agreement: str) -> tuple[int, ...]:
    """How many doubts list, record, Overview and check say that there are."""
    (row,) = (row for row in office.agreements.rows() if row.uid == agreement)
    page = office.overview.read()
    return (
        row.doubts,
        len(office.agreements.dossier(agreement).questions),
        sum(item.counts for item in page.items if item.group is Group.DOUBTS),
        len(office.checks.check().questions),
    )


@pytest.mark.parametrize("reply", [Reply.RIGHT, Reply.MENDED])
def test_an_answered_doubt_is_counted_nowhere_and_kept_with_who_and_when(office: Office, reply: Reply) -> None:
    agreement, _ = doubtful(office)
    assert counts(office, agreement) == (1, 1, 1, 1)
    questions = office.agreements.dossier(agreement).questions
    office.doubts.answer(Owner(Agreement, agreement), questions, reply, note="The paper counts one reason twice.")
    assert counts(office, agreement) == (0, 0, 0, 0)
    (answered,) = office.agreements.dossier(agreement).answered
    assert answered.answer is not None
    assert (answered.answer.reply, answered.answer.who, answered.answer.answered) == (reply, WHO, TODAY)
    assert answered.answer.note == "The paper counts one reason twice."
    assert [question.title for _, question in office.checks.check().answered] == [answered.title]


def test_what_is_to_be_asked_stays_in_doubt_and_says_so(office: Office) -> None:
    agreement, _ = doubtful(office)
    office.doubts.answer(Owner(Agreement, agreement), office.agreements.dossier(agreement).questions, Reply.ASK)
    assert counts(office, agreement) == (1, 1, 1, 1)
    (question,) = office.agreements.dossier(agreement).questions
    assert question.answer is not None
    assert question.answer.reply is Reply.ASK
    office.doubts.answer(Owner(Agreement, agreement), [question], Reply.RIGHT)
    assert counts(office, agreement) == (0, 0, 0, 0)
    with office.place.desk.reading() as connection:
        assert len(office.place.records(connection).all(DoubtAnswer)) == 1


def test_other_figures_are_asked_about_anew(office: Office) -> None:
    agreement, total = doubtful(office)
    office.doubts.answer(Owner(Agreement, agreement), office.agreements.dossier(agreement).questions, Reply.RIGHT)
    office.records.revise(replace(office.records.get(Breakdown, total), total=Decimal(540)))
    assert counts(office, agreement) == (1, 1, 1, 1)
    office.records.revise(replace(office.records.get(Breakdown, total), total=Decimal(550)))
    assert counts(office, agreement) == (0, 0, 0, 0)


def test_what_is_not_about_the_figures_leaves_the_answer(office: Office) -> None:
    agreement, total = doubtful(office)
    office.doubts.answer(Owner(Agreement, agreement), office.agreements.dossier(agreement).questions, Reply.RIGHT)
    office.records.revise(replace(office.records.get(Breakdown, total), source="Board paper, 3 May 2025"))
    office.records.revise(replace(office.records.get(Agreement, agreement), title="Community therapy"))
    assert counts(office, agreement) == (0, 0, 0, 0)


def test_an_answer_is_undone_as_any_change(office: Office) -> None:
    agreement, _ = doubtful(office)
    changes = office.doubts.answer(
        Owner(Agreement, agreement), office.agreements.dossier(agreement).questions, Reply.MENDED
    )
    office.records.undo(changes.change_id)
    assert counts(office, agreement) == (1, 1, 1, 1)


def test_an_answer_is_not_known_before_it_was_given(office: Office) -> None:
    agreement, _ = doubtful(office)
    office.doubts.answer(Owner(Agreement, agreement), office.agreements.dossier(agreement).questions, Reply.RIGHT)
    before = office.agreements.dossier(agreement, TODAY - timedelta(days=1))
    assert (len(before.questions), len(before.answered)) == (1, 0)


def test_a_contradiction_that_a_reader_saw_is_a_doubt_like_any(office: Office) -> None:
    agreement = office.records.create(Agreement(title="Community OT")).uid
    seen = Contradiction(agreement=agreement, title="The target", one="hold a diploma", other="hold or study for one")
    uid = office.records.create(seen).uid
    assert counts(office, agreement) == (1, 1, 1, 1)
    (question,) = office.agreements.dossier(agreement).questions
    assert (question.kind, question.uid) == (Contradiction.KIND, uid)
    office.doubts.answer(Owner(Agreement, agreement), [question], Reply.RIGHT)
    assert counts(office, agreement) == (0, 0, 0, 0)


def test_nothing_to_answer_and_what_is_archived_are_refused(office: Office) -> None:
    agreement, _ = doubtful(office)
    questions = office.agreements.dossier(agreement).questions
    with pytest.raises(Rejected):
        office.doubts.answer(Owner(Agreement, agreement), [], Reply.RIGHT)
    office.records.archive(Agreement.KIND, agreement)
    with pytest.raises(Rejected):
        office.doubts.answer(Owner(Agreement, agreement), questions, Reply.RIGHT)


def test_the_sample_raises_what_its_papers_contradict(sample: Office) -> None:
    asked = "\n".join(f"{question.title} {question.text}" for _, question in sample.checks.check().questions)
    for said in (
        "3 working days",
        "3.6",
        "paragraph 3.5",
        "Appendix A ii)",
        "or are studying",
        "13 or 14",
        "2017/18",
        "25 or 24",
    ):
        assert said in asked, said


def test_what_a_paper_may_state_is_saved_and_printed_as_stated(office: Office) -> None:
    """A step that ends before it begins, and an option that is numbered nought."""
    agreement = office.records.create(Agreement(title="Community OT", starts=date(2016, 4, 1))).uid
    step = Milestone(agreement=agreement, title="Build", starts=date(2017, 10, 1), due=date(2017, 3, 31))
    uid = office.records.create(step).uid
    office.records.create(Option(agreement=agreement, number=0, title="Do nothing"))
    dossier = office.agreements.dossier(agreement)
    assert [question.uid for question in dossier.questions] == [uid]
    assert agreement_briefing(dossier, BriefingOptions()).sections
    assert dossier.options[0].heading == "Do nothing"


def test_what_is_to_be_asked_prints_as_questions_to_the_provider(office: Office) -> None:
    agreement, _ = doubtful(office)
    wish = QuestionsWish(Owner(Agreement, agreement), TODAY)
    assert "No figure is to be asked of the provider." in text_of(office.briefings.make(wish).data)
    (question,) = office.agreements.dossier(agreement).questions
    office.doubts.answer(Owner(Agreement, agreement), [question], Reply.ASK, note="Ask the manager for the tally.")
    made = office.briefings.make(wish)
    assert_conforms(made.data, allowed=("TAG-002",))
    text = text_of(made.data)
    assert question.title in text
    assert "Your answer" in text
    done = office.briefings.file(made, "printed")
    kept = office.records.get(Briefing, done.uid)
    assert (kept.kind, kept.agreement) == (BriefingKind.QUESTIONS, agreement)
    office.doubts.answer(Owner(Agreement, agreement), office.agreements.dossier(agreement).questions, Reply.RIGHT)
    assert question.title not in text_of(office.briefings.make(wish).data)


def test_a_doubt_of_a_kpi_that_hangs_under_no_agreement_is_answered_like_any_other(office: Office) -> None:
    kpi = office.records.create(Kpi(title="Reviews in time", measure=Measure.PERCENTAGE)).uid
    figure = Measurement(kpi=kpi, ends=date(2025, 10, 31), n=Decimal(201), base=Decimal(200))
    office.records.create(figure)

    def counted() -> tuple[int, ...]:
        page, check = office.kpis.page(kpi), office.checks.check()
        overview = sum(item.counts for item in office.overview.read().items if item.group is Group.DOUBTS)
        return len(page.questions), overview, len(check.questions), len(page.answered), len(check.answered)

    assert counted() == (1, 1, 1, 0, 0)
    office.doubts.answer(Owner(Kpi, kpi), office.kpis.page(kpi).questions, Reply.ASK)
    assert counted() == (1, 1, 1, 0, 0)
    made = office.briefings.make(QuestionsWish(Owner(Kpi, kpi), TODAY))
    assert "Reviews in time" in text_of(made.data)
    assert office.records.get(Briefing, office.briefings.file(made, "printed").uid).kpi == kpi
    changes = office.doubts.answer(Owner(Kpi, kpi), office.kpis.page(kpi).questions, Reply.RIGHT)
    assert counted() == (0, 0, 0, 1, 1)
    office.records.undo(changes.change_id)
    assert counted() == (1, 1, 1, 0, 0)


def test_a_kpi_of_an_agreement_is_answered_for_its_agreement(office: Office) -> None:
    agreement = office.records.create(Agreement(title="Community OT")).uid
    kpi = office.records.create(Kpi(title="Reviews", measure=Measure.PERCENTAGE, agreement=agreement))
    office.records.create(Measurement(kpi=kpi.uid, ends=date(2025, 10, 31), n=Decimal(201), base=Decimal(200)))
    owner = owner_of_kpi(office.kpis.page(kpi.uid).sheet.kpi)
    assert owner == Owner(Agreement, agreement)
    office.doubts.answer(owner, office.kpis.page(kpi.uid).questions, Reply.RIGHT)
    assert counts(office, agreement) == (0, 0, 0, 0)
    assert len(office.kpis.page(kpi.uid).answered) == 1


@pytest.mark.parametrize("owned", [False, True])
def test_a_breakdown_that_hangs_under_a_kpi_alone_is_doubted_like_one_of_an_agreement(
    office: Office, owned: bool
) -> None:
    agreement = office.records.create(Agreement(title="Community OT")).uid if owned else None
    kpi = office.records.create(Kpi(title="Ended contacts", measure=Measure.COUNT, agreement=agreement)).uid
    total = office.records.create(Breakdown(kpi=kpi, title="By reason", as_at=TODAY, total=Decimal(550))).uid
    for number, count in enumerate((192, 105, 250), 1):
        office.records.create(Part(breakdown=total, number=number, label=f"Reason {number}", count=Decimal(count)))
    office.records.create(Measurement(kpi=kpi, ends=TODAY, value=Decimal(547)))
    asked = {question.title for question in office.kpis.page(kpi).questions}
    assert len(asked) == 2, "the parts do not make the total, and the figure of the day is another"
    assert {question.title for _, question in office.checks.check().questions} == asked
    if agreement is not None:
        assert {question.title for question in office.agreements.dossier(agreement).questions} == asked
