"""The status of an agreement in a chip and a sentence: what is so, what follows, by when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from s75desk.domain.attention import HORIZON
from s75desk.domain.findings import Finding
from s75desk.domain.lengths import Length
from s75desk.domain.notice import BreakDay, end_by_notice
from s75desk.domain.records import Agreement
from s75desk.domain.records.agreement import Stage
from s75desk.domain.status import Shape, Status
from s75desk.domain.wording import APOSTROPHE, date_long, weekday_date

DECIDE_WITHIN_DAYS = 180
"""A date that cannot be moved is pressing when it is no more than this many days off. A rule of this house."""


RUNS_ON = "No end: runs on until ended"
"""The end of a rolling agreement, in words."""

OVER = (Stage.ENDED, Stage.ENDED_EARLY, Stage.NOT_MADE)
"""Stages in which nothing more is asked of the term."""


class Ask(Enum):
    """What the officer is asked about a term; the next step that stands beside it settles just this."""

    NOTHING = "nothing"
    EXTENSION = "extend it or let it end"
    ENDING = "let it end or extend it by waiver"
    BREAK = "use a break or let it pass"
    LAPSED = "extend it after it had ended, or say that it is over"
    NOT_AGREED = "say that it was agreed or was not made"


class By(Enum):
    """What an end follows from."""

    TERM = "the length of its term, or the end as stated"
    NOTICE = "notice that was given"
    BREAK = "a break that was used"
    ENDED = "the day on which it was ended"


@dataclass(frozen=True, slots=True)
class End:
    """The end as things stand.

    Attributes:
        day: The day, or None.
        earliest: Where it may be one of several days, the first; None where that is not known.
        latest: And the last.
        rolling: Whether it runs on until ended and no notice has been given.
        by: What it follows from.
        would: The end by lengths and extensions alone, or None; the later one of a range.
    """

    day: date | None = None
    earliest: date | None = None
    latest: date | None = None
    rolling: bool = False
    by: By = By.TERM
    would: date | None = None


@dataclass(frozen=True, slots=True)
class Coming:
    """The next date that cannot be moved, or none.

    Attributes:
        day: The day.
        what: What must be done by it.
        broken: The break clause it belongs to.
        settled: Whether it is decided already that the term ends then.
    """

    day: date | None = None
    what: str = ""
    broken: BreakDay | None = None
    settled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Where an agreement stands as at a day, as far as its status needs it.

    Attributes:
        agreement: The agreement.
        today: The day.
        end: The end as things stand.
        notice_by: Last day to give notice for ``ends``, or None.
        coming: The next date that cannot be moved.
        option: Heading of the next extension that can still be taken up, in lower case, or "".
        year_now: Which year of the term it is, or None.
        years: Possible length in years, or None.
        doubts: What is doubtful about the term.
        working: The working day by which to give notice.
        active: The latest day for which money or figures are recorded, or None.
    """

    agreement: Agreement
    today: date
    end: End
    notice_by: date | None
    coming: Coming
    option: str
    year_now: int | None
    years: int | None
    doubts: tuple[Finding, ...]
    working: date | None = None
    active: date | None = None

    @property
    def ends(self) -> date | None:
        """The end as things stand, or None."""
        return self.end.day

    @property
    def latest(self) -> date | None:
        """The latest end where it may be one of several days, or None."""
        return self.end.latest

    @property
    def over(self) -> date | None:
        """The day on which it ended, if it has."""
        end = self.ends or self.latest or (None if self.agreement.rolling else self.agreement.ends_at_latest)
        ended = end is not None and (end < self.today or (self.end.by is By.ENDED and end <= self.today))
        return end if ended else None

    @property
    def lapsed(self) -> bool:
        """Whether its end has passed, nobody said that it is over, and money or figures go on after it."""
        over = self.over
        said = self.agreement.stage is not Stage.AGREED or self.end.by is By.ENDED
        return not said and over is not None and (self.active or date.min) > over

    @property
    def begun_unagreed(self) -> bool:
        """Whether its start has passed and it is still a draft or proposed."""
        starts = self.agreement.starts
        return self.agreement.stage in (Stage.DRAFT, Stage.PROPOSED) and starts is not None and starts <= self.today

    @property
    def presses(self) -> bool:
        """Whether the next date that cannot be moved is near and not settled."""
        day = self.coming.day
        # Before the last day to give notice nothing has to be decided: the agreement runs on, or ends, without it.
        within = HORIZON if day == self.notice_by != self.ends else DECIDE_WITHIN_DAYS
        return day is not None and not self.coming.settled and (day - self.today).days <= within


