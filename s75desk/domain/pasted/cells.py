"""What one pasted cell looks like before its column is known: a figure, a period, something like either, or words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import pairwise

from s75desk.domain.dates import EXCEL_BEGAN, month_number
from s75desk.domain.months import is_month_end
from s75desk.domain.no_value import read_written
from s75desk.domain.periods.reading import read_period
from s75desk.domain.periods.span import Length
from s75desk.domain.periods.years import YearKind
from s75desk.domain.refusals import NotUnderstood

IsPeriod = Callable[[str], bool]
_PERIOD_WORDS = re.compile(
    r"\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)(?:uary|ruary|ch|il|ust|tember|ober|ember)?\b"
    r"|\b(?:q|quarter|half|week|wk|year|ytd|fy)\s*\d|\bw/[ec]\b|\b(?:19|20)\d\d\s*[/-]\s*\d\d\b|\b(?:19|20)\d\d\b.*[a-z]",
    re.IGNORECASE,
)
_SERIALS = range(29221, 73051)
_YEARS = range(1980, 2100)


def reads(cell: str) -> bool:
    """Whether a cell is a figure, a word for why there is none, or empty."""
    try:
        read_written(cell, None)
    except NotUnderstood:
        return False
    return True


def is_figure(cell: str) -> bool:
    """Whether a cell has a figure in it and is one."""
    return any(letter.isdigit() for letter in cell) and reads(cell)


def bare(cell: str) -> bool:
    """Whether a cell is digits alone, which may be a figure, a year or the number of a day."""
    return cell.replace(",", "").replace(".", "").isdigit()


def looks_like_period(cell: str, today: date, years: YearKind, usual: Length) -> bool:
    """Whether a cell names a period, be it one that has to be asked about: "Quarter 1", "2020/21 (to Dec 2020)"."""
    if month_number(cell) is not None:
        return True
    if not cell or bare(cell):
        return False
    try:
        read_period(cell, today, years, usual)
    except NotUnderstood as trouble:
        if not trouble.foreign and "cannot be read" not in trouble.reason:
            return True
        return _PERIOD_WORDS.search(cell) is not None and not reads(cell)
    return True


def numbered_periods(cells: Sequence[str]) -> bool:
    """Whether bare figures are years that follow each other, or Excel's numbers of first or last days of months."""
    numbers = [int(cell) for cell in cells if cell.isascii() and cell.isdigit()]
    if len(numbers) < 2 or len(numbers) < len(cells):
        return False
    steps = [later - earlier for earlier, later in pairwise(numbers)]
    if len(set(steps)) == 1 and steps[0] in (1, -1):
        return all(each in _YEARS for each in numbers)
    if not all(each in _SERIALS for each in numbers):
        return False
    days = [EXCEL_BEGAN + timedelta(days=each) for each in numbers]
    weekly = len(set(steps)) == 1 and abs(steps[0]) == 7
    return weekly or all(day.day == 1 for day in days) or all(is_month_end(day) for day in days)


def bare_year(cell: str) -> bool:
    """Whether a cell is a year alone: "2023"."""
    return cell.isdigit() and len(cell) == 4 and int(cell) in _YEARS


def worded(cell: str) -> bool:
    """Whether a cell is words: no figure, no word for why there is none, and no digit that a figure could hide in."""
    letters = any(letter.isalpha() for letter in cell)
    return letters and not reads(cell) and not any(letter.isdigit() for letter in cell)
