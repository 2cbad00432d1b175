"""The term engine: every end, every last notice day, and what must be decided by when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from s75desk.domain.coming_terms import ComingTerms
from s75desk.domain.findings import Finding, Weight
from s75desk.domain.lengths import Length, series_words
from s75desk.domain.months import whole_months
from s75desk.domain.notice import BreakDay, break_days, end_by_notice, working_day_by
from s75desk.domain.records import Agreement, BreakClause, Extension
from s75desk.domain.records.agreement import BreakState, Stage
from s75desk.domain.status import Status
from s75desk.domain.term_end import doubts_of, end_of, notice_for
from s75desk.domain.term_history import UNCHANGED, TermHistory, last_notice_for, notice_on
from s75desk.domain.term_spans import Span, in_order, spans_of
from s75desk.domain.term_status import (
    DECIDE_WITHIN_DAYS,
    OVER,
    Ask,
    By,
    Coming,
    End,
    Position,
    ask_of,
    end_by_notice_words,
    notice_words,
    status_of,
)
from s75desk.domain.term_working import ends_figure, inputs_of, notice_figure, whole_working
from s75desk.domain.wording import date_long
from s75desk.domain.working import Figure, Known, Working
from s75desk.domain.working_days import HolidayCalendar

__all__ = ["DECIDE_WITHIN_DAYS", "Ask", "Span", "Term", "notice_words", "term_of"]


@dataclass(frozen=True, slots=True)
class Term:
    """The whole term of an agreement as at a day.

    Attributes:
        spans: First term and extensions in order; () when start or length is not known.
        starts: First day or None.
        ends: The end as things stand (exercised extensions included), or None when not known.
        last_end: The last possible end with every extension not declined, or None.
        notice_by: Last day to give notice for ``ends``, or None.
        next_date: The next date that cannot be moved: the last notice day until it has passed, then the end, by
            which any further extension must be decided; None when there is none to come.
        next_what: What must be done by ``next_date``: "Notice by 31 March 2026", or "".
        summary: "3 + 1 + 1 years, 12 months' notice", or what is known of it.
        year_now: Which year of the term today falls in, from 1; None before the start, after the end or unknown.
        years: Possible length in whole years (rounded up) with every extension, or None.
        status: Chip and sentence.
        ends_figure: ``ends`` as a figure with its working; "By 23 Feb 2029" where only a latest day is known.
        notice_figure: ``notice_by`` as a figure with its working.
        working: Every end and every last notice day with the rule.
        findings: Doubts, for instance an extension decided after expiry.
        ask: What the officer is asked about it now, which its next step settles.
        latest: Where a length is a range, the latest end; ``ends`` is not known then.
        notice_working: The working day by which to give notice: ``notice_by``, or the one before it.
        breaks: Break clauses in the order of their days.
        earliest: And the earliest.
        by_notice_today: The end of a rolling agreement if notice is given today, or None.
        stage: Where it was in its life.
        presses: Whether ``next_date`` is near and not settled.
        ended_by: What its end follows from.
        would_end: The end by lengths and extensions alone, or None.
        length: The first term as it counts: None where an end takes its place.
        as_at: The day it was worked out for.
        reminded: The day on which the officer wants to be reminded, while it is still to come.
    """

    spans: tuple[Span, ...]
    starts: date | None
    ends: date | None
    last_end: date | None
    notice_by: date | None
    next_date: date | None
    next_what: str
    summary: str
    year_now: int | None
    years: int | None
    status: Status
    ends_figure: Figure
    notice_figure: Figure
    working: Working
    findings: tuple[Finding, ...] = ()
    ask: Ask = Ask.NOTHING
    latest: date | None = None
    notice_working: date | None = None
    breaks: tuple[BreakDay, ...] = ()
    reminded: date | None = None
    earliest: date | None = None
    by_notice_today: date | None = None
    stage: Stage | None = Stage.AGREED
    presses: bool = False
    ended_by: By = By.TERM
    would_end: date | None = None
    length: Length | None = None
    as_at: date = date.max

    @property
    def begins(self) -> str:
        """The verb for its start: it began, begins, was to begin, or would begin."""
        if self.stage in (Stage.DRAFT, Stage.PROPOSED, Stage.NOT_MADE):
            return "was to begin" if self.starts and self.starts <= self.as_at else "would begin"
        return "began" if self.starts and self.starts <= self.as_at else "begins"

    @property
    def ending(self) -> str:
        """How it ends, after "it": as things stand, by notice, by its cap, or not known."""
        proposed = self.stage in (Stage.DRAFT, Stage.PROPOSED, Stage.NOT_MADE)
        if self.ends is not None:
            over = self.ends < self.as_at or self.ended_by is By.ENDED
            verb = "would end" if proposed else "ended" if over else "ends"
            return f"it {verb} on {date_long(self.ends)}"
        if self.rolling:
            given = end_by_notice_words(self.by_notice_today)
            return f"it has no end and runs on until ended; {given}"
        if self.ended_by is By.ENDED:
            would = f"; it would have run to {date_long(self.would_end)}" if self.would_end else ""
            return f"it has ended, on a day that is not recorded{would}"
        if self.latest is not None and self.earliest is None:
            return f"it ends on {date_long(self.latest)} at the latest"
        if self.latest is not None:
            return f"it ends between {date_long(self.earliest or self.latest)} and {date_long(self.latest)}"
        return f"it cannot run past {date_long(self.last_end)}" if self.last_end else "its end is not known"

    @property
    def over(self) -> bool:
        """Whether it is over: somebody said so, or its last day has passed."""
        day = self.ends or self.latest or (None if self.rolling else self.last_end)
        return self.stage in OVER or self.ended_by is By.ENDED or (day is not None and day < self.as_at)

    @property
    def closed(self) -> bool:
        """Whether it is over and nothing of it goes on: its late steps and options to extend ask for nothing more."""
        return self.over and self.ask is not Ask.LAPSED

    @property
    def live(self) -> bool:
        """Whether it is in force: agreed, begun and not over. What was never agreed is not."""
        begun = self.starts is None or self.starts <= self.as_at
        return self.stage is Stage.AGREED and begun and not self.over

    @property
    def end_known(self) -> bool:
        """Whether its end is known, or known to be none."""
        return self.ends is not None or self.rolling

    @property
    def rolling(self) -> bool:
        """Whether it runs on until ended, and nobody has given notice yet."""
        return self.ends_figure.known is Known.NOT_APPLICABLE


def term_of(
    agreement: Agreement,
    extensions: Sequence[Extension],
    today: date,
    *,
    breaks: Sequence[BreakClause] = (),
    calendar: HolidayCalendar | None = None,
    active: date | None = None,
    to_come: Sequence[ComingTerms] = (),
    history: TermHistory = UNCHANGED,
) -> Term:
    """Work out the term as at ``today``. Archived records must already be left out.

    What was decided after ``today`` counts as undecided, so that any past day can be shown again.

    Args:
        agreement: The agreement.
        extensions: Its options to extend.
        today: The day.
        breaks: Its break clauses.
        calendar: Bank holidays; without it only weekends are no working days.
        to_come: Terms that are agreed and do not hold yet.
        history: How its terms changed and will change, as known on the day.
        active: The latest day for which money or figures are recorded, or None: services go on after the end.
    """
    agreement = history.reckoned(agreement)
    ordered = in_order(extensions)
    spans, doubts = spans_of(agreement, ordered, today, history)
    broken = break_days(agreement, breaks, today, history)
    end, of_end = end_of(agreement, spans, broken, today, history)
    notice_by = notice_for(agreement, spans, broken, end, history)
    last_end = max((span.last for span in spans if not span.declined), default=agreement.ends_at_latest)
    if agreement.rolling:
        last_end = agreement.ends_at_latest
    option = next((span.extension.heading for span in spans if span.extension and span.is_open), "")
    option = option[:1].lower() + option[1:]
    coming = _next(agreement, end, notice_by, option, broken, today)
    years, year_now = _years(agreement, end, last_end, today)
    findings = (*doubts, *of_end, *_stated_end_doubts(agreement, spans, end))
    findings = (*findings, *doubts_of(agreement, end, spans, broken, today))
    ahead = _coming_doubts(to_come, ordered, broken, today, (end.day, notice_by), history)
    findings = (*findings, *(ahead or _notice_doubts(end, notice_by, today, history)))
    position = Position(
        agreement=agreement,
        today=today,
        end=end,
        notice_by=notice_by,
        coming=coming,
        option=option,
        year_now=year_now,
        years=years,
        doubts=findings,
        working=working_day_by(notice_by, calendar) if notice_by else None,
        active=active if active is not None and active <= today else None,
    )
    inputs = inputs_of(agreement, ordered, broken, today)
    reminder = agreement.remind_on
    return Term(
        spans=spans if agreement.starts is not None else (),
        starts=agreement.starts,
        ends=end.day,
        last_end=last_end,
        notice_by=notice_by,
        next_date=coming.day,
        next_what=coming.what,
        summary=_summary(agreement, ordered),
        year_now=year_now,
        years=years,
        status=status_of(position),
        ends_figure=ends_figure(agreement, end, inputs, today),
        notice_figure=notice_figure(agreement, end, notice_by, today, calendar),
        working=whole_working(agreement, spans, inputs),
        findings=findings,
        ask=ask_of(position),
        latest=end.latest,
        notice_working=position.working,
        breaks=broken,
        earliest=end.earliest,
        by_notice_today=end_by_notice(agreement, today) if end.rolling else None,
        stage=agreement.stage,
        presses=position.presses,
        ended_by=end.by,
        would_end=end.would,
        length=agreement.first_term,
        as_at=today,
        reminded=reminder if reminder is not None and today < reminder and coming.day is not None else None,
    )


def _stated_end_doubts(agreement: Agreement, spans: Sequence[Span], end: End) -> tuple[Finding, ...]:
    """The end as stated must be one of the ends worked out, or the paper contradicts itself."""
    stated, starts = agreement.stated_end, agreement.starts
    if stated is None or starts is None:
        return ()
    if stated < starts:
        text = f"The stated end, {date_long(stated)}, is before the start, {date_long(starts)}."
    elif end.day != stated and not agreement.rolling and spans and all(span.ends != stated for span in spans):
        text = f"The stated end, {date_long(stated)}, does not follow from start and length: the first term ends on "
        text += f"{date_long(spans[0].ends)}."
    else:
        return ()
    return (Finding(Weight.DOUBT, "stated_end", text),)


def _notice_doubts(end: End, notice_by: date | None, today: date, history: TermHistory) -> tuple[Finding, ...]:
    """That another notice than today's holds on the last day to give it, or holds from the day after."""
    if end.day is None or notice_by is None or end.by is not By.TERM:
        return ()
    found = []
    now = next((one for one in history.notices if one.length == notice_on(today, history.notices)), None)
    alone = last_notice_for(end.day, [replace(now, since=None, until=None)]) if now else None
    for one in history.notices:
        if alone is None or alone == notice_by or one.since is None or one.since <= today:
            continue
        by = f" ({one.by})" if one.by else ""
        length = f"{one.length} of notice" if one.length else "no notice period"
        text = f"From {date_long(one.since)}{by} {length} holds: the last day to give notice for {date_long(end.day)} "
        found.append(Finding(Weight.DOUBT, "notice", f"{text}is {date_long(notice_by)}, not {date_long(alone)}."))
    return tuple(found)


