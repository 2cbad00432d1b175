"""What of a term changed from a day: which notice held when, and whether its end was given after its length was."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from s75desk.domain.as_at import holding
from s75desk.domain.dated import spans
from s75desk.domain.lengths import Length, notice_day
from s75desk.domain.records import Agreement
from s75desk.domain.records.dated import DatedValue


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice period that holds for a time.

    Attributes:
        length: How long it is; None if it is not known.
        since: The first day; None from the start.
        until: The last day; None for good, as far as is recorded.
        by: What brought it; "" if that is not recorded.
    """

    length: Length | None
    since: date | None = None
    until: date | None = None
    by: str = ""

    def last_day(self, ends: date) -> date | None:
        """The last day on which notice of this length can be given for an end; None if there is none."""
        if self.length is None or self.length.too_long:
            return None
        day = notice_day(ends, self.length)
        if self.since is not None and day < self.since:
            return None
        return min(day, self.until or day)


@dataclass(frozen=True, slots=True)
class TermHistory:
    """What was known on a day of how the terms of an agreement change.

    Attributes:
        notices: Every notice period, the first first; () where it never changed.
        later: Which of length and end was given from a later day, and takes the place of the other; "" if neither.
    """

    notices: tuple[Notice, ...] = ()
    later: str = ""

    def reckoned(self, agreement: Agreement) -> Agreement:
        """The agreement as its end is worked out: by the length or the end that was given later."""
        if agreement.first_term is None or agreement.stated_end is None or not self.later:
            return agreement
        if self.later == "stated_end":
            return replace(agreement, first_term=None)
        return replace(agreement, stated_end=None)

    def of(self, agreement: Agreement) -> tuple[Notice, ...]:
        """Its notice periods; the one it has where that never changed."""
        return self.notices or (Notice(agreement.notice),)


UNCHANGED = TermHistory()


def term_history(stored: Agreement, dated: Iterable[DatedValue], on: date) -> TermHistory:
    """How the terms change, as known on a day.

    Args:
        stored: The agreement with the values it had from the start.
        dated: Values of its fields from a day, those in deeds of variation too.
        on: The day.
    """
    known = [one for one in dated if one.archived_at is None and one.since and (one.known or one.since) <= on]
    held = spans(stored, "notice", known)
    notices = tuple(Notice(one.value, one.since, one.until, one.reason) for one in reversed(held))
    return TermHistory(notices if len(notices) > 1 else (), later_of_end_and_length(stored, known, on))


def later_of_end_and_length(stored: Agreement, dated: Iterable[DatedValue], on: date) -> str:
    """Which of the end and the length that hold on a day was given from the later day; "" if neither was."""
    values = tuple(dated)
    given = {name: holding(values, stored.uid, name, on) for name in ("stated_end", "first_term")}
    days = {name: (value.since if value else None) or date.min for name, value in given.items()}
    if days["stated_end"] == days["first_term"]:
        return ""
    return max(days, key=lambda name: days[name])


def last_notice_for(ends: date, notices: Iterable[Notice]) -> date | None:
    """The last day to give notice for an end, by the notice that holds on that very day; None if it is not known."""
    days = [day for notice in notices if (day := notice.last_day(ends)) is not None]
    return max(days, default=None)


def notice_on(day: date, notices: Iterable[Notice]) -> Length | None:
    """The notice period that holds on a day."""
    found = (one for one in notices if (one.since or date.min) <= day <= (one.until or date.max))
    return next((one.length for one in found), None)
