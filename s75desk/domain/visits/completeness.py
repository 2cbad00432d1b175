"""What is missing before a visit can be finished, by name: what keeps it open, and what is only worth a look."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from s75desk.domain.findings import Weight
from s75desk.domain.records.visit_work import PriorGrade
from s75desk.domain.visits.answers import Answer, AnswerState
from s75desk.domain.visits.question_set import QuestionBody, QuestionSetBody, StandardBody
from s75desk.domain.visits.sample import Sample, sample_findings
from s75desk.domain.wording import list_words, plural

_OUTDATED = "signed before the visit was changed, and has to sign it as it is now."


@dataclass(frozen=True, slots=True)
class PriorAction:
    """An open action of the service, to be graded at this visit."""

    uid: str
    title: str
    grade: PriorGrade | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RaisedAction:
    """An action raised at this visit: who is to do it by when, and the questions it comes from."""

    uid: str
    title: str
    owner: str = ""
    due: date | None = None
    questions: tuple[str, ...] = ()


class Signing(Enum):
    """Whether someone has signed; ``OUTDATED``: signed, and the visit says something else since."""

    OPEN = "open"
    SIGNED = "signed"
    OUTDATED = "outdated"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class VisitFacts:
    """What a visit holds, as far as finishing it goes.

    Attributes:
        body: The question set it is made with.
        answers: Answers by code of the question.
        noted: Codes of the questions that have a note.
        samples: Samples by code of the question.
        prior: Open actions of the service from before.
        actions: Actions raised at this visit.
        people: How many people were spoken to, by role; no names.
        comment: The provider's comment.
        no_comment: The provider was asked and has none to make.
        officer: Whether the officer has signed what the visit now says.
        provider: Whether the provider has signed what it now says, or refused.
        refusal: Why the provider refused.
    """

    body: QuestionSetBody
    answers: Mapping[str, Answer] = field(default_factory=dict)
    noted: frozenset[str] = frozenset()
    samples: Mapping[str, Sample] = field(default_factory=dict)
    prior: tuple[PriorAction, ...] = ()
    actions: tuple[RaisedAction, ...] = ()
    people: Mapping[str, int] = field(default_factory=dict)
    comment: str = ""
    no_comment: bool = False
    officer: Signing = Signing.OPEN
    provider: Signing = Signing.OPEN
    refusal: str = ""


class Gap(Enum):
    """The kinds of thing that can be missing; the window opens the place it belongs to."""

    PRIOR_ACTION = "prior action"
    QUESTION = "question"
    STANDARD = "standard"
    ACTION = "action"
    PEOPLE = "people spoken to"
    COMMENT = "comment"
    OFFICER = "officer's signature"
    PROVIDER = "provider's signature"


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is missing.

    Attributes:
        gap: What kind of thing it belongs to.
        target: Code of the question or standard, uid of the action; "" where there is only one.
        title: What it is called: "8.3 Doses right and recorded".
        text: What is missing, in a sentence.
        blocks: Whether the visit cannot be finished without it.
        part: Which part of its place is asked for: "reason", "note", "sample"; "" for the whole.
    """

    gap: Gap
    target: str
    title: str
    text: str
    blocks: bool
    part: str = ""


def missing(facts: VisitFacts) -> tuple[Missing, ...]:
    """Everything missing, in the order of the visit: prior actions, questions, actions, people, comment, signatures."""
    return (
        *_prior(facts),
        *(gap for standard in facts.body.standards for gap in _standard(facts, standard)),
        *_actions(facts),
        *_people(facts),
        *_endings(facts),
    )


def can_finish(found: tuple[Missing, ...]) -> bool:
    """Whether nothing that is missing keeps the visit open."""
    return not any(gap.blocks for gap in found)


def missing_words(found: tuple[Missing, ...]) -> str:
    """What keeps a visit open, in one sentence for the button's hint: "3 things are missing."; "" for nothing."""
    count = sum(gap.blocks for gap in found)
    return f"{plural(count, 'thing')} {'is' if count == 1 else 'are'} missing." if count else ""