def _coming_doubts(
    coming: Sequence[ComingTerms],
    extensions: Sequence[Extension],
    broken: Sequence[BreakDay],
    today: date,
    now: tuple[date | None, date | None],
    history: TermHistory,
) -> tuple[Finding, ...]:
    """Terms that are agreed and do not hold yet, where the end, and so the last day to give notice, is another."""
    found = []
    for each in coming:
        agreement = replace(history, later=each.later).reckoned(each.agreement)
        spans, _ = spans_of(agreement, extensions, today, history)
        end, _ = end_of(agreement, spans, broken, today, history)
        notice_by = notice_for(agreement, spans, broken, end, history)
        if notice_by is None or now[1] is None or (end.day, notice_by) == now or now[1] < each.since > notice_by:
            continue
        by = f" ({each.title})" if each.title else ""
        text = f"Other terms hold from {date_long(each.since)}{by}: by them the last day to give notice is "
        text += f"{date_long(notice_by)}, not {date_long(now[1])}"
        text += ", which is before they hold." if notice_by < each.since else "."
        found.append(Finding(Weight.DOUBT, "notice", text))
        now = (end.day, notice_by)
    return tuple(found)


def _next(
    agreement: Agreement, end: End, notice_by: date | None, option: str, broken: Sequence[BreakDay], today: date
) -> Coming:
    if agreement.stage in OVER or (end.day is not None and end.day < today):
        return Coming()
    found = []
    if end.day is not None:
        settled = agreement.let_end == end.day or end.by is not By.TERM
        by_notice = notice_by is not None and notice_by >= today and notice_by != end.day
        if by_notice and notice_by is not None and not settled:
            found.append(Coming(notice_by, f"Notice by {date_long(notice_by)}"))
        else:
            asked = bool(option) and not settled
            what = f"Decide {option} by" if asked else "Ends"
            found.append(Coming(end.day, f"{what} {date_long(end.day)}", settled=settled))
    for each in broken:
        day = each.notice_by or each.ends
        if each.state is BreakState.OPEN and each.ends is not None and day is not None and day >= today:
            what = f"Use the break of {date_long(each.ends)} or let it pass, by {date_long(day)}"
            found.append(Coming(day, what, each))
    return min(found, key=lambda coming: coming.day or date.max, default=Coming())


