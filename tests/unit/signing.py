"""Signatures as they come about in the window: given for what a visit says at that moment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from s75desk.domain.records import Record, VisitSignature
from s75desk.domain.visits.book import VisitBook


def stamped(book: VisitBook, records: Iterable[Record], also: Iterable[Record] = ()) -> list[Record]:
    """The records, the signatures among them given for the book with all the others, and with ``also``."""
    given = list(records)
    for record in (*given, *also):
        if not isinstance(record, VisitSignature):
            book = book.holding(record)
    book = replace(book, signatures={})
    return [book.stamped(record) if isinstance(record, VisitSignature) else record for record in given]