def _prior(facts: VisitFacts) -> Iterator[Missing]:
    for action in facts.prior:
        if action.grade is None:
            words = list_words((grade.value for grade in PriorGrade), "or")
            yield Missing(Gap.PRIOR_ACTION, action.uid, action.title, f"Grade it: {words}.", blocks=True)
        elif action.grade is not PriorGrade.MET and not action.reason.strip():
            text = f"It is {action.grade.value}. Say why."
            yield Missing(Gap.PRIOR_ACTION, action.uid, action.title, text, blocks=True, part="reason")


def _standard(facts: VisitFacts, standard: StandardBody) -> Iterator[Missing]:
    left = [question for question in standard.questions if _state(facts, question) is AnswerState.UNANSWERED]
    if left:
        whole = len(left) == len(standard.questions)
        text = (
            "Not looked at."
            if whole
            else f"{len(left)} of {plural(len(standard.questions), 'question')} not looked at."
        )
        yield Missing(Gap.STANDARD, standard.code, standard.heading, text, blocks=False)
    for question in standard.questions:
        yield from _question(facts, question)


def _question(facts: VisitFacts, question: QuestionBody) -> Iterator[Missing]:
    def gap(text: str, *, blocks: bool = False, part: str = "") -> Missing:
        return Missing(Gap.QUESTION, question.code, question.heading, text, blocks, part)

    answer = facts.answers.get(question.code, Answer(question.code))
    if answer.state is AnswerState.UNANSWERED and question.critical:
        yield gap("This critical question has no answer.", blocks=True)
    if answer.state is AnswerState.NOT_APPLICABLE and not answer.reason.strip():
        yield gap("Say why it does not apply.", blocks=True, part="reason")
    if answer.rating is not None and not facts.body.scale.good(answer.rating):
        word = facts.body.scale.word(answer.rating)
        if question.code not in facts.noted:
            yield gap(f"It is rated {word} and has no note of what was seen.", blocks=question.critical, part="note")
        if not any(question.code in action.questions for action in facts.actions):
            yield gap(f"It is rated {word} and no action comes from it.")
    if answer.flagged:
        yield gap("It is flagged to come back to.")
    if question.code in facts.samples:
        for finding in sample_findings(facts.samples[question.code]):
            yield gap(f"Sample: {finding.text}", blocks=finding.weight is Weight.FAULT, part="sample")


def _state(facts: VisitFacts, question: QuestionBody) -> AnswerState:
    return facts.answers.get(question.code, Answer(question.code)).state


def _actions(facts: VisitFacts) -> Iterator[Missing]:
    for action in facts.actions:
        title = action.title.strip()
        for there, text in (
            (title, "Say what is needed."),
            (action.owner.strip(), "It has no owner."),
            (action.due, "It has no due date."),
        ):
            if not there:
                yield Missing(Gap.ACTION, action.uid, title or "An action without words", text, blocks=True)


def _people(facts: VisitFacts) -> Iterator[Missing]:
    if not sum(facts.people.values()):
        yield Missing(Gap.PEOPLE, "", "People spoken to", "Nobody is recorded, by role and number.", blocks=False)


def _endings(facts: VisitFacts) -> Iterator[Missing]:
    if not facts.comment.strip() and not facts.no_comment:
        text = "Ask the manager for a comment, or record that there is none."
        yield Missing(Gap.COMMENT, "", "Provider’s comment", text, blocks=False)
    if facts.officer is not Signing.SIGNED:
        text = f"The officer {_OUTDATED}" if facts.officer is Signing.OUTDATED else "The officer has not signed."
        yield Missing(Gap.OFFICER, "", "Officer’s signature", text, blocks=True)
    if facts.provider in (Signing.OPEN, Signing.OUTDATED):
        text = "The provider has neither signed nor refused."
        if facts.provider is Signing.OUTDATED:
            text = f"The provider {_OUTDATED}"
        yield Missing(Gap.PROVIDER, "", "Provider’s signature", text, blocks=True)
    elif facts.provider is Signing.REFUSED and not facts.refusal.strip():
        text = "The provider refused to sign. Say why."
        yield Missing(Gap.PROVIDER, "", "Provider’s signature", text, blocks=True, part="reason")
