"""What ``s75desk check`` says of signed visits: that each still says what was signed, and that papers name it rightly.

The lock in the writer keeps the program from changing what was signed; this finds what was changed behind its back.
Each finding is a sentence that names the visit.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from s75desk.domain.errors import DeskError
from s75desk.domain.records import (
    Briefing,
    PeopleSpoken,
    PriorGrading,
    Record,
    Visit,
    VisitAnswer,
    VisitOverride,
    VisitPhoto,
    VisitSignature,
    VisitVersion,
)
from s75desk.domain.records.provider import RatingValue
from s75desk.domain.visits.difference_words import told
from s75desk.domain.visits.differences import Difference, differences
from s75desk.domain.wording import plural
from s75desk.models import blobs, history
from s75desk.models.connection import Connection
from s75desk.models.headings import heading_of
from s75desk.models.repository import Repository
from s75desk.services.briefings import VISIT_KINDS, version_of
from s75desk.services.visit_content import book_of, fields_of, locked_part
from s75desk.services.visit_reader import VisitReader

_PARTS: Mapping[str, type[Record]] = {
    "answers": VisitAnswer,
    "overrides": VisitOverride,
    "people": PeopleSpoken,
    "gradings": PriorGrading,
    "photos": VisitPhoto,
    "signatures": VisitSignature,
}
"""What is locked with a visit, by its name in the content."""

_OF_A_VERSION = ("visit", "number", "signed", "because", "overall")
"""What is told of a version besides its fingerprint."""

_UNREADABLE = (ValueError, TypeError, LookupError, ArithmeticError, AttributeError, DeskError)
"""What reading may meet in a record that another program has written to."""

_MOST_TOLD = 5
_MOST_LETTERS = 60


def visit_faults(connection: Connection) -> tuple[str, ...]:
    """Everything that is wrong with signed visits and the papers made of them; () where all is as it was signed."""
    found: list[str] = []
    try:
        found.extend(_VisitChecks(connection).faults())
    except _UNREADABLE as trouble:
        found.append(f"Records of quality visits cannot be read any more: {trouble}.")
    return tuple(found)


class _VisitChecks:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._records = Repository(connection)
        self._reader = VisitReader(self._records, {})
        self._signed = {entry.uid: entry for entry in history.created(connection, VisitVersion.KIND)}

    def faults(self) -> Iterator[str]:
        versions: dict[str, list[VisitVersion]] = {}
        for version in self._records.all(VisitVersion, archived=True, order=("number",)):
            versions.setdefault(version.visit, []).append(version)
        yield from self._gone({version.uid for own in versions.values() for version in own})
        for uid, own in versions.items():
            visit = self._records.get(Visit, uid)
            name = self._name(visit)
            for version in own:
                yield from (f"{name}, version {version.number}: {fault}." for fault in self._version(version))
            if visit is not None:
                yield from (f"{name}: {fault}." for fault in self._visit(visit, own[-1]))
        yield from self._briefings(versions)

    def _name(self, visit: Visit | None) -> str:
        return heading_of(visit, self._records) if visit is not None else "A quality visit that is not there"

    # --- versions --------------------------------------------------------------------------------------------------

    def _gone(self, there: set[str]) -> Iterator[str]:
        for uid, entry in self._signed.items():
            if uid not in there:
                visit = self._records.get(Visit, str(_values(entry.after).get("visit", "")))
                number = _values(entry.after).get("number", "")
                yield f"{self._name(visit)}, version {number}: it was signed and is gone."

    def _version(self, version: VisitVersion) -> Iterator[str]:
        data = self._content(version)
        if data is None:
            yield "what was signed is not in this desk"
        elif hashlib.sha256(data).hexdigest() != version.sha256:
            yield "what was signed has been changed: it does not match its fingerprint"
        entry = self._signed.get(version.uid)
        if entry is None:
            yield "the history does not tell of its signing"
            return
        noted, now = _values(entry.after), fields_of(version)
        if noted.get("sha256") != version.sha256:
            yield "its fingerprint is not the one noted when it was signed"
        fields = VisitVersion.fields()
        names = [fields[name].label.lower() for name in _OF_A_VERSION if noted.get(name) != now.get(name)]
        if names:
            yield f"its record was changed after it was signed: {', '.join(names)}"

    def _content(self, version: VisitVersion) -> bytes | None:
        return blobs.get(self._connection, version.sha256 or "")

    # --- the records as they are now -------------------------------------------------------------------------------

    def _visit(self, visit: Visit, newest: VisitVersion) -> Iterator[str]:
        """Whether the records still say what the newest version says, unless the visit is being amended."""
        if (amends := self._noted_amends(visit)) != visit.amends:
            yield (
                "it says that it is being amended, and its history does not"
                if visit.amends
                else (f"its history says that version {amends} is being amended, and it does not")
            )
        elif visit.amends == newest.number:
            return
        data = self._content(newest)
        if data is None or hashlib.sha256(data).hexdigest() != newest.sha256:
            return  # told already; there is nothing to compare with
        if newest.overall in [value.value for value in RatingValue] and visit.outcome != newest.overall:
            outcome = visit.outcome.value if visit.outcome else "Not known"
            yield f"its outcome was signed as “{newest.overall}” and now reads “{outcome}”"
        try:
            content = json.loads(data)
            now = self._locked_now(visit)
            found = differences(locked_part(content), now)
            lines = list(self._told(content, now, found)) if found else []
        except _UNREADABLE:
            yield "its records, or what was signed, cannot be read any more"
            return
        yield from lines[:_MOST_TOLD]
        if len(lines) > _MOST_TOLD:
            yield f"{plural(len(lines) - _MOST_TOLD, 'other thing')} differ from what was signed"

    def _noted_amends(self, visit: Visit) -> int | None:
        """Which version is being amended, by the history."""
        for entry in history.of_field(self._connection, visit.uid, "amends"):
            return int(entry.after) if entry.after else None
        for entry in history.of_field(self._connection, visit.uid, ""):
            noted = _values(entry.after).get("amends")
            return int(noted) if noted else None
        return visit.amends

    def _locked_now(self, visit: Visit) -> dict[str, Any]:
        """What is locked with a visit as its records have it, in the form of the content."""
        now: dict[str, Any] = {"visit": fields_of(visit)}
        for name, cls in _PARTS.items():
            # What was archived with the visit is still part of it; what was taken out before is not.
            own = self._records.naming(cls, "visit", visit.uid, archived=True)
            now[name] = [fields_of(one) for one in own if one.archived_at in (None, visit.archived_at)]
        return now

    def _told(self, content: Mapping[str, Any], now: Mapping[str, Any], found: tuple[Difference, ...]) -> Iterator[str]:
        body = self._reader.body(content["question_set"]["content"])
        lines = told(found, book_of(content, body), book_of({**content, **now}, body))
        for line in lines:
            yield f"{line.what} was signed as “{_short(line.before)}” and now reads “{_short(line.after)}”"
        if not lines:
            yield f"it was changed after it was signed: {_names(found)}"

    # --- papers ----------------------------------------------------------------------------------------------------

    def _briefings(self, versions: Mapping[str, list[VisitVersion]]) -> Iterator[str]:
        for briefing in self._records.all(Briefing, archived=True, kind=VISIT_KINDS, order=("printed",)):
            fault = self._paper(briefing, versions.get(briefing.visit or "", []))
            if fault:
                kind = briefing.kind.word if briefing.kind else "Paper"
                yield f"{kind} filed as “{_short(briefing.title)}”: {fault}."

    def _paper(self, briefing: Briefing, versions: list[VisitVersion]) -> str:
        content, number = briefing.content or "", version_of(briefing)
        if not content:
            return "it does not say what it was made of"
        if number is not None:
            made_of = next((version for version in versions if version.number == number), None)
            if made_of is None:
                return f"it was made of version {number}, which is not there"
            if made_of.sha256 != content:
                return f"it was not made of what was signed as version {number}"
        data = blobs.get(self._connection, briefing.sha256 or "")
        if data is None:
            return "its PDF is not in this desk"
        return "" if content.encode() in data else "its PDF does not name what it was made of"


def _values(text: str | None) -> dict[str, Any]:
    """The values that a row of history tells of a new record."""
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _names(found: tuple[Difference, ...]) -> str:
    """What was touched, where there are no words for the values."""
    names = []
    for difference in found:
        part, *rest = difference.path
        cls = _PARTS.get(part, Visit)
        field = cls.fields().get(rest[-1]) if rest else None
        label = field.label.lower() if field else cls.NOUN
        names.append(label if label == cls.NOUN else f"{cls.NOUN}, {label}")
    return "; ".join(dict.fromkeys(names))


def _short(text: str) -> str:
    """A value inside a sentence: on one line, cut after a word where it is long."""
    line = " ".join(text.split())
    if len(line) <= _MOST_LETTERS:
        return line
    cut = line[: _MOST_LETTERS - 1]
    return f"{cut.rsplit(' ', 1)[0] if ' ' in cut else cut}…"
