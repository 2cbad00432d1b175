"""What we inferred: which values of a record no paper states, why each stands there, and the word that says so.

A record holds it as an officer types it, a line a value: "Period to: the paper gives no date, the quarter's end is
used". The label is that of the form; "Period from, Period to: …" names several.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from s75desk.domain.fields import Field
from s75desk.domain.records.base import Record

INFERRED = "inferred"
"""The word beside such a value, wherever it is shown."""

_BESIDE = frozenset({"source", "paragraph", "known", "note", "private", "inferred", "sample"})


def inferences(record: Record) -> Mapping[str, str]:
    """Why each inferred value stands there, by the name of its field; values that are not known are left out."""
    text: str | None = getattr(record, "inferred", None)
    if not text:
        return {}
    return {
        field.name: why
        for label, why in lines_of(record, text)
        if (field := field_called(record, label)) is not None and getattr(record, field.name) not in (None, "")
    }


def why_inferred(record: Any, *names: str) -> str:
    """Why any of these fields is inferred, each reason once; "" if none of them is, or there is no record."""
    if record is None or not getattr(record, "inferred", None):
        return ""
    found = inferences(record)
    return "; ".join(dict.fromkeys(found[name] for name in names if name in found))


def marked(text: str, record: Any, *names: str) -> str:
    """``text``, with the word behind it if any of the fields that it shows is inferred: "30 Jun 2016, inferred"."""
    return f"{text}, {INFERRED}" if text and why_inferred(record, *names) else text


def lines_of(record: Record, text: str) -> Iterator[tuple[str, str]]:
    """Each label that a text names, with why; a line that names none has the label ""."""
    for line in filter(str.strip, text.splitlines()):
        labels, colon, why = line.partition(":")
        if not colon:
            yield "", line.strip()
            continue
        # A label may hold a comma itself: "End, if stated".
        whole = field_called(record, labels.strip()) is not None
        for label in [labels] if whole else labels.split(","):
            yield label.strip(), why.strip()


def field_called(record: Record, label: str) -> Field | None:
    """The field of the record with this label, however it is capitalised; None if there is none to infer."""
    for field in record.fields().values():
        if field.name not in _BESIDE and not field.parent and not field.hidden and _same(field.label, label):
            return field
    return None


def trouble_with(record: Record, text: str) -> str:
    """What is wrong with a text that names inferred values, in one sentence; "" if nothing is."""
    for label, why in lines_of(record, text):
        if not label:
            return f"“{why}” does not say which value: begin with its label and a colon, “Period to: …”."
        field = field_called(record, label)
        if field is None:
            return f"There is no field “{label}” here to be inferred."
        if not why:
            return f"Say why {field.label} is inferred."
    return ""


def _same(label: str, typed: str) -> bool:
    return label.replace("’", "'").casefold() == typed.replace("’", "'").casefold()
