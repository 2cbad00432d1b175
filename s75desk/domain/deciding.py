"""Deciding where the alert stands: the question that a term asks, its two answers, and what each brings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, ClassVar

from s75desk.domain.dossier import AgreementDossier
from s75desk.domain.fields import day, length, text
from s75desk.domain.lengths import Length
from s75desk.domain.money.yearly import planned_over
from s75desk.domain.records import Agreement, BreakClause, Decision, Extension, Record
from s75desk.domain.records.agreement import BreakState, ExtensionState, Outcome, Stage
from s75desk.domain.term import Ask, Term, term_of
from s75desk.domain.term_spans import in_order, state_at
from s75desk.domain.wording import date_long

_REMIND_BEFORE = 14
"""Days before the last day on which a reminder is offered. A rule of this house."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DecidedEntry(Record):
    """What is typed about a decision. ``length`` is asked only where the agreement gives no option."""

    KIND: ClassVar[str] = "agreement"
    NOUN: ClassVar[str] = "decision"
    PLURAL: ClassVar[str] = "decisions"

    length: Length | None = length("For how long", asks=("months", "years"), least=Decimal("0.03"), most=Decimal(240))
    by: str | None = text("By", hint="A committee or a role.")
    when: date | None = day("When")
    reference: str | None = text("Reference", hint="Can follow later.")
    remind: date | None = day("Remind me on")


@dataclass(frozen=True, slots=True)
class Answer:
    """One of the two answers.

    Attributes:
        key: The key that chooses it: "E".
        words: "Extend to 31 March 2028"; also what its button says.
        brings: What it brings, a line each.
        goes_on: Whether the agreement goes on by it.
    """

    key: str
    words: str
    brings: tuple[str, ...]
    goes_on: bool


@dataclass(frozen=True, slots=True)
class Matter:
    """What there is to decide.

    Attributes:
        ask: What the term asks.
        step: What the step is called: "Decide extension 1".
        question: The question in a line.
        answers: That it goes on, and that it does not.
        until: The day it ends as things stand, or on which the break lets it end.
        extension: The option that would be taken up, or None.
        clause: The break clause, or None.
        asks_length: Whether going on needs a length, because no option gives one, or gives a range.
        by: Who probably decides, from the delegation or the last decision.
        by_from: Where that is known from.
        writes: What is written, in a sentence, if it goes on.
        writes_end: The same if it does not.
        remind: The day offered for "not yet"; None where no day lies ahead.
        last: The last day to decide.
    """

    ask: Ask
    step: str
    question: str
    answers: tuple[Answer, Answer]
    until: date | None
    extension: Extension | None
    clause: BreakClause | None
    asks_length: bool
    by: str
    by_from: str
    writes: str
    writes_end: str
    remind: date | None
    last: date | None


def step_of(term: Term, option: str = "") -> str:
    """What the step that settles a term is called; "" where nothing is asked."""
    open_ = (span.extension for span in term.spans if span.extension and not span.certain and not span.declined)
    heading = option or next((extension.heading for extension in open_), "")
    return {
        Ask.EXTENSION: f"Decide {heading[:1].lower()}{heading[1:]}" if heading else "Decide extension",
        Ask.ENDING: "Decide its end",
        Ask.BREAK: "Decide the break",
        Ask.LAPSED: "Say what happened",
        Ask.NOT_AGREED: "Say whether agreed",
    }.get(term.ask, "")


