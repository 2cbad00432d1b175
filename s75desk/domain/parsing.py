"""What people type, turned into values; the inverse of ``wording`` wherever that makes sense.

Every function raises :class:`NotUnderstood` with a reason in a plain sentence. Figures are British: a comma groups
thousands, a point is the decimal point. Nothing is rounded or guessed: what cannot be kept exactly is refused.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from s75desk.domain.dates import DATE_HINT, full_year, parse_date
from s75desk.domain.fields import Choice, Field, FieldType
from s75desk.domain.length_reading import HINT as LENGTH_HINT
from s75desk.domain.length_reading import parse_length
from s75desk.domain.money.typed import MONEY_HINT, held_amount, read_amount
from s75desk.domain.refusals import NotUnderstood, cannot_be_read
from s75desk.domain.wording import (
    MINUS,
    date_long,
    financial_year,
    list_words,
    number,
    pounds,
)

__all__ = [
    "NotUnderstood",
    "field_text",
    "parse_choice",
    "parse_date",
    "parse_field",
    "parse_financial_year",
    "parse_money",
    "parse_number",
    "parse_percent",
    "parse_time",
    "parse_whole",
    "parse_yes_no",
]

C = TypeVar("C", bound=Choice)

NUMBER_HINT = "A figure such as 3,500 or 51.06."
PERCENT_HINT = "A percentage such as 95% or 49.87%."
WHOLE_HINT = "A whole number such as 12."
TIME_HINT = "A time such as 09:30 or 2pm."
YEAR_HINT = "A financial year such as 2016/17."
YES_NO_HINT = "Yes or No, or leave it empty if it is not known."

_FIGURE = re.compile(r"(\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+|\d+)?(\.\d+)?")
_SIZES = {
    "k": 1_000,
    "thousand": 1_000,
    "m": 1_000_000,
    "mn": 1_000_000,
    "million": 1_000_000,
    "bn": 1_000_000_000,
    "billion": 1_000_000_000,
}
_SIZE = re.compile(rf"(?P<rest>.*[\d.])\s*(?P<size>{'|'.join(sorted(_SIZES, key=len, reverse=True))})")
_PER_CENT = re.compile(r"\s*(?:%|per\s?cent|percent|pc)$")
_TIME = re.compile(r"(?P<h>\d{1,2})(?:[:.h ]?(?P<m>\d{2}))?\s*(?P<half>[ap]\.?m\.?)?")
_TWO_YEARS = re.compile(r"(?:fy\s*)?(?P<first>\d{4}|\d{2})\s*[-/\u2013]\s*(?P<second>\d{4}|\d{2})")
UNKNOWN = {"not known", "unknown", "n/k", "nk"}


# --- figures -----------------------------------------------------------------------------------------------------


def _figure(text: str, hint: str, *, sizes: bool = True) -> Decimal:
    """Read digits, groups, a sign, brackets for a negative and a size such as "m" or "thousand"."""
    words = " ".join(text.lower().replace(MINUS, "-").replace("\u2013", "-").replace("\N{NO-BREAK SPACE}", " ").split())
    negative = False
    if words.startswith("(") and words.endswith(")"):
        negative, words = True, words[1:-1].strip()
    elif words.startswith(("-", "+")):
        negative, words = words[0] == "-", words[1:].strip()
    size = 1
    if sizes and (found := _SIZE.fullmatch(words)):
        words, size = found["rest"].strip(), _SIZES[found["size"]]
    digits = _FIGURE.fullmatch(words)
    if not words or digits is None:
        raise _no_figure(words, hint)
    if len(digits[2] or "") > 10 or len(digits[1] or "") > 19:
        raise NotUnderstood("A figure below a million million, with at most nine decimals.")
    value = Decimal(words.replace(",", "").replace(" ", "")) * size
    if value >= 10**12:
        raise NotUnderstood("A figure below a million million, with at most nine decimals.")
    return -value if negative and value else value


def _no_figure(words: str, hint: str) -> NotUnderstood:
    """What of it is no figure."""
    if not re.search(r"\d", words):
        return NotUnderstood(f"“{words}” has no figure in it." if words else hint, foreign=True)
    if (wrong := re.search(r"[\d.]*,[\d.,]*", words)) and not re.search(r"[a-z]", words):
        return NotUnderstood(f"“{wrong[0]}”: a comma groups thousands, as in 1,230, and a point comes before parts.")
    if re.fullmatch(r"(?:between )?[\d.,]+\s*%?\s*(?:-|\u2013|to|and)\s*[\d.,]+", words):
        return NotUnderstood("This is a range, and a figure is one value. Type one, and the range in the comment.")
    if wrong := re.search(r"\d*\.\d*\.[\d.]*", words):
        return NotUnderstood(f"“{wrong[0]}” has a point in the wrong place.")
    return cannot_be_read(words, rf"[\d.,]+|[-+£%]|{'|'.join(_SIZES)}", "a figure", hint)


def parse_money(text: str) -> Decimal:
    """One amount in pounds to the penny, or a sum: "£1.81m", "372,000 + 374,000", "50p", "(500)" for a negative.

    Raises:
        NotUnderstood: It is no amount, or it is about, a range or none at all, which one amount cannot hold.
    """
    value = held_amount(None, read_amount(text))
    return Decimal("0.00") if value is None else value


def parse_number(text: str) -> Decimal:
    """Any figure: "3,500", "-1.5", "51.06", "1.5 million". A "%" or "£" beside it is read over.

    Raises:
        NotUnderstood: It is no figure.
    """
    words = _PER_CENT.sub("", text.strip().lower())
    words = re.sub(r"^([-+(\u2212\s]*)£\s*", r"\1", words)
    return _figure(words, NUMBER_HINT)


def parse_percent(text: str) -> Decimal:
    """A percentage as its number: "95%", "95 per cent" and "95" are all Decimal("95").

    Raises:
        NotUnderstood: It is no percentage.
    """
    return _figure(_PER_CENT.sub("", text.strip().lower()), PERCENT_HINT, sizes=False)


def parse_whole(text: str) -> int:
    """A whole number: "12", "8,400", "57k".

    Raises:
        NotUnderstood: It is no whole number.
    """
    value = _figure(text, WHOLE_HINT)
    if value != value.to_integral_value():
        raise NotUnderstood(f"“{text.strip()}” is no whole number.")
    return int(value)


# --- times, years, words -----------------------------------------------------------------------------------------


def parse_time(text: str) -> str:
    """A time of day as "HH:MM": "9.30", "0930", "9:30am", "2pm", "9", "noon".

    Raises:
        NotUnderstood: It is no time of day.
    """
    words = text.strip().lower()
    if words in ("noon", "midday"):
        return "12:00"
    found = _TIME.fullmatch(words)
    if found is None:
        raise NotUnderstood(TIME_HINT)
    hour, minute = int(found["h"]), int(found["m"] or 0)
    if found["half"]:
        if not 1 <= hour <= 12:
            raise NotUnderstood(TIME_HINT)
        hour = hour % 12 + (12 if found["half"].startswith("p") else 0)
    if hour > 23 or minute > 59:
        raise NotUnderstood(TIME_HINT)
    return f"{hour:02d}:{minute:02d}"


def parse_financial_year(text: str) -> int:
    """The calendar year in which a financial year starts: "2016/17", "2016-17", "16/17" and "2016" are all 2016.

    Raises:
        NotUnderstood: It is no financial year, or its two halves do not follow each other.
    """
    words = text.strip().lower()
    if re.fullmatch(r"(?:fy\s*)?(?:19|20|21)\d\d", words):
        return int(words[-4:])
    found = _TWO_YEARS.fullmatch(words)
    if found is None:
        raise NotUnderstood(YEAR_HINT)
    first = full_year(found["first"])
    second = int(found["second"])
    if not 1900 <= first <= 2199:
        raise NotUnderstood(YEAR_HINT)
    if second not in (first + 1, (first + 1) % 100):
        raise NotUnderstood(f"{text.strip()} is not one year. The year from April {first} is {financial_year(first)}.")
    return first


def parse_yes_no(text: str) -> bool | None:
    """True, False, or None for "Not known".

    Raises:
        NotUnderstood: It is none of these.
    """
    words = text.strip().lower()
    if words in ("yes", "y", "true"):
        return True
    if words in ("no", "n", "false"):
        return False
    if not words or words in UNKNOWN:
        return None
    raise NotUnderstood(YES_NO_HINT)


def _initials(member: Choice) -> str:
    """The first letters of the words: "ri" for "Requires improvement"."""
    return "".join(word[0] for word in member.value.lower().split())


def parse_choice(text: str, choices: type[C]) -> C:
    """The member of ``choices`` meant by its word in any case, a beginning that only one has, or first letters: "RI".

    Raises:
        NotUnderstood: No member is meant, or more than one.
    """
    words = " ".join(text.lower().split())
    for member in choices:
        if words in (member.value.lower(), member.name.lower().replace("_", " ")):
            return member
    begun = [member for member in choices if words and member.value.lower().startswith(words)]
    if len(begun) == 1:
        return begun[0]
    short = [member for member in choices if len(words) > 1 and _initials(member) == words]
    if len(short) == 1 and not begun:
        return short[0]
    offered = begun or list(choices)
    raise NotUnderstood(f"One of: {list_words((member.word for member in offered), 'or')}.")


# --- any field ---------------------------------------------------------------------------------------------------


def holds_time(field: Field) -> bool:
    """Whether a line of text holds a time of day: the fields called ``at`` of meetings and visits."""
    return field.type is FieldType.TEXT and field.name == "at"


def parse_field(field: Field, text: str, today: date) -> Any:
    """The value that ``text`` means for ``field``; None where it is empty or says "Not known".

    A required line or paragraph of text that is empty is "" rather than None, as in the record classes.

    Raises:
        NotUnderstood: It cannot be read as that type of field.
    """
    stripped = text.strip()
    if field.type in (FieldType.TEXT, FieldType.LONG_TEXT):
        return _parse_text(field, text)
    if not stripped or stripped.lower() in UNKNOWN:
        return None
    match field.type:
        case FieldType.DATE:
            return parse_date(stripped, today)
        case FieldType.MOMENT:
            return _parse_moment(stripped)
        case FieldType.MONEY:
            return held_amount(field, read_amount(stripped))
        case FieldType.NUMBER:
            return parse_percent(stripped) if field.unit == "%" else parse_number(stripped)
        case FieldType.WHOLE:
            return _parse_whole_field(field, stripped)
        case FieldType.LENGTH:
            return parse_length(stripped, field.asks)
        case FieldType.YES_NO:
            return parse_yes_no(stripped)
        case FieldType.YEAR:
            return parse_financial_year(stripped)
        case FieldType.CHOICE if field.choices is not None:
            return parse_choice(stripped, field.choices)
        case _:
            return stripped


def _parse_text(field: Field, text: str) -> str | None:
    if field.type is FieldType.TEXT:
        words = " ".join(text.split())
    else:
        words = "\n".join(line.rstrip() for line in text.splitlines()).strip("\n")
    if not words.strip():
        return "" if field.required else None
    return parse_time(words) if holds_time(field) else words


def _parse_moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise NotUnderstood("A moment such as 2026-02-02 10:42.") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _parse_whole_field(field: Field, text: str) -> int:
    if field.unit == "days" and (weeks := re.fullmatch(r"(\d{1,5})\s*(?:weeks?|wks?|w)", text.lower())):
        return int(weeks[1]) * 7
    if field.name == "quarter":
        text = re.sub(r"^(?:q|quarter|qtr)\s*(?=\d)", "", text.strip(), flags=re.IGNORECASE)
    if field.unit == "days":
        if re.search(r"\b(?:working|business) days?$", text, re.IGNORECASE):
            raise NotUnderstood("Type the number alone, and choose working days where the form asks for the clock.")
        text = re.sub(r"\s*calendar(?= days?$)", "", text, flags=re.IGNORECASE)
    if field.unit:
        singular = field.unit.removesuffix("s")
        text = re.sub(rf"\s*{re.escape(singular)}s?$", "", text, flags=re.IGNORECASE)
    return parse_whole(text)


def field_text(field: Field, value: Any) -> str:
    """The text to put into an editor for ``value``; "" for None. ``parse_field`` gives the value back."""
    if value is None:
        return ""
    match field.type:
        case FieldType.DATE:
            return date_long(value)
        case FieldType.MOMENT:
            return str(value.isoformat(sep=" "))
        case FieldType.MONEY:
            return pounds(value)
        case FieldType.NUMBER:
            return f"{number(value)}%" if field.unit == "%" else number(value)
        case FieldType.WHOLE:
            return number(value)
        case FieldType.YES_NO:
            return "Yes" if value else "No"
        case FieldType.YEAR:
            return financial_year(value)
        case FieldType.CHOICE:
            return str(getattr(value, "word", value))
        case _:
            return str(value)


def hint_for(field: Field) -> str:
    """What an editor for ``field`` understands, in a sentence, for a tip or a screen reader; "" for plain text."""
    if holds_time(field):
        return TIME_HINT
    if field.type is FieldType.WHOLE:
        return WHOLE_HINT
    if field.type is FieldType.NUMBER:
        return PERCENT_HINT if field.unit == "%" else NUMBER_HINT
    return {
        FieldType.DATE: DATE_HINT,
        FieldType.MONEY: MONEY_HINT,
        FieldType.YES_NO: YES_NO_HINT,
        FieldType.YEAR: YEAR_HINT,
        FieldType.LENGTH: LENGTH_HINT,
    }.get(field.type, "")
