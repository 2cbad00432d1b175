"""What every record has: an identity that survives merging, and when it was archived."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, ClassVar

from s75desk.domain.fields import Field, day, described, long_text, text, yes_no


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """Base of every record class; a subclass adds fields made by ``domain/fields.py``.

    Attributes:
        KIND: Name of the kind: the table's name, and what ``Changes`` carries.
        NOUN: What an officer calls one of them: "agreement".
        PLURAL: What an officer calls several.
        TITLE: Names of the fields that make its title, the first that is known wins.
        FIND: Names of the fields that Ctrl+K searches besides the title.
        FOUND: Whether Ctrl+K finds it; what is written at every key press or found by its owner is left out.
        HAPPENS: Days before which it was not there. Where a day is given names of fields, only if one of them is known
            and is not "no": a meeting is planned until what was agreed at it is known.
        KNOWN_WITH: Days on which something became known, the last first, and which fields with it. A field was not
            known before, or it was the choice given here, or what its value maps to.
        OUTTURN: Fields and values, any set of which only a period that is over can have; ``year`` and ``quarter`` say
            which it is. A day on which it became known (``HAPPENS``) tells more than these, and so do words.
        FORETOLD: A field whose words tell that it is no such thing, and what these begin with.
        PLANNED: Days that show that it was planned: one without any was not there before the days of ``KNOWN_WITH``.
        FORMERLY: Names that fields had in earlier versions, and what they are called now; history keeps the old ones.
        SEALED: Written once by the service it belongs to, and never changed or archived by anyone.
        uid: UUID in text; "" until the record is first saved.
        archived_at: When it was archived (UTC), or None while it is live.
    """

    KIND: ClassVar[str] = ""
    NOUN: ClassVar[str] = ""
    PLURAL: ClassVar[str] = ""
    TITLE: ClassVar[tuple[str, ...]] = ("title",)
    FIND: ClassVar[tuple[str, ...]] = ()
    FOUND: ClassVar[bool] = True
    SEALED: ClassVar[bool] = False
    HAPPENS: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    KNOWN_WITH: ClassVar[Mapping[str, Mapping[str, Any]]] = {}
    OUTTURN: ClassVar[tuple[Mapping[str, tuple[Any, ...]], ...]] = ()
    FORETOLD: ClassVar[tuple[str, tuple[str, ...]]] = ("", ())
    PLANNED: ClassVar[tuple[str, ...]] = ()
    FORMERLY: ClassVar[Mapping[str, str]] = {}

    uid: str = ""
    archived_at: datetime | None = None

    @classmethod
    def fields(cls) -> Mapping[str, Field]:
        """The described fields by name, in the order of the form."""
        return _fields(cls)  # type: ignore[arg-type]  # a class is hashable; mypy looks at its instances

    @classmethod
    def field_named(cls, name: str) -> Field | None:
        """The field of this name, or the one that had it in an earlier version; None if there is none."""
        return cls.fields().get(cls.FORMERLY.get(name, name))

    @classmethod
    def owning_field(cls) -> Field | None:
        """The first reference that says which record owns this one, or None."""
        return next((field for field in cls.fields().values() if field.parent), None)

    @classmethod
    def happens(cls) -> Mapping[str, tuple[str, ...]]:
        """``HAPPENS`` with the day since which it was known, for kinds that may say so."""
        return {**({"known": ()} if "known" in cls.fields() else {}), **cls.HAPPENS}

    @property
    def heading(self) -> str:
        """The title of this record, or "Untitled" and its noun while it has none."""
        for name in self.TITLE:
            value = getattr(self, name)
            if value not in (None, ""):
                return str(value)
        return f"Untitled {self.NOUN}"


@cache
def _fields(cls: type[Record]) -> Mapping[str, Field]:
    found = described(cls)
    own = {name: field for name, field in found.items() if name not in _CITATION}
    return own | {name: found[name] for name in _CITATION if name in found}


_CITATION = ("source", "paragraph", "known", "note", "private", "inferred", "sample")


@dataclass(frozen=True, kw_only=True, slots=True)
class Sourced(Record):
    """A record that may say where its figures come from. A subclass's own fields come before these in a form.

    A note prints unless it is ``private``; None is a note that an older desk brought along and nobody has decided on,
    and stays private. ``inferred`` names values that no paper states, a line each, with why (``domain/inferred.py``).
    """

    source: str | None = text("Source", hint="Report or paper the figures come from, with its date.")
    paragraph: str | None = text("Paragraph", hint="Paragraph, table or appendix of the source.")
    known: date | None = day(
        "Known since", hint="If that is later than it was so: the day it was decided, received or published."
    )
    note: str | None = long_text("Note", hint="It prints on papers unless it is private.")
    private: bool | None = yes_no("Note is private", default=False, either=True)
    inferred: str | None = long_text(
        "Inferred, and why",
        hint="What no paper states, a line each: “Period to: no date is given, the quarter’s end is used”.",
    )
    sample: bool | None = yes_no("Sample", hidden=True)

    @property
    def notes(self) -> tuple[str, ...]:
        """Note and comment in the officer's words, as far as they are known."""
        found = (getattr(self, name, None) for name in ("comment", "note"))
        return tuple(text.strip() for text in found if text and text.strip())

    @property
    def printed_notes(self) -> tuple[str, ...]:
        """What of ``notes`` may stand on a paper: all of it, or nothing while it is private."""
        return self.notes if self.private is False else ()

    @property
    def cited(self) -> str:
        """Source and paragraph as one phrase, or "Not known"."""
        if self.source and self.paragraph:
            return f"{self.source}, {self.paragraph}"
        return self.source or self.paragraph or "Not known"
