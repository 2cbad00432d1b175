"""The stretches of a term: the first term and each extension, with its end, its last notice day and what is odd."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from s75desk.domain.findings import Finding, Weight
from s75desk.domain.lengths import Length, end_after
from s75desk.domain.records import Agreement, Extension
from s75desk.domain.records.agreement import ExtensionState
from s75desk.domain.term_history import UNCHANGED, TermHistory, last_notice_for
from s75desk.domain.wording import date_long, date_short

_NEVER = date.max
_A_DAY = Length(days=1)
"""What "up to 5 years" is at the least."""


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
        latest: Where its length is a range, the last day by the longer length; None where ``ends`` is the one end.
        up_to: Whether the range has no shorter length ("up to 2 years"): then ``ends`` is only its first day.
    """

    label: str
    starts: date
    ends: date
    notice_by: date | None
    extension: Extension | None
    certain: bool
    declined: bool = False
    latest: date | None = None
    up_to: bool = False

    @property
    def last(self) -> date:
        """The last day it can run to."""
        return self.latest or self.ends

    @property
    def is_open(self) -> bool:
        """Whether it is an option that nobody has decided on."""
        return self.extension is not None and not self.certain and not self.declined

    @property
    def until(self) -> str:
        """Its end in full: "31 March 2028", "31 March 2028 to 31 March 2029", "31 March 2029 at the latest"."""
        if self.latest is None:
            return date_long(self.ends)
        latest = f"{date_long(self.latest)} at the latest"
        return latest if self.up_to else f"{date_long(self.ends)}, or {latest}"

    @property
    def until_short(self) -> str:
        """The same for a table."""
        if self.latest is None:
            return date_short(self.ends)
        latest = date_short(self.latest)
        return f"By {latest}" if self.up_to else f"{date_short(self.ends)} to {latest}"


def state_at(extension: Extension, today: date) -> ExtensionState:
    """The state of an extension as at a day: what was decided later was still undecided then."""
    if extension.decided is not None and extension.decided > today:
        return ExtensionState.UNDECIDED
    return extension.state or ExtensionState.UNDECIDED


def in_order(extensions: Sequence[Extension]) -> list[Extension]:
    """Extensions by number; those without one last, in the order given."""
    return sorted(extensions, key=lambda each: (each.number is None, each.number or 0))


def spans_of(
    agreement: Agreement, extensions: Sequence[Extension], today: date, history: TermHistory = UNCHANGED
) -> tuple[tuple[Span, ...], tuple[Finding, ...]]:
    """Every span in order, and the doubts met on the way; () when the first end is not known or before the start.

    Where only the start is not known, the first span starts on its own end, for the caller to hide.

    An extension starts the day after the end it moves. All ends are counted from the first day, so that a term from
    the 31st does not drift. A declined extension moves nothing. No span runs past ``ends_at_latest``.
    """
    first_end = first_end_of(agreement)
    if first_end is None or (agreement.starts is not None and first_end < agreement.starts):
        return (), ()
    return _Builder(agreement, first_end, today, history).build(in_order(extensions))


def first_end_of(agreement: Agreement) -> date | None:
    """The end of the first term: start and length if both are known, else the end as stated, else None."""
    if agreement.starts is None or agreement.first_term is None:
        return agreement.stated_end
    if agreement.first_term.too_long:
        return None
    return end_after(agreement.starts, agreement.first_term.shortest or _A_DAY)