def matter_of(dossier: AgreementDossier) -> Matter | None:
    """What there is to decide about an agreement's term, or None."""
    term, today = dossier.term, dossier.as_at
    if term.ask is Ask.NOTHING:
        return None
    option = _open_option(dossier.extensions, today)
    broken = next(
        (each for each in term.breaks if each.state is BreakState.OPEN and (each.ends or today) >= today), None
    )
    by, by_from = _by(dossier)
    until = broken.ends if term.ask is Ask.BREAK and broken is not None else term.ends
    last = term.next_date
    remind = max(today + timedelta(days=1), last - timedelta(days=_REMIND_BEFORE)) if last and last > today else None
    ranged = option is not None and option.length is not None and option.length.most is not None
    asks_length = term.ask in (Ask.ENDING, Ask.LAPSED, Ask.EXTENSION) and (option is None or ranged)
    question, answers = _answers(dossier, option, until, asks_length=asks_length)
    number = len(dossier.decisions) + 1
    parts = {
        Ask.EXTENSION: f"{option.heading.lower()}, moves the end" if option else "the extension, moves the end",
        Ask.ENDING: "the end",
        Ask.BREAK: "the break",
        Ask.LAPSED: f"{option.heading.lower()}, moves the end" if option else "the end",
        Ask.NOT_AGREED: "the stage",
    }[term.ask]
    ending = f"that it ends on {date_long(until)}" if until and term.ask in (Ask.EXTENSION, Ask.LAPSED) else ""
    once = "and settles this. One undo takes all of it back."
    return Matter(
        ask=term.ask,
        step=step_of(term, option.heading if option else ""),
        question=question,
        answers=answers,
        until=until,
        extension=option if term.ask in (Ask.EXTENSION, Ask.LAPSED) else None,
        clause=broken.clause if term.ask is Ask.BREAK and broken is not None else None,
        asks_length=asks_length,
        by=by,
        by_from=by_from,
        writes=f"Writes decision {number} and {parts}, {once}",
        writes_end=f"Writes decision {number} and {ending or parts}, {once}",
        remind=remind,
        last=last,
    )


def _open_option(extensions: Sequence[Extension], today: date) -> Extension | None:
    open_ = (each for each in in_order(extensions) if state_at(each, today) is ExtensionState.UNDECIDED)
    return next((each for each in open_ if each.length), None)


def _answers(
    dossier: AgreementDossier, option: Extension | None, until: date | None, *, asks_length: bool
) -> tuple[str, tuple[Answer, Answer]]:
    term, agreement = dossier.term, dossier.agreement
    ends = date_long(until) if until else "its end"
    if term.ask is Ask.NOT_AGREED:
        start = date_long(agreement.starts) if agreement.starts else "its start"
        return (
            f"It was to start on {start}: was it agreed?",
            (
                Answer("A", "It was agreed", ("It has run since its start", "Agreed late is kept as a doubt"), True),
                Answer("N", "It was not made", ("It leaves the list of live ones", "Its records stay"), False),
            ),
        )
    if term.ask is Ask.BREAK:
        return (
            f"The break on {ends}: use it, or let it pass?",
            (
                Answer("P", "Let it pass", ("It runs on as before",), True),
                Answer("U", f"End it on {ends}", _notice_brings(dossier, until), False),
            ),
        )
    extended = extended_end(dossier, option.length if option else None)
    ranged = option.length if option and option.length and option.length.most else None
    words = f"Extend to {date_long(extended)}" if extended else "Extend by waiver"
    words = f"Extend by {ranged}" if ranged and not extended else words
    brings = (
        _extension_brings(dossier, option) if option else ("The agreement gives no such option", "Say for how long")
    )
    stop = Answer("L", "Let it end", _notice_brings(dossier, until), False)
    if term.ask is Ask.LAPSED:
        stop = Answer("L", f"It ended on {ends}", ("Nothing more is asked of it",), False)
        return (f"It ended on {ends}. Extended after it had ended?", (Answer("E", words, brings, True), stop))
    return (f"After {ends}: extend, or let it end?", (Answer("E", words, brings, True), stop))


def _extension_brings(dossier: AgreementDossier, option: Extension) -> tuple[str, ...]:
    assert option.length is not None
    lines = []
    before, after = dossier.term, with_extension(dossier, option, dossier.as_at)
    more = ""
    if before.ends is not None and after.ends is not None and before.ends < after.ends:
        planned = planned_over(dossier.money.rates, before.ends + timedelta(days=1), after.ends)
        more = f"; {planned.text} more, planned" if planned and planned.high else ""
    lines.append(f"Runs on for {option.length}{more}")
    if after.notice_by is not None:
        lines.append(f"Next notice day: {date_long(after.notice_by)}")
    return tuple(lines)


def _notice_brings(dossier: AgreementDossier, until: date | None) -> tuple[str, ...]:
    term = dossier.term
    by = term.notice_by if term.ask is not Ask.BREAK else term.next_date
    lines = [f"Notice is to be given by {date_long(by)}"] if by and by >= dossier.as_at and by != until else []
    return (*lines, "What is still open for it ends with it")


def extended_end(dossier: AgreementDossier, more: Length | None) -> date | None:
    """The end if it goes on for so much longer; None where that cannot be said."""
    option = _open_option(dossier.extensions, dossier.as_at)
    if option is None:
        if more is None or not more or more.too_long:
            return None
        option = by_waiver(dossier, more)
    elif more and option.length and option.length.most and not more.too_long:
        option = replace(option, length=more)
    return with_extension(dossier, option, dossier.as_at).ends


