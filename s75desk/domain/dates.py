"""Dates as people type and paste them, always with the day first: the one reader for every field.

British papers write 1/4/24 for 1 April 2024. Anything that could be read in two ways is refused with a reason, and
what cannot be read is named.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from s75desk.domain.months import add_months, month_length
from s75desk.domain.refusals import NotUnderstood, cannot_be_read
from s75desk.domain.wording import MONTHS, WEEKDAYS, date_long

EARLIEST_YEAR = 1900
LATEST_YEAR = 2199
DATE_HINT = "A date such as 31 March 2026 or 31/3/26."


_MONTH_NUMBERS = {name.lower(): place for place, name in enumerate(MONTHS, 1)}
_MONTH_NUMBERS |= {name[:3].lower(): place for place, name in enumerate(MONTHS, 1)} | {"sept": 9}
_WEEKDAY_NUMBERS = {name.lower(): place for place, name in enumerate(WEEKDAYS)}
_WEEKDAY_NUMBERS |= {name[:3].lower(): place for place, name in enumerate(WEEKDAYS)}
_WEEKDAY_NUMBERS |= {"tues": 1, "weds": 2, "wednes": 2, "thur": 3, "thurs": 3}
_NO_DAY = frozenset({"tbc", "tba", "tbd", "asap", "ongoing", "n/a", "none", "various"})
_NEXT = re.compile(rf"next\s+(?P<w>{'|'.join(sorted(_WEEKDAY_NUMBERS, key=len, reverse=True))})")
_WITHIN = re.compile(r"within\s+(?P<time>\d{1,4}\s*[a-z]+)")
_NEAR_DAYS = {"today": 0, "now": 0, "tomorrow": 1, "yesterday": -1}
_STEPS = {"d": (1, 0), "w": (7, 0), "m": (0, 1), "y": (0, 12)}

_OFFSET = re.compile(r"(?P<sign>[+-])\s*(?P<count>\d{1,4})\s*(?P<unit>d|w|m|y)[a-z]*")
_IN_OFFSET = re.compile(r"in\s+(?P<count>\d{1,4})\s*(?P<unit>d|w|m|y)[a-z]*")
_ISO = re.compile(r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})")
_DAY_FIRST = re.compile(r"(?P<d>\d{1,2})[-/. ](?P<m>\d{1,2})(?:[-/. ](?P<y>\d{4}|\d{2}))?")
_DAY_NAME = re.compile(r"(?P<d>\d{1,2})[-\s]*(?P<m>[a-z]+)[-\s]*(?P<y>\d{4}|\d{2})?")
_NAME_DAY = re.compile(r"(?P<m>[a-z]+)[-\s]*(?P<d>\d{1,2})(?:\s+(?P<y>\d{4}|\d{2}))?")
_NAME_YEAR = re.compile(r"(?P<m>[a-z]+)[-\s]*(?P<y>\d{4})")
_EDGE_OF_MONTH = re.compile(
    r"(?:the )?(?P<edge>end|last day|start|beginning|first day)(?: of)?\s+(?P<m>[a-z]+)[-\s]*(?P<y>\d{4}|\d{2})"
)
_CLOCK = r"(?:[01]?\d|2[0-3])[:.][0-5]\d(?::[0-5]\d(?:\.0+)?)?(?:\s*[ap]\.?m\.?)?|midnight|noon"
_TIME_AFTER = re.compile(rf"(?<=\d)(?:t|\s+(?:at\s+)?|(?=\())\(?(?:{_CLOCK})\)?(?P<zone>z|\+00:?00)?$")
_TIME_BEFORE = re.compile(rf"^(?:{_CLOCK})\s+on\s+")
_SERIAL = re.compile(r"(?P<days>\d{2},?\d{3})(?:\.\d+)?")
EXCEL_BEGAN = date(1899, 12, 30)
_EXCEL_DAYS = range(29221, 73051)
"""The numbers of the days from 1980 to the end of 2099: what spreadsheets give for a date without its format."""
_KNOWN = (
    rf"\d+(?:[-/.,]\d+)*|[-/.,]+|the|of|on|st|nd|rd|th|day|{'|'.join((*MONTHS, *(name[:3] for name in MONTHS)))}|sept"
    rf"|{'|'.join((*WEEKDAYS, *(name[:3] for name in WEEKDAYS)))}|tues|thurs?|weds"
)
_LEADING_WEEKDAY = re.compile(rf"(?P<w>{'|'.join(sorted(_WEEKDAY_NUMBERS, key=len, reverse=True))})\b\.?\s*")
_TRAILING_WEEKDAY = re.compile(
    rf"(?<=\d)\s*\(?\b(?P<w>{'|'.join(sorted(_WEEKDAY_NUMBERS, key=len, reverse=True))})\)?$"
)


def parse_date(text: str, today: date) -> date:
    """The date that ``text`` means.

    Understood: 31/3/26, 31.03.2026, 31-3-26, 310326, 31 Mar '26, 31st March 2026, March 31, 2026-03-31, with or
    without the day of the week or a time of day; "end of March 2026"; what Excel pastes, 2026-03-31 00:00:00 and the
    number of a day, 46112; "today", "tomorrow", "yesterday", "Friday" (the next one after today); "+3w",
    "-10d", "+6m", "+1y", "in 3 weeks". The day always comes before the month, except after a year (2026-03-31) and
    beside a month's name. A date without a year is in the year of ``today``, whether that is past or to come.
    A year of two figures is 2000 to 2079 or 1980 to 1999.

    Raises:
        NotUnderstood: It is no date, there is no such day, or a weekday does not fit its date.
    """
    words = tidied(text)
    if found := _SERIAL.fullmatch(words):
        return day_of_serial(found["days"].replace(",", ""), today)
    words = _without_time(words.replace(",", " "))
    words = " ".join(words.split())
    if words in _NEAR_DAYS:
        return today + timedelta(days=_NEAR_DAYS[words])
    if words in _WEEKDAY_NUMBERS:
        return today + timedelta(days=(_WEEKDAY_NUMBERS[words] - today.weekday() - 1) % 7 + 1)
    if offset := _OFFSET.fullmatch(words) or _IN_OFFSET.fullmatch(words):
        return _offset(offset, today)
    if words in _NO_DAY:
        raise NotUnderstood(f"“{words}” is no day. Leave this empty until there is one.")
    if found := _NEXT.fullmatch(words):
        first = today + timedelta(days=(_WEEKDAY_NUMBERS[found["w"]] - today.weekday() - 1) % 7 + 1)
        meant = tuple(date_long(day) for day in (first, first + timedelta(days=7)))
        raise NotUnderstood(f"Which one? {meant[0]}, or {meant[1]}.", meant)
    if (within := _WITHIN.fullmatch(words)) and (found := _IN_OFFSET.fullmatch(f"in {within['time']}")):
        last = date_long(_offset(found, today))
        raise NotUnderstood(f"From which day? From today that is {last} at the latest.", (last,))
    return _calendar_date(words, today)


def tidied(text: str) -> str:
    """In small letters, with one kind of dash, and without the apostrophe of a year: "mar '27" is "mar 27"."""
    words = re.sub("[\N{MINUS SIGN}\N{EN DASH}\N{EM DASH}\N{NON-BREAKING HYPHEN}]", "-", text.lower())
    words = re.sub(r"(?<![\d])['\u2018\u2019](?=\d\d\b)", " ", words)
    return " ".join(words.split()).rstrip(".;")


def day_of_serial(digits: str, today: date) -> date:
    """The day that a number of Excel's means: 46112 is 31 March 2026.

    Raises:
        NotUnderstood: It is no such number, or could as well be a day, month and year written together: 41026.
    """
    if int(digits) not in _EXCEL_DAYS:
        raise NotUnderstood(f"“{digits}” is no date: write the day, the month and the year, such as 31/3/26.")
    day = EXCEL_BEGAN + timedelta(days=int(digits))
    try:
        other = _from_match(f"{digits[:1]}/{digits[1:3]}/{digits[3:]}", today)
    except NotUnderstood:
        return day
    meant = (date_long(day), date_long(other))
    raise NotUnderstood(f"{meant[0]}, if it is a number of Excel’s, or {meant[1]}?", meant)


def _without_time(words: str) -> str:
    """Without a time of day, which a date has no place for and which does not change it."""
    found = _TIME_AFTER.search(words)
    if found is None or not re.search(r"\d", words[: found.start()]) or _is_short(words[: found.start()]):
        return _TIME_BEFORE.sub("", words)
    if found["zone"] and not re.search(r"[t\s(]0?0:00", found[0]):
        raise NotUnderstood("This is a time of the world’s clock: write the day here, such as 31 March 2026.")
    return words[: found.start()]


def _is_short(words: str) -> bool:
    """Whether what stands before a time is too little for a date: "31" of "31 3.27"."""
    return re.fullmatch(r"\d{1,2}", words.strip()) is not None


def _offset(found: re.Match[str], today: date) -> date:
    count = int(found["count"]) * (-1 if found.groupdict().get("sign") == "-" else 1)
    days, months = _STEPS[found["unit"]]
    try:
        moved = add_months(today, count * months) + timedelta(days=count * days)
    except OverflowError:
        raise NotUnderstood("That is too far away. " + DATE_HINT) from None
    return _checked(moved.year, moved.month, moved.day)


def _calendar_date(words: str, today: date) -> date:
    weekday = None
    if named := _LEADING_WEEKDAY.match(words):
        weekday, words = _WEEKDAY_NUMBERS[named["w"]], words[named.end() :]
    if named := _TRAILING_WEEKDAY.search(words):
        weekday, words = _WEEKDAY_NUMBERS[named["w"]], words[: named.start()]
    words = re.sub(r"(?<=\d)(st|nd|rd|th)\b(\s+day\b)?(\s+of\b)?", "", words.removeprefix("on ")).replace("the ", "")
    if re.fullmatch(r"\d{8}|\d{6}", words):
        words = _spaced(words)
    day = _from_match(words, today)
    if weekday is not None and day.weekday() != weekday:
        raise NotUnderstood(f"{date_long(day)} is a {WEEKDAYS[day.weekday()]}, not a {WEEKDAYS[weekday]}.")
    return day


def _spaced(digits: str) -> str:
    """Put separators into 20260331, 31032026 or 310326. The two long forms can never be the same digits."""
    if len(digits) == 8 and EARLIEST_YEAR <= int(digits[:4]) <= LATEST_YEAR and 1 <= int(digits[4:6]) <= 12:
        return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"
    return f"{digits[:2]}/{digits[2:4]}/{digits[4:]}"


def _from_match(words: str, today: date) -> date:
    if found := _ISO.fullmatch(words) or _DAY_FIRST.fullmatch(words):
        return _checked(_year(found["y"], today), int(found["m"]), int(found["d"]))
    found = _DAY_NAME.fullmatch(words) or _NAME_DAY.fullmatch(words)
    if found and (month := _MONTH_NUMBERS.get(found["m"])):
        if found["y"] is None and words[0].isalpha():
            last = date(full_year(found["d"]), month, month_length(full_year(found["d"]), month))
            meant = (date_long(last.replace(day=1)), date_long(last))
            day = f"{found['d']} {MONTHS[month - 1]}"
            raise NotUnderstood(f"Day or year? Write {day} for the day.", (f"{day} {today.year}", *meant))
        return _checked(_year(found["y"], today), month, int(found["d"]))
    if (found := _NAME_YEAR.fullmatch(words)) and found["m"] in _MONTH_NUMBERS:
        first = _checked(int(found["y"]), _MONTH_NUMBERS[found["m"]], 1)
        last = add_months(first, 1) - timedelta(days=1)
        meant = (date_long(first), date_long(last))
        raise NotUnderstood(f"Give the day as well: {meant[0]} or {meant[1]}.", meant)
    if (found := _EDGE_OF_MONTH.fullmatch(words)) and found["m"] in _MONTH_NUMBERS:
        first = _checked(full_year(found["y"]), _MONTH_NUMBERS[found["m"]], 1)
        return add_months(first, 1) - timedelta(days=1) if found["edge"] in ("end", "last day") else first
    if re.fullmatch(r"\d{4}(?:[-/]\d{2,4})?", words):
        raise NotUnderstood(f"“{words}” is a year. Give the day and the month as well.")
    raise cannot_be_read(words, _KNOWN, "a date", DATE_HINT)


def month_number(word: str) -> int | None:
    """The number of a month by its name or the beginning of it: "April", "apr", "Sept"; None for any other word."""
    return _MONTH_NUMBERS.get(word.strip().lower().removesuffix("."))


def full_year(text: str) -> int:
    """A year of four figures as it is, of two figures as 2000 to 2079 or 1980 to 1999."""
    return int(text) if len(text) == 4 else int(text) + (2000 if int(text) < 80 else 1900)


def _year(text: str | None, today: date) -> int:
    return today.year if text is None else full_year(text)


def _checked(year: int, month: int, day: int) -> date:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise NotUnderstood(f"The year must lie between {EARLIEST_YEAR} and {LATEST_YEAR}.")
    if not 1 <= month <= 12:
        turned = (f"{month} {MONTHS[day - 1]} {year}",) if 1 <= day <= 12 and month <= month_length(year, day) else ()
        raise NotUnderstood(f"There is no month {month}. The day comes first: 31/3/26 is 31 March 2026.", turned)
    try:
        return date(year, month, day)
    except ValueError:
        raise NotUnderstood(f"{MONTHS[month - 1]} {year} has no day {day}.") from None
