"""Values as words: how a date, a sum, a share or a choice is written on every screen and page of the house.

Short dates ("31 Mar 2026") stand in tables, long ones ("31 March 2026") in sentences. Rounding is half up, as it is
done by hand. What is not known is written ``NOT_KNOWN``, never as nothing and never as nought.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from s75desk.domain.fields import Field, FieldType

NOT_KNOWN = "Not known"
MINUS = "\N{MINUS SIGN}"
TIMES = "\N{MULTIPLICATION SIGN}"
DIVIDE = "\N{DIVISION SIGN}"
APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}"

# Not strftime: month and day names must stay English whatever the locale of the machine.
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_COUNTS = (
    "No",
    "One",
    "Two",
    "Three",
    "Four",
    "Five",
    "Six",
    "Seven",
    "Eight",
    "Nine",
    "Ten",
    "Eleven",
    "Twelve",
    "Thirteen",
    "Fourteen",
    "Fifteen",
    "Sixteen",
    "Seventeen",
    "Eighteen",
    "Nineteen",
    "Twenty",
)


# --- dates -------------------------------------------------------------------------------------------------------


def date_short(day: date) -> str:
    """A date for a table: "31 Mar 2026"."""
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def date_long(day: date) -> str:
    """A date for a sentence: "31 March 2026"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def short_dates(text: str) -> str:
    """A phrase with its months shortened and years left out, for a narrow column: "Decide by 31 Mar"."""
    for month in MONTHS:
        text = re.sub(rf"(\d{{1,2}}) {month}( \d{{4}})?", rf"\1 {month[:3]}", text)
    return text


def weekday_date(day: date) -> str:
    """A date with its day of the week: "Monday 2 February 2026"."""
    return f"{WEEKDAYS[day.weekday()]} {date_long(day)}"


def moment_text(moment: datetime, zone: tzinfo | None = None) -> str:
    """A moment as "2 Feb 2026, 10:42", in ``zone`` or in UTC; a moment without an offset is taken as UTC."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    local = aware.astimezone(zone or UTC)
    return f"{date_short(local.date())}, {local:%H:%M}"


def time_and_day(local: datetime, today: date) -> str:
    """A moment in local time as read on a day: "13:06 today", "13:06 on 2 Feb 2026"."""
    return f"{local:%H:%M} {'today' if local.date() == today else f'on {date_short(local.date())}'}"


def month_year(day: date) -> str:
    """The month of a date: "January 2024"."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def financial_year(year: int) -> str:
    """The financial year that starts on 1 April of ``year``: 2016 is "2016/17"."""
    return f"{year}/{(year + 1) % 100:02d}"


def financial_year_of(day: date) -> int:
    """The calendar year in which the financial year (1 April to 31 March) of ``day`` starts."""
    return day.year if day.month >= 4 else day.year - 1


def period_words(starts: date | None, ends: date) -> str:
    """A period in the shortest usual words.

    "2016/17" for a financial year, "January 2024" for a month, "April to November 2016" for whole months,
    "31 January 2018" for a day or where the start is not known, else both dates in full.
    """
    if starts is None or starts == ends:
        return date_long(ends)
    whole_months = starts.day == 1 and (ends + timedelta(days=1)).day == 1
    if not whole_months or starts > ends:
        return f"{date_long(starts)} to {date_long(ends)}"
    if (starts.month, ends.month) == (4, 3) and ends.year == starts.year + 1:
        return financial_year(starts.year)
    if (starts.year, starts.month) == (ends.year, ends.month):
        return month_year(ends)
    if starts.year == ends.year:
        return f"{MONTHS[starts.month - 1]} to {month_year(ends)}"
    return f"{month_year(starts)} to {month_year(ends)}"


def days_phrase(day: date, today: date) -> str:
    """How far off a due date is: "57 days left", "tomorrow", "today", "12 days late"."""
    left = (day - today).days
    if left == 0:
        return "today"
    if left == 1:
        return "tomorrow"
    return f"{plural(left, 'day')} left" if left > 0 else f"{plural(-left, 'day')} late"


# --- figures -----------------------------------------------------------------------------------------------------


