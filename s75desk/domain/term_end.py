"""How an agreement ends as things stand: by its length, by notice, by a break, or on the day on which it was ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from s75desk.domain.findings import Finding, Fix, Weight
from s75desk.domain.notice import BreakDay, end_by_notice, expiry_days, may_expire_on, runs_out
from s75desk.domain.records import Agreement
from s75desk.domain.records.agreement import BreakState, Stage
from s75desk.domain.term_history import TermHistory, last_notice_for, notice_on
from s75desk.domain.term_spans import Span
from s75desk.domain.term_status import By, End
from s75desk.domain.wording import date_long, plural

_SAID_TO_BE_OVER = (Stage.ENDED, Stage.ENDED_EARLY)


def end_of(
    agreement: Agreement, spans: Sequence[Span], broken: Sequence[BreakDay], today: date, history: TermHistory
) -> tuple[End, tuple[Finding, ...]]:
    """The end as things stand, and what is doubtful about it."""
    planned = _by_length(agreement, spans)
    would = planned.day or planned.latest
    if agreement.ended_on is not None and agreement.ended_on <= today:
        return End(agreement.ended_on, by=By.ENDED, would=would), ()
    end, doubts = _by_notice(agreement, planned, today, history)
    used = [each.ends for each in broken if each.state is BreakState.USED and each.ends is not None]
    if used and ((end.day or end.latest) is None or min(used) <= (end.day or end.latest or date.max)):
        end = End(min(used), by=By.BREAK)
    end = replace(end, would=would)
    if agreement.stage not in _SAID_TO_BE_OVER:
        return end, doubts
    ended, doubt = _said_to_be_over(agreement, end, today)
    return ended, (*doubts, *doubt)


def _by_length(agreement: Agreement, spans: Sequence[Span]) -> End:
    """The end by its first term and the extensions taken up; none for one that runs on until ended."""
    if agreement.rolling:
        return End(rolling=True)
    running = [span for span in spans if span.certain]
    last = max(running, key=lambda span: (span.last, span.ends), default=None)
    if last is None:
        return End()
    if last.latest is None:
        return End(last.ends)
    return End(None, None if last.up_to else last.ends, last.latest)


def _by_notice(
    agreement: Agreement, planned: End, today: date, history: TermHistory
) -> tuple[End, tuple[Finding, ...]]:
    """The end by notice that was given, if it was by today; never silently another than the term's."""
    given, cap = agreement.notice_given, agreement.ends_at_latest
    known = given is not None and given <= today
    if given is not None and not known:
        return planned, ()
    if agreement.notice_ends is not None:
        return _as_said(agreement, planned, history)
    if given is None:
        return planned, ()
    notice = notice_on(given, history.of(agreement))
    if agreement.rolling:
        day = end_by_notice(agreement, given, notice)
        if day is None:
            return planned, (_ask(given, "when it runs out cannot be worked out. Say on which day it ends."),)
        return End(day if cap is None else min(day, cap), by=By.NOTICE), ()
    day, last = runs_out(agreement, notice, given), planned.day or planned.latest
    if day is None or last is None:
        return planned, (_ask(given, "the day on which it ends by it is not recorded. Say which it is."),)
    if day > last:
        text = f"and runs out on {date_long(day)}, after the end of the term, {date_long(last)}. Say on which day it "
        return planned, (_ask(given, f"{text}ends."),)
    if day == planned.day:
        return End(day, by=By.NOTICE), ()
    text = f"and can run out on {date_long(day)}, within the term, or at its end, {date_long(last)}. Say for which "
    return End(None, day, last, by=By.NOTICE), (_ask(given, f"{text}day it was given.", day, last),)


def _ask(given: date, text: str, *days: date) -> Finding:
    joined = "" if text.startswith("and ") else "; "
    fixes = tuple(Fix(f"Use {date_long(day)}", "notice_ends", date_long(day)) for day in days)
    said = f"Notice was given on {date_long(given)}{joined or ' '}{text}"
    return Finding(Weight.DOUBT, "notice_ends", said, also=fixes)


def _as_said(agreement: Agreement, planned: End, history: TermHistory) -> tuple[End, tuple[Finding, ...]]:
    """The day for which notice was given, as recorded, with what does not go with it."""
    ends, given, last = agreement.notice_ends, agreement.notice_given, planned.day or planned.latest
    assert ends is not None
    found = []
    if given is None:
        found.append(f"Notice was given to end it on {date_long(ends)}; on which day it was given is not recorded.")
    else:
        day = runs_out(agreement, notice_on(given, history.of(agreement)), given)
        if day is not None and ends < day:
            found.append(
                f"Notice given on {date_long(given)} runs out on {date_long(day)}, after the day it was given for, "
                f"{date_long(ends)}."
            )
    if not agreement.rolling and last is not None and ends > last:
        found.append(f"Notice was given to end it on {date_long(ends)}, after its term ends on {date_long(last)}.")
        return planned, tuple(Finding(Weight.DOUBT, "notice_ends", text) for text in found)
    return End(ends, by=By.NOTICE), tuple(Finding(Weight.DOUBT, "notice_ends", text) for text in found)