def with_extension(dossier: AgreementDossier, option: Extension, when: date) -> Term:
    """The term as it would be with an extension taken up."""
    taken = replace(option, state=ExtensionState.EXERCISED, decided=when)
    others = tuple(each for each in dossier.extensions if each.uid != option.uid or not option.uid)
    return term_of(dossier.agreement, (*others, taken), dossier.as_at, breaks=dossier.breaks, history=dossier.history)


def by_waiver(dossier: AgreementDossier, more: Length) -> Extension:
    """An extension that no option gives."""
    number = max((each.number or 0 for each in dossier.extensions), default=0) + 1
    return Extension(agreement=dossier.agreement.uid, number=number, length=more, waiver=True)


def _by(dossier: AgreementDossier) -> tuple[str, str]:
    taken = [one for one in dossier.decisions if one.taken is not None and one.taken <= dossier.as_at]
    for one in sorted(taken, key=lambda each: each.taken or date.min, reverse=True):
        if one.delegated_to:
            return one.delegated_to, f"delegated on {date_long(one.taken)}" if one.taken else "delegated"
    return "", ""


# --- what is written ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Settled:
    """Everything that one decision writes: records changed, records made, and a stage that holds from its day."""

    revised: tuple[Record, ...]
    made: tuple[Record, ...]
    stage: Stage | None = None
    label: str = ""


def settle(dossier: AgreementDossier, matter: Matter, *, goes_on: bool, entry: DecidedEntry) -> Settled:
    """The records that a decision changes and makes. The agreement's reminder goes with it."""
    agreement, when = replace(dossier.agreement, remind_on=None), entry.when or dossier.as_at
    decided: dict[str, Any] = {"decided": when, "decided_by": entry.by, "reference": entry.reference}
    revised: list[Record] = []
    made: list[Record] = []
    stage: Stage | None = None
    answer = matter.answers[0 if goes_on else 1]
    title = answer.words
    if matter.ask is Ask.NOT_AGREED:
        agreement = replace(
            agreement, stage=Stage.AGREED if goes_on else Stage.NOT_MADE, agreed_on=when if goes_on else None
        )
        title = "To make the agreement" if goes_on else "Not to make the agreement"
    elif matter.ask is Ask.BREAK and matter.clause is not None:
        state = BreakState.NOT_USED if goes_on else BreakState.USED
        revised.append(replace(matter.clause, state=state, **decided))
        title = f"To {'let the break pass' if goes_on else 'end it by the break'} on {_day(matter.until)}"
    elif goes_on:
        option = matter.extension or by_waiver(dossier, entry.length or Length())
        if matter.asks_length and entry.length:
            option = replace(option, length=entry.length)
        end = with_extension(dossier, option, when).ends
        taken = replace(option, state=ExtensionState.EXERCISED, **decided)
        (revised if option.uid else made).append(taken)
        title = f"To extend to {_day(end)}" + (" by waiver" if option.waiver else "")
    else:
        open_ = [each for each in dossier.extensions if state_at(each, dossier.as_at) is ExtensionState.UNDECIDED]
        revised += [replace(each, state=ExtensionState.DECLINED, **decided) for each in open_]
        agreement = replace(agreement, let_end=matter.until, let_end_decided=when)
        stage = Stage.ENDED if matter.ask is Ask.LAPSED else None
        title = f"{'It ended on' if stage else 'To let it end on'} {_day(matter.until)}"
    note = None
    if matter.ask is Ask.LAPSED and goes_on:
        note = f"Decided after the term it extends had ended on {_day(matter.until)}."
    made.append(
        Decision(
            agreement=agreement.uid,
            title=title,
            body=entry.by,
            outcome=Outcome.APPROVED,
            taken=when,
            reference=entry.reference,
            note=note,
        )
    )
    if agreement != dossier.agreement:
        revised.append(agreement)
    return Settled(tuple(revised), tuple(made), stage, f"Decided: {title}")


def _day(found: date | None) -> str:
    return date_long(found) if found else "a day not known"


def reminded(agreement: Agreement, on: date) -> Agreement:
    """The agreement with a day on which its decision comes up again."""
    return replace(agreement, remind_on=on)