def rounded(value: Decimal, places: int = 0) -> Decimal:
    """``value`` rounded half up to ``places`` decimals: 3,199.5 becomes 3,200."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def number(value: Decimal | int, places: int | None = None) -> str:
    """A figure with thousands separators: "3,199.5".

    Args:
        value: The figure.
        places: Exactly so many decimals, rounded half up; None writes the figure as it is without trailing noughts.
    """
    exact = Decimal(value)
    if places is not None:
        text = f"{abs(rounded(exact, places)):,f}"
    else:
        text = f"{abs(exact):,f}"
        if "." in text:
            text = text.rstrip("0").rstrip(".")
    nought = not text.strip("0.,")
    return text if exact >= 0 or nought else MINUS + text


def signed(value: Decimal | int, places: int | None = None) -> str:
    """A figure with its sign always shown, for a difference: "+3.9", a minus and "125", "0"."""
    text = number(value, places)
    return f"+{text}" if value > 0 and text.strip("0.,") else text


def pounds(value: Decimal | int) -> str:
    """Pounds with thousands separators, pence only where there are any: "£10,193,315", "£13.50"."""
    exact = rounded(Decimal(value), 2)
    text = number(abs(exact), 0 if exact == exact.to_integral_value() else 2)
    return f"{MINUS if exact < 0 else ''}£{text}"


def pounds_short(value: Decimal | int) -> str:
    """Pounds to three figures for a narrow place: "£1.81m", "£372k", "£950"."""
    exact = Decimal(value)
    size = abs(exact)
    sign = MINUS if exact < 0 else ""
    for unit, letter in ((10**9, "bn"), (10**6, "m"), (10**3, "k")):
        # 999,500 is a million to three figures, not "£1,000k".
        if size >= unit or (unit > 10**3 and size >= unit * Decimal("0.9995")):
            scaled = size / unit
            places = max(0, 2 - scaled.adjusted())
            return f"{sign}£{number(rounded(scaled, places))}{letter}"
    return pounds(exact)


def percent(value: Decimal | int, places: int | None = None) -> str:
    """A percentage: "49.87%". ``places`` as for :func:`number`."""
    return f"{number(value, places)}%"


def share_of(part: Decimal | int, whole: Decimal | int) -> Decimal | None:
    """``part`` as a percentage of ``whole``, not rounded; None where ``whole`` is nought."""
    return Decimal(part) * 100 / Decimal(whole) if whole else None


# --- words -------------------------------------------------------------------------------------------------------


def plural(count: Decimal | int, noun: str, plural_noun: str = "") -> str:
    """A count with its noun: "1 action", "3 actions", "0 parties". ``plural_noun`` where the rule would be wrong."""
    return f"{number(count)} {noun if count == 1 else plural_noun or _plural_of(noun)}"


def _plural_of(noun: str) -> str:
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("s", "x", "ch", "sh")) else f"{noun}s"


def count_words(count: int) -> str:
    """A count for the start of a heading: "Fourteen", "No", and figures from 21 on."""
    return _COUNTS[count] if 0 <= count < len(_COUNTS) else number(count)


def ordinal(count: int) -> str:
    """A place in an order: "1st", "2nd", "13th"."""
    suffix = "th" if count % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")
    return f"{number(count)}{suffix}"


def months_words(months: int) -> str:
    """A length of time: 36 is "3 years", 18 is "18 months"."""
    return plural(months // 12, "year") if months and months % 12 == 0 else plural(months, "month")


def list_words(parts: Iterable[str], joiner: str = "and") -> str:
    """Things in a row: "a, b and c"."""
    known = list(parts)
    return f"{', '.join(known[:-1])} {joiner} {known[-1]}" if len(known) > 1 else "".join(known)


def sentence_case(text: str) -> str:
    """``text`` with a capital first letter and the rest as it is."""
    return text[:1].upper() + text[1:]


def inside(words: str) -> str:
    """Words as they stand inside a sentence: a small first letter, unless they begin with an abbreviation."""
    return words if words[:2].isupper() else words[:1].lower() + words[1:]


# --- any field ---------------------------------------------------------------------------------------------------


def value_text(
    field: Field,
    value: Any,
    *,
    names: Mapping[str, str] | None = None,
    long: bool = False,
    unit: bool = False,
    zone: tzinfo | None = None,
) -> str:
    """The value of any field as text to read; "Not known" for None and for empty text.

    Args:
        field: The description of the field.
        value: Its value, of the Python type that goes with ``field.type``.
        names: Headings of records by uid, for references; a uid without a name is written "Not known".
        long: Dates as in a sentence ("31 March 2026") rather than as in a table ("31 Mar 2026").
        unit: Whether the field's unit follows a figure: "36 months", "£2,038,663 a year", "5%".
        zone: The zone in which moments are shown, UTC if not given.
    """
    if value is None or value == "":
        return NOT_KNOWN
    text = _plain_value(field, value, names or {}, long, zone)
    if not unit or not field.unit or field.type not in (FieldType.MONEY, FieldType.NUMBER, FieldType.WHOLE):
        return text
    if field.unit == "%":
        return f"{text}%"
    singular = value == 1 and field.unit in ("months", "days", "bytes")
    return f"{text} {field.unit[:-1] if singular else field.unit}"


def _plain_value(field: Field, value: Any, names: Mapping[str, str], long: bool, zone: tzinfo | None) -> str:
    match field.type:
        case FieldType.DATE:
            return date_long(value) if long else date_short(value)
        case FieldType.MOMENT:
            return moment_text(value, zone)
        case FieldType.MONEY:
            return pounds(value)
        case FieldType.NUMBER | FieldType.WHOLE:
            return number(value)
        case FieldType.YES_NO:
            return "Yes" if value else "No"
        case FieldType.YEAR:
            return financial_year(value)
        case FieldType.REFERENCE:
            return names.get(value, NOT_KNOWN)
        case FieldType.CHOICE:
            return str(getattr(value, "word", value))
        case _:
            return str(value)
