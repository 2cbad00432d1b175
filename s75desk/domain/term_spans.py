"""The stretches of a term: the first term and each extension, with its end, its last notice day and what is odd."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from s75desk.domain.findings import Finding, Weight
from s75desk.domain.months import last_notice_day, term_end
from s75desk.domain.records import Agreement, Extension
from s75desk.domain.records.agreement import ExtensionState
from s75desk.domain.wording import date_long, months_words

_NEVER = date.max

LONGEST_MONTHS = 6000
"""No term or notice is longer: five hundred years. A slip of the keyboard must not run off the calendar."""


@dataclass(frozen=True, slots=True)
class Span:
    """One stretch of the term: the first term or an extension.

    Attributes:
        label: "First term, 3 years", "Extension 1: undecided".
        starts: First day.
        ends: Last day (inclusive).
        notice_by: Last day on which notice can be given so that the agreement ends with this span; None if the
            notice period is not known.
        extension: The extension behind it, None for the first term.
        certain: Whether it is running or will run (first term, exercised extension).
        declined: Whether the extension was declined.
    """

    label: str
    starts: date
    ends: date
    notice_by: date | None
    extension: Extension | None
    certain: bool
    declined: bool = False


def state_at(extension: Extension, today: date) -> ExtensionState:
    """The state of an extension as at a day: what was decided later was still undecided then."""
    if extension.decided is not None and extension.decided > today:
        return ExtensionState.UNDECIDED
    return extension.state or ExtensionState.UNDECIDED


def in_order(extensions: Sequence[Extension]) -> list[Extension]:
    """Extensions by number; those without one last, in the order given."""
    return sorted(extensions, key=lambda each: (each.number is None, each.number or 0))


def spans_of(
    agreement: Agreement, extensions: Sequence[Extension], today: date
) -> tuple[tuple[Span, ...], tuple[Finding, ...]]:
    """Every span in order, and the doubts met on the way; () when the first end is not known or before the start.

    Where only the start is not known, the first span starts on its own end, for the caller to hide.

    An extension starts the day after the end it moves. All ends are counted from the first day, so that a term from
    the 31st does not drift. A declined extension moves nothing. No span runs past ``ends_at_latest``.
    """
    first_end = first_end_of(agreement)
    if first_end is None or (agreement.starts is not None and first_end < agreement.starts):
        return (), ()
    return _Builder(agreement, first_end, today).build(in_order(extensions))


def first_end_of(agreement: Agreement) -> date | None:
    """The end of the first term: start and length if both are known, else the end as stated, else None."""
    if agreement.starts is None or agreement.initial_months is None:
        return agreement.stated_end
    if agreement.initial_months > LONGEST_MONTHS:
        return None
    return term_end(agreement.starts, agreement.initial_months)


class _Builder:
    """Walks along the extensions, keeping where the term has got to."""

    def __init__(self, agreement: Agreement, first_end: date, today: date) -> None:
        self.agreement = agreement
        self.today = today
        self.cap = agreement.ends_at_latest or _NEVER
        # With a stated end and no length, the months of extensions are counted from the day after that end.
        self.anchor, self.months = first_end + timedelta(days=1), 0
        if agreement.starts is not None and agreement.initial_months is not None:
            self.anchor, self.months = agreement.starts, agreement.initial_months
        self.cursor = first_end
        self.unbroken = True
        self.spans: list[Span] = []
        self.findings: list[Finding] = []

    def build(self, extensions: Sequence[Extension]) -> tuple[tuple[Span, ...], tuple[Finding, ...]]:
        label = "First term"
        if self.agreement.initial_months is not None:
            label = f"First term, {months_words(self.agreement.initial_months)}"
        self._add(Span(label, self.agreement.starts or self.cursor, self.cursor, None, None, True), "The first term")
        for extension in extensions:
            if not self._extend(extension):
                break
        self._check_lapse()
        return tuple(self.spans), tuple(self.findings)

    def _extend(self, extension: Extension) -> bool:
        """Add one extension; False when nothing after it can be dated."""
        if extension.months is None:
            self._doubt(f"{extension.heading} has no length, so no end after it is known.")
            return False
        if self.months + extension.months > LONGEST_MONTHS:
            self._doubt(f"{extension.heading} is too long to be worked out.")
            return False
        state = state_at(extension, self.today)
        starts = self.cursor + timedelta(days=1)
        ends = term_end(self.anchor, self.months + extension.months)
        declined = state is ExtensionState.DECLINED
        exercised = state is ExtensionState.EXERCISED
        if exercised and not self.unbroken:
            self._doubt(f"{extension.heading} is exercised although an extension before it is not.")
        certain = exercised and self.unbroken
        if starts > self.cap:
            self._doubt(f"{extension.heading} would start after the last day allowed, {date_long(self.cap)}.")
            return False
        self._check_decision(extension, state, self.cursor)
        span = Span(f"{extension.heading}: {state.value}", starts, ends, None, extension, certain, declined)
        self._add(span, extension.heading)
        if not declined:
            self.months += extension.months
            self.cursor = ends
        self.unbroken = self.unbroken and exercised
        return True

    def _add(self, span: Span, name: str) -> None:
        ends = min(span.ends, self.cap)
        if span.ends > self.cap and not span.declined:
            self._doubt(
                f"{name} would end on {date_long(span.ends)}, after the last day allowed, {date_long(self.cap)}.",
                "ends_at_latest",
            )
        notice = self.agreement.notice_months
        notice_by = None if notice is None or notice > LONGEST_MONTHS else last_notice_day(ends, notice)
        starts = min(span.starts, ends)
        self.spans.append(Span(span.label, starts, ends, notice_by, span.extension, span.certain, span.declined))

    def _check_decision(self, extension: Extension, state: ExtensionState, moved_end: date) -> None:
        late = extension.decided is not None and extension.decided > moved_end
        if state is ExtensionState.EXERCISED and late and extension.decided is not None:
            self._doubt(
                f"{extension.heading} was decided on {date_long(extension.decided)}, after the term it extends had "
                f"ended on {date_long(moved_end)}."
            )

    def _check_lapse(self) -> None:
        """An extension that nobody decided before the term ran out: it lapsed, or its decision is not recorded."""
        end = max(span.ends for span in self.spans if span.certain)
        if self.today <= end:
            return
        for span in self.spans:
            if span.extension and not span.certain and not span.declined:
                self._doubt(f"The term ended on {date_long(end)} with {_lower(span.extension.heading)} undecided.")
                return

    def _doubt(self, text: str, field: str = "") -> None:
        self.findings.append(Finding(Weight.DOUBT, field, text))


def _lower(heading: str) -> str:
    return heading[:1].lower() + heading[1:]
