"""The status of an agreement in a chip and a sentence: what is so, what follows, by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from s75desk.domain.findings import Finding
from s75desk.domain.records import Agreement
from s75desk.domain.records.agreement import Stage
from s75desk.domain.status import Shape, Status
from s75desk.domain.wording import APOSTROPHE, date_long, plural

DECIDE_WITHIN_DAYS = 180
"""A date that cannot be moved is pressing when it is no more than this many days off. A rule of this house."""


@dataclass(frozen=True, slots=True)
class Position:
    """Where an agreement stands as at a day, as far as its status needs it.

    Attributes:
        agreement: The agreement.
        today: The day.
        ends: The end as things stand, or None.
        notice_by: Last day to give notice for ``ends``, or None.
        next_date: The next date that cannot be moved, or None.
        next_what: What must be done by then.
        option: Heading of the next extension that can still be taken up, in lower case, or "".
        year_now: Which year of the term it is, or None.
        years: Possible length in years, or None.
        doubts: What is doubtful about the term.
    """

    agreement: Agreement
    today: date
    ends: date | None
    notice_by: date | None
    next_date: date | None
    next_what: str
    option: str
    year_now: int | None
    years: int | None
    doubts: tuple[Finding, ...]


def notice_words(months: int | None) -> str:
    """A notice period in words: "12 months' notice", "1 month's notice", "notice not known"."""
    if months is None:
        return "notice not known"
    if months == 0:
        return "no notice period"
    return f"1 month{APOSTROPHE}s notice" if months == 1 else f"{months} months{APOSTROPHE} notice"


def status_of(at: Position) -> Status:
    """Chip and sentence. People decide the stage; dates decide the rest. Pressing dates come before doubts."""
    match at.agreement.stage:
        case None:
            return Status(Shape.UNKNOWN, "Stage not known", "Say whether it is a draft, proposed or agreed.")
        case Stage.ENDED_EARLY:
            ending = f"It would have run to {date_long(at.ends)}." if at.ends else "Its full term is not recorded."
            return _with_doubts(at, Status(Shape.DONE, "Ended early", ending))
        case Stage.DRAFT | Stage.PROPOSED:
            return Status(Shape.PLAN, at.agreement.stage.word, _would_run(at))
        case _:
            return _agreed(at)


def _agreed(at: Position) -> Status:
    starts = at.agreement.starts
    if starts is not None and starts > at.today:
        ending = f"ends on {date_long(at.ends)}" if at.ends else "its end is not recorded"
        return _with_doubts(at, Status(Shape.PLAN, "Planned", f"Starts on {date_long(starts)}; {ending}."))
    if at.ends is None:
        return _end_not_known(at)
    if at.ends < at.today:
        return _with_doubts(at, Status(Shape.DONE, "Ended", f"Ended on {date_long(at.ends)}."))
    if at.next_date is not None and (at.next_date - at.today).days <= DECIDE_WITHIN_DAYS:
        sentence = _pressing(at, at.ends, at.next_date)
        more = f" {at.doubts[0].text}" if at.doubts else ""
        return Status(Shape.WATCH, _press_word(at, at.next_date), sentence + more)
    if starts is None:
        return Status(Shape.UNKNOWN, "Start not known", f"Ends on {date_long(at.ends)}.")
    return _with_doubts(at, Status(Shape.GOOD, "Live", _unpressed(at, at.ends)))


def _end_not_known(at: Position) -> Status:
    cap, starts = at.agreement.ends_at_latest, at.agreement.starts
    if cap is not None and cap < at.today:
        return _with_doubts(at, Status(Shape.DONE, "Ended", f"It could not run past {date_long(cap)}."))
    begun = f"Running since {date_long(starts)}; its end is not recorded" if starts else "No start or end is recorded"
    return Status(
        Shape.UNKNOWN, "End not known", f"{begun}; it cannot run past {date_long(cap)}." if cap else begun + "."
    )


def _live(at: Position) -> str:
    return f"Live, year {at.year_now} of {at.years}" if at.year_now and at.years else "Live"


def _press_word(at: Position, day: date) -> str:
    """Notice is a decision only while an extension is open; without one the agreement ends by itself."""
    return f"Decide by {date_long(day)}" if at.option and day == at.notice_by else at.next_what


def _pressing(at: Position, ends: date, day: date) -> str:
    within = _within((day - at.today).days)
    if day == at.notice_by and at.option:
        return f"{_live(at)}. To end it on {date_long(ends)}, give notice {within}."
    if day == at.notice_by and day != ends:
        notice = notice_words(at.agreement.notice_months)
        return f"{_live(at)}. It ends on {date_long(ends)}; {notice} for that day can be given {within}."
    if at.option:
        return f"{_live(at)}. It ends on {date_long(ends)} unless {at.option} is decided {within}."
    return f"{_live(at)}. It ends on {date_long(ends)}, with no extension left."


def _unpressed(at: Position, ends: date) -> str:
    ending = f"{_live(at)}. Ends on {date_long(ends)}"
    if at.next_date is not None and at.next_date == at.notice_by and at.next_date != ends:
        return f"{ending}; last day to give notice for that end: {date_long(at.next_date)}."
    if at.option:
        return f"{ending} unless {at.option} is decided by then."
    return f"{ending}, with no extension left."


def _would_run(at: Position) -> str:
    starts = at.agreement.starts
    if starts is None:
        return "No start is recorded."
    ending = f" and end on {date_long(at.ends)}." if at.ends else "; its end is not recorded."
    return f"Would start on {date_long(starts)}{ending}"


def _within(days: int) -> str:
    if days <= 1:
        return "today" if days <= 0 else "by tomorrow"
    return f"in the next {days} days"


def _with_doubts(at: Position, status: Status) -> Status:
    """A status that is not pressing gives way to doubts about the term: "Ended, 1 doubt"."""
    if not at.doubts:
        return status
    word = f"{status.word}, {plural(len(at.doubts), 'doubt')}"
    return Status(Shape.DOUBT, word, f"{status.sentence} {at.doubts[0].text}")
