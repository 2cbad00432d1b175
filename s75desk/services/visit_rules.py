"""The rules that say when a service is to be visited again, read strictly from their file."""

from __future__ import annotations

import tomllib
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from s75desk.domain.errors import DeskError
from s75desk.domain.ratings import allowed
from s75desk.domain.records.provider import RatingScheme, RatingValue
from s75desk.domain.visits.citation import Citation
from s75desk.domain.visits.due import Basis, VisitRule, VisitRules
from s75desk.paths import resource

FORMAT = 1
FILE = "frequency-1.toml"
"""The rules that come with the program."""

_SCHEMES = (RatingScheme.OURS, RatingScheme.CQC_OVERALL)
_MOST_MONTHS = 60

E = TypeVar("E", bound=Enum)


@cache
def visit_rules() -> VisitRules:
    """The rules that come with the program; raises as ``load_visit_rules``."""
    return load_visit_rules(resource("visits", FILE))


def load_visit_rules(path: Path) -> VisitRules:
    """Read rules from a TOML file.

    Raises:
        DeskError: At the first thing that breaks the format, with the file and the place in it.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as trouble:
        raise _error(path.name, f"it cannot be read: {trouble.strerror}") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as trouble:
        raise _error(path.name, f"it is not TOML: {trouble}") from None
    return _Reader(path.name).rules(data)


def _error(where: str, reason: str) -> DeskError:
    return DeskError(f"The rules for visits in {where} cannot be used: {reason}.", "Correct the file.")


class _Reader:
    def __init__(self, file: str) -> None:
        self._file = file

    def rules(self, data: dict[str, Any]) -> VisitRules:
        self._only(data, "the file", {"format", "title", "version", "about", "source", "rule"})
        if data.get("format") != FORMAT:
            raise self._wrong("format", f"it must be {FORMAT}")
        sources: dict[str, Citation] = {}
        for table in self._tables(data, "source"):
            citation = self._citation(table)
            if citation.key in sources:
                raise self._wrong(f"source {citation.key}", "this key is used twice")
            sources[citation.key] = citation
        rules: dict[str, VisitRule] = {}
        for table in self._tables(data, "rule"):
            rule = self._rule(table, sources)
            if rule.key in rules:
                raise self._wrong(f"rule {rule.key}", "this key is used twice")
            rules[rule.key] = rule
        unused = sources.keys() - {citation.key for rule in rules.values() for citation in rule.sources}
        if not rules or unused:
            raise (
                self._wrong("source", f"no rule leans on {sorted(unused)[0]}")
                if unused
                else self._wrong("rule", "there is none")
            )
        return VisitRules(
            self._text(data, "the file", "title"),
            self._text(data, "the file", "version"),
            tuple(rules.values()),
            str(data.get("about", "")).strip(),
        )

    def _citation(self, table: dict[str, Any]) -> Citation:
        key = self._text(table, "source", "key")
        place = f"source {key}"
        self._only(table, place, {"key", "text", "seen", "confirmed"})
        confirmed = table.get("confirmed")
        if not isinstance(confirmed, bool):
            raise self._wrong(place, "say whether it is confirmed: true or false")
        seen = str(table.get("seen", "")).strip()
        if confirmed and not seen:
            raise self._wrong(place, "what is confirmed says where it was seen")
        return Citation(key, self._text(table, place, "text"), seen, confirmed)

    def _rule(self, table: dict[str, Any], sources: dict[str, Citation]) -> VisitRule:
        key = self._text(table, "rule", "key")
        place = f"rule {key}"
        self._only(table, place, {"key", "basis", "says", "scheme", "rated", "months", "sources"})
        basis = self._one_of(table, place, "basis", list(Basis))
        says = self._text(table, place, "says")
        named = table.get("sources")
        if not isinstance(named, list) or not named or any(one not in sources for one in named):
            raise self._wrong(place, "its sources must be keys of sources in this file")
        leaning = tuple(sources[one] for one in named)
        if basis is Basis.FREQUENCY:
            self._only(table, place, {"key", "basis", "says", "sources"})
            return VisitRule(key, basis, says, sources=leaning)
        scheme = self._one_of(table, place, "scheme", list(_SCHEMES))
        months = table.get("months")
        if type(months) is not int or not 1 <= months <= _MOST_MONTHS:
            raise self._wrong(place, f"months must be a whole number from 1 to {_MOST_MONTHS}")
        words = table.get("rated")
        known = {value.value: value for value in RatingValue if value in allowed(scheme)}
        if not isinstance(words, list) or not words or any(word not in known for word in words):
            raise self._wrong(place, f"rated must be words of the scheme: {', '.join(sorted(known))}")
        return VisitRule(key, basis, says, scheme, frozenset(known[word] for word in words), months, leaning)

    def _tables(self, data: dict[str, Any], name: str) -> list[dict[str, Any]]:
        found = data.get(name, [])
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            raise self._wrong(name, f"write [[{name}]]")
        return found

    def _text(self, table: dict[str, Any], place: str, name: str) -> str:
        found = table.get(name)
        if not isinstance(found, str) or not found.strip():
            raise self._wrong(place, f"{name} must be text")
        return found.strip()

    def _one_of(self, table: dict[str, Any], place: str, name: str, members: list[E]) -> E:
        for member in members:
            if member.value == table.get(name):
                return member
        raise self._wrong(place, f"{name} must be one of: {', '.join(str(member.value) for member in members)}")

    def _only(self, table: dict[str, Any], place: str, allowed_names: set[str]) -> None:
        for name in table.keys() - allowed_names:
            raise self._wrong(place, f"{name} is not understood")

    def _wrong(self, place: str, reason: str) -> DeskError:
        return _error(f"{self._file}, {place}", reason)
