"""The workings of a term: what went in, the rules, every end and every last notice day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from s75desk.domain.months import NOTICE_RULE, TERM_RULE
from s75desk.domain.notice import BreakDay, end_by_notice, working_day_by
from s75desk.domain.records import Agreement, Extension
from s75desk.domain.term_spans import Span, state_at
from s75desk.domain.term_status import RUNS_ON, By, End
from s75desk.domain.wording import NOT_KNOWN, date_short, plural, weekday_date
from s75desk.domain.working import Figure, Known, Line, Working
from s75desk.domain.working_days import HolidayCalendar

_ROLLING_RULE = (
    "It runs on until notice has been given and has run out, on a day on which notice may expire and not before the "
    "end of a first term."
)


def inputs_of(
    agreement: Agreement, extensions: Sequence[Extension], broken: Sequence[BreakDay], today: date
) -> tuple[Line, ...]:
    """What goes into every end: start, lengths, options and breaks with what was decided by then."""
    lines = [
        Line("Starts", date_short(agreement.starts) if agreement.starts else NOT_KNOWN),
        Line("First term", agreement.first_term.words if agreement.first_term else NOT_KNOWN),
    ]
    if agreement.rolling:
        lines.append(Line("Runs on until ended", "Yes"))
    if agreement.stated_end is not None:
        lines.append(Line("End as stated", date_short(agreement.stated_end)))
    for extension in extensions:
        length = extension.length.words if extension.length else NOT_KNOWN
        state = state_at(extension, today).value
        if extension.decided is not None and extension.decided <= today:
            state = f"{state} on {date_short(extension.decided)}"
        lines.append(Line(extension.heading, length, f"{state}, by waiver" if extension.waiver else state))
    if agreement.notice_given is not None and agreement.notice_given <= today:
        to_end = f"to end it on {date_short(agreement.notice_ends)}" if agreement.notice_ends else ""
        lines.append(Line("Notice given", date_short(agreement.notice_given), to_end))
    if agreement.ended_on is not None and agreement.ended_on <= today:
        lines.append(Line("Ended on", date_short(agreement.ended_on)))
    for each in broken:
        lines.append(Line("Break", date_short(each.ends) if each.ends else NOT_KNOWN, each.state.value))
    if agreement.ends_at_latest is not None:
        lines.append(Line("Cannot run past", date_short(agreement.ends_at_latest)))
    return tuple(lines)


def _notice_lines(agreement: Agreement) -> tuple[Line, ...]:
    notice = Line("Notice", NOT_KNOWN if agreement.notice is None else agreement.notice.words)
    if not agreement.notice_expires:
        return (notice,)
    return notice, Line("May expire only on", agreement.notice_expires)


def ends_figure(agreement: Agreement, end: End, inputs: tuple[Line, ...], today: date) -> Figure:
    """The end as things stand, or what is known of it."""
    known, remark, lines, rule = Known.KNOWN, "as things stand", inputs, TERM_RULE
    if end.day is not None:
        text = date_short(end.day)
    elif end.rolling:
        text, known, rule = RUNS_ON, Known.NOT_APPLICABLE, _ROLLING_RULE
        today_given = end_by_notice(agreement, today)
        earliest = date_short(today_given) if today_given else NOT_KNOWN
        lines = (*inputs, *_notice_lines(agreement), Line("Notice given today", f"would end it on {earliest}"))
        remark = ""
    elif end.earliest is not None and end.latest is not None:
        text, known = f"{date_short(end.earliest)} to {date_short(end.latest)}", Known.NOT_KNOWN
        remark = "by notice, or at the end of its term" if end.by is By.NOTICE else "which of them is not decided"
    else:
        latest = end.latest or agreement.ends_at_latest
        text = f"By {date_short(latest)}" if latest is not None else NOT_KNOWN
        known, remark = Known.NOT_KNOWN, _why_no_end(end)
    result = Line("Ends", text, remark, result=True)
    return Figure(text, Working("End as things stand", (*lines, result), rule, agreement.cited), end.day, known=known)


def _why_no_end(end: End) -> str:
    if end.by is By.ENDED:
        return "it has ended, on a day that is not recorded"
    return "its length is not decided" if end.latest is not None else "start, length or end is missing"


def notice_figure(
    agreement: Agreement, end: End, notice_by: date | None, today: date, calendar: HolidayCalendar | None
) -> Figure:
    """The last day to give notice; where it is no working day, its working names the working day before it."""
    text, remark, known = NOT_KNOWN, "", Known.NOT_KNOWN
    lines = [Line("Ends", date_short(end.day) if end.day else NOT_KNOWN, "as things stand" if end.day else "")]
    lines += _notice_lines(agreement)
    if notice_by is not None:
        text, known = date_short(notice_by), Known.KNOWN
        if end.by is By.NOTICE:
            lines.append(Line("Notice was given on", text, result=True))
            working = Working("Notice given", tuple(lines), NOTICE_RULE, agreement.cited)
            return Figure(text, working, notice_by, known=known)
        left = (notice_by - today).days
        remark = f"{plural(left, 'day')} left" if left >= 0 else f"{plural(-left, 'day')} ago"
        lines.append(Line("Last day to give notice", text, remark, result=True))
        by = working_day_by(notice_by, calendar)
        if by != notice_by:
            lines.append(Line("No working day", weekday_date(notice_by), f"give it by {weekday_date(by)}", result=True))
    elif end.rolling:
        text, known = "Any day", Known.NOT_APPLICABLE
        by_today = end_by_notice(agreement, today)
        remark = f"given today it ends on {date_short(by_today)}" if by_today else "the notice period is not known"
        lines = [*_notice_lines(agreement), Line("Notice can be given", text, remark, result=True)]
    else:
        lines.append(Line("Last day to give notice", text, remark, result=True))
    working = Working("Last day to give notice", tuple(lines), NOTICE_RULE, agreement.cited)
    return Figure(text, working, notice_by, known=known)


def whole_working(agreement: Agreement, spans: Sequence[Span], inputs: tuple[Line, ...]) -> Working:
    """Every end and its last notice day with the rule."""
    lines = [*inputs, *_notice_lines(agreement)]
    for span in spans:
        if not span.declined:
            name = span.extension.heading if span.extension else "First term"
            lines.append(Line(f"{name} ends", span.until_short, result=True))
            text = date_short(span.notice_by) if span.notice_by else NOT_KNOWN
            until = span.until_short if span.up_to else date_short(span.ends)
            lines.append(Line(f"Last notice day for {until}", text, result=True))
    if agreement.rolling:
        lines.append(Line("Ends", RUNS_ON, result=True))
    elif not spans:
        lines.append(Line("Ends", NOT_KNOWN, "start, length or end is missing", result=True))
    rule = _ROLLING_RULE if agreement.rolling else TERM_RULE
    return Working("Ends and last notice days", tuple(lines), f"{rule} {NOTICE_RULE}", agreement.cited)
