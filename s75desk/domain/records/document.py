"""Papers kept inside the desk; their bytes lie content-addressed beside the record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from s75desk.domain.fields import day, parent, text, whole
from s75desk.domain.records.base import Sourced


@dataclass(frozen=True, kw_only=True, slots=True)
class Document(Sourced):
    """A file attached to an agreement, a provider or a visit. ``sha256`` names its bytes; "" means no file kept."""

    KIND: ClassVar[str] = "document"
    NOUN: ClassVar[str] = "document"
    PLURAL: ClassVar[str] = "documents"
    FIND: ClassVar[tuple[str, ...]] = ("filename", "note")
    HAPPENS: ClassVar[Mapping[str, tuple[str, ...]]] = {"dated": ()}

    agreement: str | None = parent("Agreement", "agreement", required=False)
    provider: str | None = parent("Provider", "provider", required=False)
    visit: str | None = parent("Visit", "visit", required=False)
    title: str = text("Title", required=True)
    dated: date | None = day("Date of the paper")
    filename: str | None = text("File name", hidden=True)
    media_type: str | None = text("Type of file", hidden=True)
    size: int | None = whole("Size", unit="bytes", hidden=True)
    sha256: str | None = text("Fingerprint", hidden=True)