class _Builder:
    """Walks along the extensions, keeping where the term has got to."""

    def __init__(self, agreement: Agreement, first_end: date, today: date, history: TermHistory) -> None:
        self.agreement = agreement
        self.notices = history.of(agreement)
        self.today = today
        self.cap = agreement.ends_at_latest or _NEVER
        # With a stated end and no length, the lengths of extensions are counted from the day after that end.
        self.anchor, self.run = first_end + timedelta(days=1), Length()
        if agreement.starts is not None and agreement.first_term is not None:
            self.anchor, self.run = agreement.starts, agreement.first_term
        self.cursor = first_end
        self.taken, self.taken_to = self.run, first_end
        self.skipped = ""
        self.up_to = False
        self.spans: list[Span] = []
        self.findings: list[Finding] = []

    def build(self, extensions: Sequence[Extension]) -> tuple[tuple[Span, ...], tuple[Finding, ...]]:
        label = "First term"
        if self.agreement.first_term is not None:
            label = f"First term, {self.agreement.first_term}"
        latest, up_to = None, False
        if self.agreement.starts and self.agreement.first_term and self.agreement.first_term.most:
            latest = end_after(self.agreement.starts, self.agreement.first_term.longest)
            up_to = not self.agreement.first_term.shortest
        starts = self.agreement.starts or self.cursor
        first = Span(label, starts, self.cursor, None, None, True, latest=latest, up_to=up_to)
        self._add(first, "The first term")
        if latest is not None and up_to:
            self.cursor, self.up_to = latest, up_to
        for extension in extensions:
            if not self._extend(extension):
                break
        self._check_lapse()
        return tuple(self.spans), tuple(self.findings)

    def _extend(self, extension: Extension) -> bool:
        """Add one extension; False when nothing after it can be dated."""
        if not extension.length:
            self._doubt(f"{extension.heading} has no length, so no end after it is known.")
            return False
        run = self.run + extension.length
        if run.too_long:
            self._doubt(f"{extension.heading} is too long to be worked out.")
            return False
        state = state_at(extension, self.today)
        declined = state is ExtensionState.DECLINED
        exercised = state is ExtensionState.EXERCISED
        before, shortest = self.cursor, run.shortest
        if exercised and self.skipped:
            # What it follows is in doubt: it runs from what was decided before it, or from the option left undecided.
            before, shortest = self.taken_to, (self.taken + extension.length).shortest
            self._doubt(
                f"{extension.heading} is exercised although {_lower(self.skipped)}, before it, is undecided: say "
                f"whether that was exercised or declined."
            )
        starts = before + timedelta(days=1)
        ends = max(end_after(self.anchor, shortest), starts)
        if starts > self.cap and not extension.waiver:
            self._doubt(f"{extension.heading} would start after the last day allowed, {date_long(self.cap)}.")
            return False
        self._check_decision(extension, state, before)
        longest = end_after(self.anchor, run.longest)
        latest = longest if longest > ends else None
        up_to = latest is not None and (self.up_to or not extension.length.shortest)
        label = f"{extension.heading}: {state.value}" + (" by waiver" if extension.waiver and exercised else "")
        if exercised and extension.length.most:
            self._doubt(f"{extension.heading} was exercised, for how long is not recorded: {extension.length}.")
        span = Span(label, starts, ends, None, extension, exercised, declined, latest, up_to)
        self._add(span, extension.heading)
        if not declined:
            self.run = run
            self.cursor, self.up_to = (longest if up_to else ends), up_to
        if exercised:
            self.taken, self.taken_to = run, ends
        elif not declined:
            self.skipped = self.skipped or extension.heading
        return True

    def _add(self, span: Span, name: str) -> None:
        waived = span.extension is not None and bool(span.extension.waiver)
        ends = span.ends if waived else min(span.ends, self.cap)
        if waived and span.ends > self.cap and not span.declined:
            runs = "runs" if span.certain else "would run"
            self._doubt(
                f"{name} {runs} by waiver to {date_long(span.ends)}, past the last day allowed, {date_long(self.cap)}.",
                "ends_at_latest",
            )
        elif span.ends > self.cap and not span.declined:
            self._doubt(
                f"{name} would end on {date_long(span.ends)}, after the last day allowed, {date_long(self.cap)}.",
                "ends_at_latest",
            )
        notice_by = None if span.up_to else last_notice_for(ends, self.notices)
        starts = min(span.starts, ends)
        if waived and self.spans:
            starts = min(starts, max(each.ends for each in self.spans if not each.declined) + timedelta(days=1))
        latest = min(span.latest or span.ends, self.cap) if not waived else span.latest or span.ends
        self.spans.append(
            replace(span, starts=starts, ends=ends, notice_by=notice_by, latest=latest if latest != ends else None)
        )

    def _check_decision(self, extension: Extension, state: ExtensionState, moved_end: date) -> None:
        late = extension.decided is not None and extension.decided > moved_end
        if state is ExtensionState.EXERCISED and extension.decided is None:
            self._doubt(
                f"The day on which {_lower(extension.heading)} was exercised is not recorded, so papers as at any day "
                "take it as decided."
            )
        if state is ExtensionState.EXERCISED and late and extension.decided is not None:
            self._doubt(
                f"{extension.heading} was decided on {date_long(extension.decided)}, after the term it extends had "
                f"ended on {date_long(moved_end)}."
            )

    def _check_lapse(self) -> None:
        """An extension that nobody decided before the term ran out: it lapsed, or its decision is not recorded."""
        end = max(span.last for span in self.spans if span.certain)
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
