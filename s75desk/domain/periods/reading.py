"""Periods as people write them: "Q3 2025/26", "april 2026", "w/e 5 Apr 2026", "2025/26", "1/4/25-31/3/26".

Days are read as ``dates`` reads them everywhere. What could be one of two is asked, and what cannot be read is named.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from s75desk.domain.dates import EXCEL_BEGAN, full_year, month_number, parse_date, tidied
from s75desk.domain.months import add_months, is_month_end, month_length
from s75desk.domain.periods.span import DAY, Length, Span
from s75desk.domain.periods.years import ACADEMIC, CALENDAR, FINANCIAL, YearKind
from s75desk.domain.refusals import NotUnderstood, cannot_be_read
from s75desk.domain.wording import MONTHS, date_long

PERIOD_HINT = "A period such as April 2026, Q3 2025/26, 2025/26 or 1/4/25 to 31/3/26."

_NAME = r"[a-z]{3,9}"
_YEARS = r"(?:fy\s*)?(?P<first>\d{4}|\d{2})\s*/\s*(?P<second>\d{4}|\d{2})"
_MONTH = re.compile(rf"(?P<m>{_NAME})[\s/]*(?P<y>\d{{4}}|\d{{2}})")
_NUMBERED = re.compile(r"(?P<m>\d{1,2})/(?P<y>\d{4})|(?P<y2>\d{4})-(?P<m2>\d{1,2})")
_PART = re.compile(
    rf"(?P<kind>q|quarter|h|half|m|month|p|period)\s*(?P<number>\d{{1,2}})\s*(?:of\s*)?(?P<rest>{_YEARS}|\d{{4}})"
)
_PART_LAST = re.compile(
    rf"(?P<rest>{_YEARS}|\d{{4}})\s*(?P<kind>q|quarter|h|half|m|month|p|period)\s*(?P<number>\d{{1,2}})"
)
_YEAR = re.compile(
    rf"(?P<kind>academic year|academic|ay|financial year|financial|calendar year|contract year)?\s*{_YEARS}"
)
_PLAIN_YEAR = re.compile(r"(?P<kind>calendar year|calendar|cy)?\s*(?P<y>\d{4})")
_WEEK_ENDING = re.compile(r"(?:week ending|week ended|week to|wk ending|w/e|we\b)\s*(?P<day>.+)")
_WEEK_FROM = re.compile(r"(?:w/c|wc|w/b|wk commencing|week commencing|week beginning|week from)\s*(?P<day>.+)")
_ISO_WEEK = re.compile(r"(?P<y>\d{4})[\s-]*w(?:ee)?k?\s*(?P<w>\d{1,2})|w(?:ee)?k?\s*(?P<w2>\d{1,2})\s+(?P<y2>\d{4})")
_TO_DATE = re.compile(r"(?:ytd|year to date)\s*(?:to|at|as at|,|-)?\s*(?P<end>.+)|(?P<end2>.+?)\s*(?:ytd|year to date)")
_COUNTS = "one two three four five six seven eight nine ten eleven twelve thirteen".split()
_COUNT = rf"(?P<count>\d{{1,2}}|{'|'.join(_COUNTS)})"
_ENDING = re.compile(
    rf"(?:the\s+)?(?:last\s+|past\s+)?(?:rolling\s+)?(?:{_COUNT}\s*(?P<unit>day|week|wk|month|quarter|year)s?"
    r"|(?P<name>month|quarter|half year|half|year))\s*(?:to|ending|ended|up to)\s*(?P<end>.+)"
)
_DAYS = re.compile(rf"(?P<d1>\d{{1,2}})\s*(?:-|to)\s*(?P<d2>\d{{1,2}})\s*(?P<m>{_NAME})\s*(?P<y>\d{{4}}|\d{{2}})")
_MONTHS = re.compile(
    rf"(?P<m1>{_NAME})\s*(?P<y1>\d{{4}}|\d{{2}})?\s*(?:-|to|until)\s*(?P<m2>{_NAME})\s*(?P<y2>\d{{4}}|\d{{2}})"
)
_TWO = re.compile(r"\s+(?:to|until|-)\s+|(?<=\d)\s*-\s*(?=\d{1,2}[/.])")
_TWO_MONTHS = re.compile(r"(?<=[a-z]\s\d{4})\s*/\s*(?=[a-z])|(?<=[a-z]\s\d{2})\s*/\s*(?=[a-z])")
_SERIAL = re.compile(r"[2-6]\d ?\d{3}(?:\.\d+)?")
_NAMES = {"month": 1, "quarter": 3, "half": 6, "half year": 6, "year": 12}
_DAYS_OF = {"day": 1, "week": 7, "wk": 7}
_KINDS = {"q": 3, "h": 6, "m": 1, "p": 1}
_PART_KIND = r"(?:q|quarter|h|half|m|month|p|period)\s*"
_PARTS = re.compile(
    rf"(?P<kind>{_PART_KIND})(?P<first>\d{{1,2}})\s*(?:to|-|and|&)\s*(?:{_PART_KIND})?(?P<last>\d{{1,2}})\s+(?P<rest>\S.*)"
)
_YEAR_ENDING = re.compile(r"(?P<part>.*?)\s*\bfy\s*'?(?P<y>\d{4}|\d{2})")
_WEEK_OF_YEAR = re.compile(rf"w(?:ee)?k?\s*(?P<w>\d{{1,2}})\s+{_YEARS}")
_LISTED = re.compile(r"(?P<names>[a-z][a-z/&+\s]*[a-z])[\s/]*(?P<y>\d{4}|\d{2})")
_YEAR_TO = re.compile(rf"{_YEARS}\s*(?:to|up to|until|-)\s*(?P<m>{_NAME})\s*(?P<y>\d{{4}}|\d{{2}})?")
_PART_OF_YEAR = re.compile(
    rf"(?:the )?(?P<which>first|last)\s+{_COUNT}\s+(?P<unit>months?|quarters?)"
    rf"\s+of\s+{_YEARS}"
)
_YEARS_RANGE = re.compile(r"(?P<first>(?:19|20)\d\d)\s*[-/]\s*(?P<last>\d\d)")
_PART_ONLY = re.compile(rf"{_PART_KIND}\d{{1,2}}")
_BRACKETED = re.compile(r"(?P<said>[^()]+?)\s*\((?P<inside>[^()]+)\)")
_MONTH_WORDS = "|".join((*MONTHS, *(name[:3] for name in MONTHS), "sept"))
_KNOWN = (
    r"\d+(?:[-/.,:]\d+)*|[-/.,&+]+|(?:q|quarters?|h|half|m|months?|p|period|w|wk|week|fy|ay|cy|ytd)\d*|to|of|years?|date"
    rf"|academic|financial|calendar|contract|ending|ended|rolling|and|until|w/e|w/c|we|wc|{_MONTH_WORDS}"
)


def read_period(text: str, today: date, years: YearKind = FINANCIAL, usual: Length = Length.OTHER) -> Span:
    """The period that was typed or pasted.

    Args:
        text: As typed.
        today: The day on which it was typed.
        years: The kind of year that "Q3" and "2025/26" are of.
        usual: How long such periods are; then the first or last day of a month stands for the whole of it.

    Raises:
        NotUnderstood: It is no period, or it could be one of two.
    """
    words = _plain(text)
    for reader in _READERS:
        found = reader(words, today, years)
        if found is not None:
            return found
    return _of_a_day(_date(words, today), usual)


def _plain(text: str) -> str:
    words = " ".join(tidied(text).replace(",", " ").split()).removeprefix("as at ")
    words = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", words)
    words = re.sub(r"\s+00:00(?::00)?$", "", words)
    # "2025-26" is a year as much as "2025/26"; "2025-04" is a month.
    twin = re.fullmatch(r"(.*?)(\d{4})-(\d{2}|\d{4})(.*)", words)
    if twin and int(twin[3][-2:]) == (int(twin[2]) + 1) % 100:
        words = f"{twin[1]}{twin[2]}/{twin[3]}{twin[4]}"
    # So is "25-26" where it is no day of a month, alone or after "Q3".
    twin = re.fullmatch(rf"((?:{_PART_KIND}\d{{1,2}}\s+|fy\s*|ay\s*)?)(\d\d)-(\d\d)", words)
    if twin and int(twin[3]) == (int(twin[2]) + 1) % 100:
        words = f"{twin[1]}{twin[2]}/{twin[3]}"
    for ordinal, number in (("first", 1), ("second", 2), ("third", 3), ("fourth", 4)):
        words = re.sub(rf"\b{ordinal}\s+(quarter|half)\b", rf"\1 {number}", words)
    return re.sub(r"\b(\d)\s+(quarter|half)\b", r"\2 \1", words)


def _date(words: str, today: date) -> date:
    if _SERIAL.fullmatch(words):
        return EXCEL_BEGAN + timedelta(days=int(float(words.replace(" ", ""))))
    try:
        return parse_date(words, today)
    except NotUnderstood as trouble:
        if not trouble.foreign and "cannot be read" not in trouble.reason:
            raise
        raise cannot_be_read(words, _KNOWN, "a period", PERIOD_HINT) from None


def _of_a_day(day: date, usual: Length) -> Span:
    """The month, quarter or year that its first or last day stands for; else the day."""
    if usual.value > 0:
        if is_month_end(day):
            return Span(add_months(day.replace(day=1), 1 - usual.value), day)
        if day.day == 1:
            return Span(day, add_months(day, usual.value) - DAY)
    if usual is Length.WEEK:
        return Span(day - timedelta(days=6), day)
    return Span(day, day)


def _month_span(year: int, month: int) -> Span:
    if not 1 <= month <= 12:
        raise NotUnderstood(f"There is no month {month}.")
    return Span(date(year, month, 1), date(year, month, month_length(year, month)))


def _week(words: str, today: date, years: YearKind) -> Span | None:
    if found := _WEEK_ENDING.fullmatch(words):
        last = _date(found["day"], today)
        return Span(last - timedelta(days=6), last)
    if found := _WEEK_FROM.fullmatch(words):
        first = _date(found["day"], today)
        return Span(first, first + timedelta(days=6))
    if found := _ISO_WEEK.fullmatch(words):
        try:
            first = date.fromisocalendar(int(found["y"] or found["y2"]), int(found["w"] or found["w2"]), 1)
        except ValueError:
            raise NotUnderstood("There is no such week in that year.") from None
        return Span(first, first + timedelta(days=6))
    return None


def _part(words: str, today: date, years: YearKind) -> Span | None:
    if _PART_ONLY.fullmatch(words):
        raise NotUnderstood(f"{words.capitalize()} of which year?")
    found = _PART.fullmatch(words) or _PART_LAST.fullmatch(words)
    if found is None:
        return None
    length, number = _KINDS[found["kind"][0]], int(found["number"])
    if not 1 <= number <= 12 // length:
        raise NotUnderstood(f"There is no {found['kind']} {number} in a year.")
    if found["first"] is None and years != CALENDAR:
        first = years.span(int(found["rest"]))
        day = add_months(first.starts, (number - 1) * length)
        raise NotUnderstood(
            f"Which year? {words.capitalize()} may be {years.short(int(found['rest']))}, from {date_long(day)}."
        )
    year = _first_year(found) if found["first"] else int(found["rest"])
    return years.part(add_months(years.span(year).starts, (number - 1) * length), length)


def _parts(words: str, today: date, years: YearKind) -> Span | None:
    """Read "Q1 to Q3 2025/26"."""
    found = _PARTS.fullmatch(words)
    if found is None:
        return None
    first, last = (
        read_period(f"{found['kind']}{found[end]} {found['rest']}", today, years) for end in ("first", "last")
    )
    return _ordered(first.starts, last.ends)


def _year_ending(words: str, today: date, years: YearKind) -> Span | None:
    """Ask which year "FY26" is: some name it by its end, some by its beginning."""
    found = _YEAR_ENDING.fullmatch(words)
    if found is None or found["part"].endswith("/"):
        return None
    year = full_year(found["y"])
    meant = tuple(f"{found['part'].upper()} {years.short(first)}".strip() for first in (year - 1, year))
    raise NotUnderstood(f"Which year? {meant[0]}, or {meant[1]}.", meant)


def _week_of_year(words: str, today: date, years: YearKind) -> Span | None:
    if _WEEK_OF_YEAR.fullmatch(words):
        raise NotUnderstood("The weeks of a year are counted in several ways. Write the day on which this one ends.")
    return None


def _listed(words: str, today: date, years: YearKind) -> Span | None:
    """Read "Oct/Nov/Dec 2025": months that follow each other."""
    found = _LISTED.fullmatch(words)
    names = [name for name in re.findall(r"[a-z]+", found["names"]) if name != "and"] if found else []
    months = [number for name in names if (number := month_number(name)) is not None]
    if found is None or len(months) < 2 or len(months) < len(names):
        return None
    last = _month_span(full_year(found["y"]), months[-1])
    first = add_months(last.starts, 1 - len(months))
    if [add_months(first, place).month for place in range(len(months))] != months:
        raise NotUnderstood("These months do not follow each other. Write the first and the last.")
    return Span(first, last.ends)


def _bracketed(words: str, today: date, years: YearKind) -> Span | None:
    """Read "Quarter 3 (Oct-Dec 2025)": two names of one period."""
    found = _BRACKETED.fullmatch(words)
    if found is None:
        return None
    said = found["said"]
    if found["inside"].startswith("to "):
        return _range(f"{said} {found['inside']}", today, years)
    if _PART_ONLY.fullmatch(found["inside"]) or _PARTS.fullmatch(f"{found['inside']} 2000"):
        whole = read_period(said, today, years)
        inside = read_period(f"{found['inside']} {years.short(years.of(whole.starts))}", today, years)
    else:
        inside = read_period(found["inside"], today, years)
    if _PART_ONLY.fullmatch(said):
        said = f"{said} {years.short(years.of(inside.starts))}"
    outside = read_period(said, today, years)
    if outside != inside:
        raise NotUnderstood(f"{outside.words}, or {inside.words} as in brackets?", (outside.words, inside.words))
    return inside


def _part_of_year(words: str, today: date, years: YearKind) -> Span | None:
    """Read "first eight months of 2016/17", and ask what "2017-20" is."""
    if found := _PART_OF_YEAR.fullmatch(words):
        count = _count(found["count"])
        months = count * (3 if found["unit"].startswith("q") else 1)
        year = years.span(_first_year(found))
        if not 1 <= months <= 12:
            raise NotUnderstood(f"A year has no {months} months.")
        if found["which"] == "first":
            return Span(year.starts, add_months(year.starts, months) - DAY)
        return Span(add_months(year.ends + DAY, -months), year.ends)
    if (found := _YEARS_RANGE.fullmatch(words)) and int(found["last"]) > 12:
        first, last = int(found["first"]), full_year(found["last"])
        if last > first + 1:
            meant = tuple(f"{years.short(first)} to {years.short(end)}" for end in (last - 1, last))
            raise NotUnderstood(f"Which years? {meant[0]}, or {meant[1]}.", meant)
    return None


def _first_year(found: re.Match[str]) -> int:
    first, second = full_year(found["first"]), int(found["second"])
    if second not in (first + 1, (first + 1) % 100):
        raise NotUnderstood(f"{first}/{found['second']} is not one year: {FINANCIAL.short(first)} is.")
    return first


def _whole_year(words: str, today: date, years: YearKind) -> Span | None:
    if found := _YEAR.fullmatch(words):
        if len(found["first"]) == len(found["second"]) == 2 and int(found["second"]) <= 12 and "fy" not in words:
            return None  # 10/11 is a day
        kind = found["kind"] or ""
        named = ACADEMIC if kind.startswith("a") else FINANCIAL if kind.startswith("f") else years
        return named.span(_first_year(found))
    if found := _PLAIN_YEAR.fullmatch(words):
        year = int(found["y"])
        if not 1900 <= year <= 2199:
            return None
        if found["kind"] or years == CALENDAR:
            return CALENDAR.span(year)
        meant = (years.short(year), f"January to December {year}")
        raise NotUnderstood(f"Which year? {meant[0]}, or {meant[1]}.", meant)
    return None


def _to_date(words: str, today: date, years: YearKind) -> Span | None:
    found = _TO_DATE.fullmatch(words)
    if found is None:
        return None
    last = read_period(found["end"] or found["end2"], today, years).ends
    return Span(years.span(years.of(last)).starts, last)


def _ending(words: str, today: date, years: YearKind) -> Span | None:
    found = _ENDING.fullmatch(words)
    if found is None:
        return None
    last = read_period(found["end"], today, years).ends
    count, unit = _count(found["count"] or "1"), found["unit"] or found["name"]
    if not count:
        raise NotUnderstood("A period has a day at least.")
    if unit in _DAYS_OF:
        return Span(last - timedelta(days=count * _DAYS_OF[unit] - 1), last)
    months = count * _NAMES[unit]
    return Span(Length.MONTH.after(last, -months) + DAY, last)


def _count(words: str) -> int:
    return int(words) if words.isdigit() else _COUNTS.index(words) + 1


def _month(words: str, today: date, years: YearKind) -> Span | None:
    if found := _MONTH.fullmatch(words.replace("-", " ")):
        month = month_number(found["m"])
        return _month_span(full_year(found["y"]), month) if month else None
    if found := _NUMBERED.fullmatch(words):
        return _month_span(int(found["y"] or found["y2"]), int(found["m"] or found["m2"]))
    if (month := month_number(words)) is not None:
        raise NotUnderstood(f"{MONTHS[month - 1]} of which year?")
    return None


def _range(words: str, today: date, years: YearKind) -> Span | None:
    if found := _DAYS.fullmatch(words):
        month = month_number(found["m"])
        if month:
            year = full_year(found["y"])
            return _ordered(*(_date(f"{found[day]}/{month}/{year}", today) for day in ("d1", "d2")))
    if (
        (found := _MONTHS.fullmatch(words))
        and (month := month_number(found["m1"]))
        and (last := month_number(found["m2"]))
    ):
        year = full_year(found["y2"])
        first = full_year(found["y1"]) if found["y1"] else year - (month > last)
        return _ordered(_month_span(first, month).starts, _month_span(year, last).ends)
    if (upto := _year_to(words, years)) is not None:
        return upto
    parts = _TWO_MONTHS.split(words) if _TWO_MONTHS.search(words) else _TWO.split(words)
    if len(parts) == 2:
        starts, ends = (read_period(part, today, years) for part in parts)
        return _ordered(starts.starts, ends.ends)
    return None


def _year_to(words: str, years: YearKind) -> Span | None:
    """Read "2020/21 to Dec": a year up to a month of it."""
    found = _YEAR_TO.fullmatch(words)
    month = month_number(found["m"]) if found else None
    if found is None or month is None:
        return None
    starts = years.span(_first_year(found)).starts
    year = full_year(found["y"]) if found["y"] else starts.year + (month < years.month)
    return _ordered(starts, _month_span(year, month).ends)


def _ordered(starts: date, ends: date) -> Span:
    if ends < starts:
        raise NotUnderstood(f"{date_long(ends)} is before {date_long(starts)}.")
    return Span(starts, ends)


_READERS: tuple[Callable[[str, date, YearKind], Span | None], ...] = (
    _bracketed,
    _part_of_year,
    _week,
    _week_of_year,
    _to_date,
    _part,
    _parts,
    _year_ending,
    _listed,
    _month,
    _whole_year,
    _ending,
    _range,
)