def ask_of(at: Position) -> Ask:
    """What the officer is asked, pressing or not."""
    if at.begun_unagreed:
        return Ask.NOT_AGREED
    if at.agreement.stage is not Stage.AGREED:
        return Ask.NOTHING
    undecided = at.option and at.ends != at.agreement.let_end and at.end.by is By.TERM
    if at.lapsed or (at.over is not None and undecided):
        return Ask.LAPSED
    if at.coming.broken is not None:
        return Ask.BREAK
    if at.coming.settled or at.ends is None or at.over is not None or at.end.by is not By.TERM:
        return Ask.NOTHING
    return Ask.EXTENSION if at.option else Ask.ENDING


def notice_words(notice: Length | None) -> str:
    """A notice period in words: "12 months' notice", "1 month's notice", "notice not known"."""
    if notice is None:
        return "notice not known"
    if not notice:
        return "no notice period"
    words = notice.words
    return f"{words}{APOSTROPHE} notice" if words.endswith("s") else f"{words}{APOSTROPHE}s notice"


def end_by_notice_words(day: date | None) -> str:
    """What notice given today would do, as a clause."""
    return f"notice given today would end it on {date_long(day)}" if day else "its notice is not known"


def status_of(at: Position) -> Status:
    """Chip and sentence. People decide the stage; dates decide the rest. Pressing dates come before doubts."""
    match at.agreement.stage:
        case None:
            return Status(Shape.UNKNOWN, "Stage not known", "Say whether it is a draft, proposed or agreed.")
        case Stage.ENDED_EARLY | Stage.ENDED:
            return _with_doubts(at, Status(Shape.DONE, at.agreement.stage.word, _ended(at)))
        case Stage.NOT_MADE:
            return Status(Shape.DONE, "Not made", "It was proposed and never made.")
        case Stage.DRAFT | Stage.PROPOSED if at.begun_unagreed:
            sentence = f"{at.agreement.stage.word}. {_was_to_run(at)} Say whether it was agreed, or was not made."
            return Status(Shape.WATCH, "Not yet agreed", sentence)
        case Stage.DRAFT | Stage.PROPOSED:
            return Status(Shape.PLAN, at.agreement.stage.word, _would_run(at))
        case _:
            return _agreed(at)


def _agreed(at: Position) -> Status:
    starts = at.agreement.starts
    if at.over is not None and at.end.by is By.ENDED:
        early = at.end.would is not None and at.over < at.end.would
        return _with_doubts(at, Status(Shape.DONE, "Ended early" if early else "Ended", _ended(at)))
    if starts is not None and starts > at.today:
        ending = f"ends on {date_long(at.ends)}" if at.ends else "its end is not recorded"
        ending = "it then runs on until ended" if at.ends is None and at.agreement.rolling else ending
        return _with_doubts(at, Status(Shape.PLAN, "Planned", f"Starts on {date_long(starts)}; {ending}."))
    if at.over is not None:
        return _over(at, at.over)
    if at.presses and at.coming.day is not None:
        sentence = _pressing(at, at.coming.day)
        more = f" {at.doubts[0].text}" if at.doubts else ""
        state = "To decide" if at.option or at.coming.broken is not None else "Ends soon"
        return Status(Shape.WATCH, _press_word(at, at.coming.day), sentence + more, state)
    if at.ends is None and at.agreement.rolling:
        return _with_doubts(at, _runs_on(at))
    if at.ends is None:
        return _end_not_known(at)
    if starts is None:
        return Status(Shape.UNKNOWN, "Start not known", f"Ends on {date_long(at.ends)}.")
    return _with_doubts(at, Status(Shape.GOOD, "Live", _unpressed(at, at.ends)))


def _ended(at: Position) -> str:
    """How an agreement ended that is said to be over, and what it would have run to."""
    how = {By.BREAK: " by a break", By.NOTICE: " by notice"}.get(at.end.by, "")
    would = f"it would have run to {date_long(at.end.would)}" if at.end.would else "its full term is not recorded"
    if at.ends is None:
        return f"The day on which it ended is not recorded; {would}."
    cut = at.end.would is not None and at.ends < at.end.would and at.end.by is not By.BREAK
    return f"Ended{how} on {date_long(at.ends)}" + (f"; {would}." if cut else ".")


def _over(at: Position, ended: date) -> Status:
    if at.ends is None and at.latest is not None:
        ending = f"It ended by {date_long(ended)} at the latest."
    elif at.ends is None:
        ending = f"It could not run past {date_long(ended)}."
    else:
        ending = f"Ended on {date_long(ended)}."
    if not at.lapsed or at.active is None:
        if ask_of(at) is Ask.LAPSED:  # Nobody said whether the option was taken up.
            return _with_doubts(at, Status(Shape.WATCH, "Ended, undecided", ending))
        return _with_doubts(at, Status(Shape.DONE, "Ended", ending))
    text = f"{ending} Money or figures are recorded up to {date_long(at.active)}, and no extension is."
    return Status(Shape.WATCH, "Ended, goes on", text)


