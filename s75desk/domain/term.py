"""The term engine: every end, every last notice day, and what must be decided by when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from s75desk.domain.findings import Finding, Weight
from s75desk.domain.months import NOTICE_RULE, TERM_RULE, whole_months
from s75desk.domain.records import Agreement, Extension
from s75desk.domain.records.agreement import Stage
from s75desk.domain.status import Status
from s75desk.domain.term_spans import Span, in_order, spans_of, state_at
from s75desk.domain.term_status import DECIDE_WITHIN_DAYS, Position, notice_words, status_of
from s75desk.domain.wording import NOT_KNOWN, date_long, date_short, months_words, plural, term_words
from s75desk.domain.working import Figure, Line, Working

__all__ = ["DECIDE_WITHIN_DAYS", "Span", "Term", "notice_words", "term_of"]


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


def term_of(agreement: Agreement, extensions: Sequence[Extension], today: date) -> Term:
    """Work out the term as at ``today``. Archived extensions must already be left out.

    An extension that was decided after ``today`` counts as undecided, so that any past day can be shown again.
    """
    ordered = in_order(extensions)
    spans, doubts = spans_of(agreement, ordered, today)
    running = [span for span in spans if span.certain]
    ends = max((span.ends for span in running), default=None)
    notice_by = next((span.notice_by for span in reversed(running) if span.ends == ends), None)
    last_end = max((span.ends for span in spans if not span.declined), default=agreement.ends_at_latest)
    option = next((span.extension.heading for span in spans if span.extension and _is_open(span)), "")
    option = option[:1].lower() + option[1:]
    next_date, next_what = _next(agreement, ends, notice_by, option, today)
    years, year_now = _years(agreement.starts, ends, last_end, today)
    findings = (*doubts, *_stated_end_doubts(agreement, spans))
    position = Position(agreement, today, ends, notice_by, next_date, next_what, option, year_now, years, findings)
    inputs = _inputs(agreement, ordered, today)
    return Term(
        spans=spans if agreement.starts is not None else (),
        starts=agreement.starts,
        ends=ends,
        last_end=last_end,
        notice_by=notice_by,
        next_date=next_date,
        next_what=next_what,
        summary=_summary(agreement, ordered),
        year_now=year_now,
        years=years,
        status=status_of(position),
        ends_figure=_ends_figure(agreement, ends, inputs),
        notice_figure=_notice_figure(agreement, ends, notice_by, today),
        working=_working(agreement, spans, inputs),
        findings=findings,
    )


def _is_open(span: Span) -> bool:
    return not span.certain and not span.declined


def _stated_end_doubts(agreement: Agreement, spans: Sequence[Span]) -> tuple[Finding, ...]:
    """The end as stated must be one of the ends worked out, or the paper contradicts itself."""
    stated, starts = agreement.stated_end, agreement.starts
    if stated is None or starts is None:
        return ()
    if stated < starts:
        text = f"The stated end, {date_long(stated)}, is before the start, {date_long(starts)}."
    elif spans and all(span.ends != stated for span in spans):
        text = f"The stated end, {date_long(stated)}, does not follow from start and length: the first term ends on "
        text += f"{date_long(spans[0].ends)}."
    else:
        return ()
    return (Finding(Weight.DOUBT, "stated_end", text),)


def _next(
    agreement: Agreement, ends: date | None, notice_by: date | None, option: str, today: date
) -> tuple[date | None, str]:
    if ends is None or ends < today or agreement.stage is Stage.ENDED_EARLY:
        return None, ""
    if notice_by is not None and notice_by >= today and notice_by != ends:
        return notice_by, f"Notice by {date_long(notice_by)}"
    return ends, f"Decide {option} by {date_long(ends)}" if option else f"Ends {date_long(ends)}"


def _years(starts: date | None, ends: date | None, last_end: date | None, today: date) -> tuple[int | None, int | None]:
    """Possible length in years, rounded up, and which of them it is now."""
    if starts is None or last_end is None or last_end < starts:
        return None, None
    # The last day lies in the last year, and whole years have passed before it.
    years = whole_months(starts, last_end) // 12 + 1
    running = ends is not None and starts <= today <= ends
    return years, whole_months(starts, today) // 12 + 1 if running else None


def _summary(agreement: Agreement, extensions: Sequence[Extension]) -> str:
    lengths = [agreement.initial_months, *(extension.months for extension in extensions)]
    known = [months for months in lengths if months]
    if len(known) == len(lengths):
        term = term_words(known)
    elif agreement.initial_months is None and agreement.stated_end is not None:
        term = f"Until {date_long(agreement.stated_end)}"
    else:
        term = "Length not known"
    return f"{term}, {notice_words(agreement.notice_months)}"


# --- workings --------------------------------------------------------------------------------------------------------


def _inputs(agreement: Agreement, extensions: Sequence[Extension], today: date) -> tuple[Line, ...]:
    lines = [
        Line("Starts", date_short(agreement.starts) if agreement.starts else NOT_KNOWN),
        Line("First term", months_words(agreement.initial_months) if agreement.initial_months else NOT_KNOWN),
    ]
    if agreement.stated_end is not None:
        lines.append(Line("End as stated", date_short(agreement.stated_end)))
    for extension in extensions:
        length = months_words(extension.months) if extension.months else NOT_KNOWN
        state = state_at(extension, today).value
        if extension.decided is not None and extension.decided <= today:
            state = f"{state} on {date_short(extension.decided)}"
        lines.append(Line(extension.heading, length, state))
    if agreement.ends_at_latest is not None:
        lines.append(Line("Cannot run past", date_short(agreement.ends_at_latest)))
    return tuple(lines)


def _notice_line(agreement: Agreement) -> Line:
    months = agreement.notice_months
    return Line("Notice", NOT_KNOWN if months is None else plural(months, "month"))


def _ends_figure(agreement: Agreement, ends: date | None, inputs: tuple[Line, ...]) -> Figure:
    if ends is not None:
        text = date_short(ends)
    elif agreement.ends_at_latest is not None:
        text = f"By {date_short(agreement.ends_at_latest)}"
    else:
        text = NOT_KNOWN
    result = Line("Ends", text, "as things stand" if ends else "start, length or end is missing", result=True)
    return Figure(text, Working("End as things stand", (*inputs, result), TERM_RULE, agreement.cited))


def _notice_figure(agreement: Agreement, ends: date | None, notice_by: date | None, today: date) -> Figure:
    text, remark = NOT_KNOWN, ""
    if notice_by is not None:
        text = date_short(notice_by)
        left = (notice_by - today).days
        remark = f"{plural(left, 'day')} left" if left >= 0 else f"{plural(-left, 'day')} ago"
    lines = (
        Line("Ends", date_short(ends) if ends else NOT_KNOWN, "as things stand" if ends else ""),
        _notice_line(agreement),
        Line("Last day to give notice", text, remark, result=True),
    )
    return Figure(text, Working("Last day to give notice", lines, NOTICE_RULE, agreement.cited))


def _working(agreement: Agreement, spans: Sequence[Span], inputs: tuple[Line, ...]) -> Working:
    lines = [*inputs, _notice_line(agreement)]
    for span in spans:
        if not span.declined:
            name = span.extension.heading if span.extension else "First term"
            lines.append(Line(f"{name} ends", date_short(span.ends), result=True))
            text = date_short(span.notice_by) if span.notice_by else NOT_KNOWN
            lines.append(Line(f"Last notice day for {date_short(span.ends)}", text, result=True))
    if not spans:
        lines.append(Line("Ends", NOT_KNOWN, "start, length or end is missing", result=True))
    return Working("Ends and last notice days", tuple(lines), f"{TERM_RULE} {NOTICE_RULE}", agreement.cited)
