"""Terms that are agreed and do not hold yet: what a deed, or a value from a day, will change, and from when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from s75desk.domain.as_at import as_held
from s75desk.domain.field_text import text_to_value
from s75desk.domain.fields import Field
from s75desk.domain.records import Agreement
from s75desk.domain.records.dated import DatedValue
from s75desk.domain.term_history import later_of_end_and_length


@dataclass(frozen=True, slots=True)
class ComingTerms:
    """Terms of an agreement that become others on a day.

    Attributes:
        since: The first day on which they hold.
        known: When they were agreed, or became known.
        title: What brings them: the deed, or the reason in a phrase; "" if that is not recorded.
        deed: Whether a deed of variation brings them.
        changes: The fields that change, each with its new value.
        agreement: The agreement as it will be on that day.
        cited: Where it stands; "" if that is not recorded.
        later: Which of end and length was given from the later day by then (``TermHistory``).
    """

    since: date
    known: date
    title: str
    deed: bool
    changes: tuple[tuple[Field, Any], ...]
    agreement: Agreement
    cited: str = ""
    later: str = ""


def coming_terms(stored: Agreement, dated: Iterable[DatedValue], on: date) -> tuple[ComingTerms, ...]:
    """What is known on a day to change later, the earliest first.

    Args:
        stored: The agreement with the values it had from the start.
        dated: Values of its fields from a day, those in deeds of variation too.
        on: The day.
    """
    known = [one for one in dated if one.archived_at is None and one.since and (one.known or one.since) <= on]
    groups: dict[tuple[date, str, str], list[DatedValue]] = {}
    for one in known:
        if one.since and one.since > on:
            groups.setdefault((one.since, one.KIND, one.reason or ""), []).append(one)
    found = []
    for (since, kind, title), values in sorted(groups.items(), key=lambda item: item[0]):
        will_be = as_held(stored, since, [replace(one, known=None) for one in known])
        fields = stored.fields()
        changes = [(fields[one.field or ""], text_to_value(fields[one.field or ""], one.value)) for one in values]
        shown = tuple((field, value) for field, value in changes if not field.hidden)
        if shown:
            told = max(one.known or on for one in values)
            cited = next((one.cited for one in values if one.source), "")
            later = later_of_end_and_length(stored, [replace(one, known=None) for one in known], since)
            found.append(ComingTerms(since, told, title, kind != DatedValue.KIND, shown, will_be, cited, later))
    return tuple(found)
