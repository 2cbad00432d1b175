"""Words of the officer's own that records are put together by: a tag, and each record that has it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from s75desk.domain.fields import parent, text
from s75desk.domain.records.base import Sourced

MOST_LETTERS = 40
"""The longest name of a tag: it stands on a chip."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Tag(Sourced):
    """A word, or a few, that records can have in common."""

    KIND: ClassVar[str] = "tag"
    NOUN: ClassVar[str] = "tag"
    PLURAL: ClassVar[str] = "tags"
    TITLE: ClassVar[tuple[str, ...]] = ("name",)
    FOUND: ClassVar[bool] = False

    name: str = text("Name", required=True, unique=True)


@dataclass(frozen=True, kw_only=True, slots=True)
class Tagged(Sourced):
    """That one record has a tag; it goes with the tag and with the record."""

    KIND: ClassVar[str] = "tagged"
    NOUN: ClassVar[str] = "tagged record"
    PLURAL: ClassVar[str] = "tagged records"
    TITLE: ClassVar[tuple[str, ...]] = ("tag",)
    FOUND: ClassVar[bool] = False

    tag: str = parent("Tag", "tag")
    agreement: str | None = parent("Agreement", "agreement", required=False)
    provider: str | None = parent("Provider", "provider", required=False)
    service: str | None = parent("Service", "service", required=False)
    visit: str | None = parent("Visit", "visit", required=False)
    kpi: str | None = parent("KPI", "kpi", required=False)
    action: str | None = parent("Action", "action", required=False)
    document: str | None = parent("Document", "document", required=False)


TAGGABLE: tuple[str, ...] = tuple(name for name, field in Tagged.fields().items() if field.parent and name != "tag")
"""Kinds of record that can have tags."""
