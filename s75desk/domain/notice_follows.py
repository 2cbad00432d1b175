"""What follows for the last day to give notice where another notice holds from a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from s75desk.domain.dated import FromDay
from s75desk.domain.lengths import Length
from s75desk.domain.term_history import Notice, last_notice_for
from s75desk.domain.wording import date_long


def notice_follows(ends: date | None, notices: Sequence[Notice], notice: Length | None, day: FromDay) -> str:
    """The last day to give notice for an end, in a sentence, and why it is not the new notice's own.

    Args:
        ends: The end as it stands.
        notices: Which notice holds when, as recorded.
        notice: The new one.
        day: From which day it holds.
    """
    new = Notice(notice, day.since)
    if ends is None or notice is None or day.since == date.min:
        return ""
    before = day.since - timedelta(days=1)
    earlier = [
        replace(one, until=min(one.until or before, before)) for one in notices if (one.since or day.since) <= day.since
    ]
    earlier = [one for one in earlier if one.since is None or one.since < day.since]
    later = [one for one in notices if one.since is not None and one.since > day.since]
    if later:
        new = replace(new, until=min(one.since for one in later if one.since) - timedelta(days=1))
    last, alone = last_notice_for(ends, (*earlier, new, *later)), Notice(notice).last_day(ends)
    if last is None:
        return f"No day is left on which notice can be given for {date_long(ends)}."
    said = f"Last day to give notice for {date_long(ends)}: {date_long(last)}"
    if alone is None or alone == last or alone >= day.since:
        return f"{said}."
    return f"{said}. With {notice} alone it would be {date_long(alone)}, before the {notice} hold."