def _years(agreement: Agreement, end: End, last_end: date | None, today: date) -> tuple[int | None, int | None]:
    """Possible length in years, rounded up, and which of them it is now."""
    starts = agreement.starts
    if starts is None:
        return None, None
    now = whole_months(starts, today) // 12 + 1
    if end.rolling or last_end is None:
        return None, now if end.rolling and starts <= today else None
    if last_end < starts:
        return None, None
    # The last day lies in the last year, and whole years have passed before it.
    years = whole_months(starts, last_end) // 12 + 1
    until = end.day or end.latest
    running = agreement.stage in (None, Stage.AGREED) and until is not None and starts <= today <= until
    return years, now if running else None


def _summary(agreement: Agreement, extensions: Sequence[Extension]) -> str:
    if agreement.rolling:
        least = f", {agreement.first_term} at the least" if agreement.first_term else ""
        return f"Runs on until ended{least}, {notice_words(agreement.notice)}"
    lengths = [agreement.first_term, *(extension.length for extension in extensions)]
    known = [length for length in lengths if length]
    if len(known) == len(lengths):
        term = series_words(known)
    elif agreement.first_term is None and agreement.stated_end is not None:
        term = f"Until {date_long(agreement.stated_end)}"
    else:
        term = "Length not known"
    return f"{term}, {notice_words(agreement.notice)}"
