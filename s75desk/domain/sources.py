"""Where figures come from: the day a source was published, and what may be cited as at a day."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import TypeVar

from s75desk.domain.dates import parse_date
from s75desk.domain.records.base import Record, Sourced
from s75desk.domain.refusals import NotUnderstood

R = TypeVar("R", bound=Record)

_DATE = re.compile(r"(\d{1,2}(?:st|nd|rd|th)?\s+[A-Z][a-z]+\s+\d{4}|\d{1,2}/\d{1,2}/\d{2,4}|\d{4}-\d{2}-\d{2})")


@lru_cache(maxsize=4096)
def date_of_source(source: str | None) -> date | None:
    """The last date named in a source, or None."""
    for found in reversed(_DATE.findall(source or "")):
        try:
            # A source names its year, so the day it is read on does not matter.
            return parse_date(found, date(2000, 1, 1))
        except NotUnderstood:
            continue
    return None


def as_cited(record: R, on: date) -> R:
    """The record without a source that was published after a day: a paper of that day could not cite it.

    What the record says stays: that the one paper at hand is a later one does not mean that it was not known before.
    """
    if isinstance(record, Sourced) and record.source and (date_of_source(record.source) or on) > on:
        return replace(record, source=None, paragraph=None)
    return record