def _runs_on(at: Position) -> Status:
    starts = at.agreement.starts
    if starts is None:
        return Status(Shape.UNKNOWN, "Start not known", f"{RUNS_ON}.")
    by_notice = end_by_notice_words(end_by_notice(at.agreement, at.today))
    return Status(Shape.GOOD, "Live", f"{_live(at)}. It runs on until ended; {by_notice}.")


def _end_not_known(at: Position) -> Status:
    cap, starts = at.agreement.ends_at_latest, at.agreement.starts
    begun = f"Running since {date_long(starts)}; its end is not recorded" if starts else "No start or end is recorded"
    if at.end.by is By.NOTICE and at.latest is not None:
        given = date_long(at.agreement.notice_given) if at.agreement.notice_given else "a day not known"
        first = f"between {date_long(at.end.earliest)} and " if at.end.earliest else "by "
        sentence = f"Notice was given on {given}: it ends {first}{date_long(at.latest)}."
        return _with_doubts(at, Status(Shape.WATCH, "Notice given", sentence))
    if at.latest is not None and starts is not None:
        begun = f"Running since {date_long(starts)}; it ends by {date_long(at.latest)}, by the longer of its lengths"
    return Status(
        Shape.UNKNOWN, "End not known", f"{begun}; it cannot run past {date_long(cap)}." if cap else begun + "."
    )


def _live(at: Position) -> str:
    if at.year_now and at.years:
        return f"Live, year {at.year_now} of {at.years}"
    return f"Live, year {at.year_now}" if at.year_now else "Live"


def _press_word(at: Position, day: date) -> str:
    """Notice is a decision only while an extension is open; without one the agreement ends by itself."""
    if at.coming.broken is not None:
        return f"Break: decide by {date_long(day)}"
    return at.coming.what


def _pressing(at: Position, day: date) -> str:
    within = _within((day - at.today).days)
    broken = at.coming.broken
    if broken is not None and broken.ends is not None:
        end = date_long(broken.ends)
        return f"{_live(at)}. To end it by the break on {end}, give notice {within}."
    ends = at.ends
    assert ends is not None
    early = ""
    if day == at.notice_by and at.working is not None and at.working != day:
        early = f" {date_long(day)} is no working day: give it by {weekday_date(at.working)}."
    if day == at.notice_by and at.option:
        return f"{_live(at)}. To end it on {date_long(ends)}, give notice {within}.{early}"
    if day == at.notice_by and day != ends:
        notice = notice_words(at.agreement.notice)
        return f"{_live(at)}. It ends on {date_long(ends)}; {notice} for that day can be given {within}.{early}"
    if at.option:
        return f"{_live(at)}. It ends on {date_long(ends)} unless {at.option} is decided {within}."
    return f"{_live(at)}. It ends on {date_long(ends)}, with no extension left."


def _unpressed(at: Position, ends: date) -> str:
    ending = f"{_live(at)}. Ends on {date_long(ends)}"
    if at.end.by is By.NOTICE and at.agreement.notice_given:
        return f"{ending}, by notice given on {date_long(at.agreement.notice_given)}."
    if at.coming.settled:
        return f"{ending}, as decided."
    if at.coming.day is not None and at.coming.day == at.notice_by and at.coming.day != ends:
        return f"{ending}; last day to give notice for that end: {date_long(at.coming.day)}."
    if at.option:
        return f"{ending} unless {at.option} is decided by then."
    return f"{ending}, with no extension left."


def _would_run(at: Position) -> str:
    starts = at.agreement.starts
    if starts is None:
        return "No start is recorded."
    ending = f" and end on {date_long(at.ends)}." if at.ends else "; its end is not recorded."
    if at.ends is None and at.agreement.rolling:
        ending = " and run on until ended."
    return f"Would start on {date_long(starts)}{ending}"


def _was_to_run(at: Position) -> str:
    assert at.agreement.starts is not None
    until = f" and run to {date_long(at.ends)}" if at.ends else ""
    return f"It was to start on {date_long(at.agreement.starts)}{until}, without being agreed."


def _within(days: int) -> str:
    if days <= 1:
        return "today" if days <= 0 else "by tomorrow"
    return f"in the next {days} days"


def _with_doubts(at: Position, status: Status) -> Status:
    """A status that is not pressing says the first doubt about the term; ``agreement_status`` counts them all."""
    return replace(status, sentence=f"{status.sentence} {at.doubts[0].text}") if at.doubts else status