def _said_to_be_over(agreement: Agreement, end: End, today: date) -> tuple[End, tuple[Finding, ...]]:
    """The end of one that is said to have ended: never a day to come, and never the full term of one ended early."""
    early = agreement.stage is Stage.ENDED_EARLY
    by_itself = end.day is not None and end.day <= today and not (early and end.by is By.TERM)
    if by_itself:
        return end, ()
    stated = agreement.stated_end
    if stated is not None and stated <= today and stated != end.would:
        return End(stated, by=By.ENDED, would=end.would), ()
    if not early and end.day is None and end.would is None:
        return replace(end, by=By.ENDED, rolling=False), ()
    how = "ended early" if early else "ended"
    would = f", and its term runs to {date_long(end.would)}" if end.would and not early else ""
    text = f"It is said to have {how}{would}; the day on which it ended is not recorded."
    return End(by=By.ENDED, would=end.would), (Finding(Weight.DOUBT, "ended_on", text),)


def notice_for(
    agreement: Agreement, spans: Sequence[Span], broken: Sequence[BreakDay], end: End, history: TermHistory
) -> date | None:
    """The last day to give notice for the end as things stand."""
    if end.by is By.BREAK:
        return next((each.notice_by for each in broken if each.ends == end.day), None)
    if end.by is By.NOTICE:
        return agreement.notice_given if end.day is not None else None
    if end.by is By.ENDED or end.rolling:
        return None
    first = end.day or end.earliest
    running = [span for span in spans if span.certain]
    found = next((span.notice_by for span in reversed(running) if span.ends == first), None)
    return found if found is not None or first is None else last_notice_for(first, history.of(agreement))


def doubts_of(
    agreement: Agreement,
    end: End,
    spans: Sequence[Span],
    broken: Sequence[BreakDay],
    today: date,
) -> tuple[Finding, ...]:
    """What an agreement says of its term that does not go together.

    Args:
        agreement: The agreement.
        end: The end as things stand.
        spans: The stretches of its term.
        broken: Its breaks.
        today: The day.
    """
    found: list[tuple[str, str]] = []
    agreed, starts = agreement.agreed_on, agreement.starts
    if agreed is not None and starts is not None and starts < agreed <= today:
        late = plural((agreed - starts).days, "day")
        found.append(("agreed_on", f"It was agreed on {date_long(agreed)}, {late} after it began."))
    if expiry_days(agreement.notice_expires) is None:
        found.append(("notice_expires", "The day on which notice may expire cannot be read; write it as 31 March."))
    elif end.day is not None and not agreement.rolling and agreement.notice and not may_expire_on(agreement, end.day):
        text = f"Notice may expire only on {agreement.notice_expires}, and the term ends on {date_long(end.day)}."
        found.append(("notice_expires", text))
    if agreement.rolling and agreement.stated_end is not None:
        text = f"It is said to run on until ended, and an end is stated, {date_long(agreement.stated_end)}. Say which."
        found.append(("stated_end", text))
    first = spans[0] if spans and starts is not None else None
    if first is not None and first.notice_by is not None and starts is not None and first.notice_by < starts:
        found.append(("notice", "The notice is longer than the first term."))
    found += _of_breaks(agreement, end, spans, broken, today)
    return tuple(Finding(Weight.DOUBT, field, text) for field, text in found)


def _of_breaks(
    agreement: Agreement, end: End, spans: Sequence[Span], broken: Sequence[BreakDay], today: date
) -> list[tuple[str, str]]:
    """Breaks that nobody decided on and that can no longer be used, or never could."""
    found = []
    last = max((span.last for span in spans if not span.declined), default=end.day)
    for each in broken:
        if each.state is not BreakState.OPEN or each.ends is None or end.by is By.ENDED:
            continue
        if last is not None and not agreement.rolling and each.ends > last:
            found.append(
                ("", f"The break of {date_long(each.ends)} lies after the last day of the term, {date_long(last)}.")
            )
        elif each.last is not None and each.last < today and (end.day is None or each.ends <= end.day):
            due = f": notice was due by {date_long(each.notice_by)}" if each.notice_by else ""
            text = f"The break of {date_long(each.ends)} can no longer be used{due}. Say whether it was used."
            found.append(("", text))
    return found
