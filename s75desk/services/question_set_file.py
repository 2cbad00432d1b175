"""Question sets as files and as text: strict TOML in, the same content as JSON for the desk, and its hash.

A question set is read whole or not at all. Every mistake is told with the file, the place in it and what to write.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from s75desk.domain.errors import DeskError
from s75desk.domain.records.provider import ServiceType
from s75desk.domain.status import Shape
from s75desk.domain.visits.citation import Citation
from s75desk.domain.visits.question_set import (
    AreaBody,
    EvidenceSource,
    QuestionBody,
    QuestionSetBody,
    StandardBody,
)
from s75desk.domain.visits.rule import Counted, Halves, LevelKind, Limit, Rule, Threshold
from s75desk.domain.visits.scale import Scale, Step
from s75desk.domain.visits.set_faults import faults_of
from s75desk.domain.wording import plural

FORMAT = 1
_MOST_BYTES = 4_000_000
_DECIMAL = re.compile(r"\d{1,6}(\.\d{1,6})?")
_KEY = re.compile(r"[a-z0-9][a-z0-9.-]*")

E = TypeVar("E", bound=Enum)
V = TypeVar("V")


class QuestionSetError(DeskError):
    """A question set cannot be read.

    Attributes:
        file: Name of the file, or what stands for it.
        place: Where in it: "question 8.3, weight"; "" for the file as a whole.
        reason: What is wrong, in a plain sentence.
    """

    def __init__(self, file: str, place: str, reason: str) -> None:
        where = f"{file}, {place}" if place else file
        super().__init__(f"{where}: {reason}", "Correct the question set and load it again. Nothing was loaded.")
        self.file = file
        self.place = place
        self.reason = reason


def load_question_set(path: Path) -> QuestionSetBody:
    """Read a question set from a TOML file.

    Raises:
        QuestionSetError: At the first thing that breaks the format, or if a visit could not be rated by it.
    """
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise QuestionSetError(path.name, "", "It is too large to be a question set.")
        data = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=_no_floats)
    except OSError as trouble:
        raise QuestionSetError(path.name, "", f"It cannot be read: {trouble.strerror}.") from None
    except UnicodeDecodeError:
        raise QuestionSetError(path.name, "", "It is not UTF-8 text.") from None
    except _FloatFound as found:
        raise QuestionSetError(path.name, "", f"Write {found} in quotes, so that it stays exact.") from None
    except tomllib.TOMLDecodeError as trouble:
        raise QuestionSetError(path.name, "", f"It is not TOML: {trouble}.") from None
    return read_question_set(data, path.name)


def read_question_set(data: Mapping[str, Any], name: str) -> QuestionSetBody:
    """Read a question set from what a TOML file or ``question_set_data`` says.

    Args:
        data: The tables.
        name: What stands for the file in an error.

    Raises:
        QuestionSetError: As ``load_question_set``.
    """
    body = _Reader(name).body(data)
    faults = faults_of(body)
    if faults:
        more = f" ({plural(len(faults) - 1, 'more fault')} like this or other.)" if len(faults) > 1 else ""
        raise QuestionSetError(name, faults[0].place, f"{faults[0].reason}{more}")
    return body


def question_set_text(body: QuestionSetBody) -> str:
    """A question set as JSON that is the same, letter by letter, for the same content: what a desk keeps."""
    return json.dumps(question_set_data(body), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def question_set_of_text(text: str, name: str) -> QuestionSetBody:
    """Read a question set from ``question_set_text``.

    Raises:
        QuestionSetError: If the text is not such JSON.
    """
    try:
        data = json.loads(text)
    except ValueError as trouble:
        raise QuestionSetError(name, "", f"It is not JSON: {trouble}.") from None
    if not isinstance(data, dict):
        raise QuestionSetError(name, "", "It is not a question set.")
    return read_question_set(data, name)


def content_hash(body: QuestionSetBody) -> str:
    """SHA-256 of the content in hexadecimal; comments, spacing and the order of keys in a file do not change it."""
    return hashlib.sha256(question_set_text(body).encode("utf-8")).hexdigest()


def question_set_data(body: QuestionSetBody) -> dict[str, Any]:
    """A question set as tables of text, whole numbers and truth values, in the shape of the TOML file."""
    return {
        "format": FORMAT,
        "title": body.title,
        "version": body.version,
        "about": body.about,
        "scale": {
            "not_applicable": body.scale.not_applicable,
            "unanswered": body.scale.unanswered,
            "step": [
                {"value": step.value, "word": step.word, "shape": step.shape.value, "meaning": step.meaning}
                for step in body.scale.steps
            ],
        },
        "rule": {
            "explanation": body.rule.explanation,
            "places": body.rule.places,
            "halves": body.rule.halves.value,
            "sources": [source.key for source in body.rule.sources],
            "threshold": [{"rating": at.rating, "percent": _written(at.percent)} for at in body.rule.thresholds],
            "limit": [
                {
                    "counted": limit.counted.value,
                    "rated": limit.rated,
                    "count": limit.count,
                    "limits": limit.limits.value,
                    "to": limit.to,
                }
                for limit in body.rule.limits
            ],
        },
        "source": [
            {"key": source.key, "text": source.text, "seen": source.seen, "confirmed": source.confirmed}
            for source in body.sources
        ],
        "area": [
            {
                "code": area.code,
                "title": area.title,
                "weight": _written(area.weight),
                "standard": [_standard_data(standard) for standard in area.standards],
            }
            for area in body.areas
        ],
    }


def _standard_data(standard: StandardBody) -> dict[str, Any]:
    return {
        "code": standard.code,
        "title": standard.title,
        "weight": _written(standard.weight),
        "purpose": standard.purpose,
        "question": [
            {
                "code": question.code,
                "short": question.short,
                "text": question.text,
                "guidance": question.guidance,
                "look": question.look,
                "evidence": [source.value for source in question.evidence],
                "weight": _written(question.weight),
                "critical": question.critical,
                "critical_because": question.critical_because,
                "settings": [setting.value for setting in question.settings],
                "sources": [source.key for source in question.sources],
            }
            for question in standard.questions
        ],
    }


def _written(value: Decimal) -> str:
    """A number as one text only: 2, 2.0 and 2.00 are all written "2"."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


class _FloatFound(Exception):
    """A number was written so that a computer would round it."""


def _no_floats(text: str) -> NoReturn:
    raise _FloatFound(text)


class _Reader:
    """Reads one file; knows its name for every mistake it finds, and the sources its questions may cite."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._sources: dict[str, Citation] = {}
        self._cited: set[str] = set()

    def body(self, data: Mapping[str, Any]) -> QuestionSetBody:
        top = _Table(self._file, "", data)
        if top.whole("format") != FORMAT:
            raise QuestionSetError(self._file, "format", f"It must be {FORMAT}.")
        for table in top.tables("source", "source", needed=False):
            citation = self._citation(table)
            if citation.key in self._sources:
                table.fail("key", f"The key {citation.key} is used twice.")
            self._sources[citation.key] = citation
        body = QuestionSetBody(
            title=top.text("title"),
            version=top.text("version"),
            areas=tuple(self._area(table) for table in top.tables("area", "area")),
            scale=self._scale(top.table("scale")),
            rule=self._rule(top.table("rule")),
            about=top.text("about", needed=False),
            sources=tuple(self._sources.values()),
        )
        top.done()
        for key in self._sources:
            if key not in self._cited:
                raise QuestionSetError(self._file, f"source {key}", "Nothing refers to it.")
        return body

    def _citation(self, table: _Table) -> Citation:
        key = table.text("key")
        if not _KEY.fullmatch(key):
            table.fail("key", "Use small letters, figures, dots and hyphens.")
        citation = Citation(key, table.text("text"), table.text("seen", needed=False), table.truth("confirmed"))
        if citation.confirmed and not citation.seen:
            table.fail("seen", "It is confirmed: say where it was read.")
        table.done()
        return citation

    def _scale(self, table: _Table) -> Scale:
        steps = []
        for each in table.tables("step", "step"):
            shape = each.one_of("shape", Shape)
            steps.append(Step(each.whole("value"), each.text("word"), shape, each.text("meaning", needed=False)))
            each.done()
        scale = Scale(tuple(steps), table.text("not_applicable"), table.text("unanswered"))
        table.done()
        return scale

    def _rule(self, table: _Table) -> Rule:
        thresholds, limits = [], []
        for each in table.tables("threshold", "threshold"):
            thresholds.append(Threshold(each.whole("rating"), each.number("percent")))
            each.done()
        for each in table.tables("limit", "limit", needed=False):
            counted, level = each.one_of("counted", Counted), each.one_of("limits", LevelKind)
            limits.append(Limit(counted, each.whole("rated"), each.whole("count"), level, each.whole("to")))
            each.done()
        rule = Rule(
            tuple(thresholds),
            tuple(limits),
            table.whole("places"),
            table.one_of("halves", Halves),
            table.text("explanation"),
            self._citations(table),
        )
        table.done()
        return rule

    def _area(self, table: _Table) -> AreaBody:
        table.call_by_code("area")
        standards = tuple(self._standard(each) for each in table.tables("standard", "standard"))
        area = AreaBody(table.text("code"), table.text("title"), table.number("weight"), standards)
        table.done()
        return area

    def _standard(self, table: _Table) -> StandardBody:
        table.call_by_code("standard")
        questions = tuple(self._question(each) for each in table.tables("question", "question"))
        standard = StandardBody(
            table.text("code"),
            table.text("title"),
            table.number("weight"),
            questions,
            table.text("purpose", needed=False),
        )
        table.done()
        return standard

    def _question(self, table: _Table) -> QuestionBody:
        table.call_by_code("question")
        question = QuestionBody(
            code=table.text("code"),
            short=table.text("short"),
            text=table.text("text"),
            guidance=table.text("guidance"),
            look=table.text("look", needed=False),
            evidence=tuple(table.each_of("evidence", EvidenceSource, needed=True)),
            weight=table.number("weight"),
            critical=table.truth("critical", needed=False),
            critical_because=table.text("critical_because", needed=False),
            settings=tuple(table.each_of("settings", ServiceType)),
            sources=self._citations(table),
        )
        table.done()
        return question

    def _citations(self, table: _Table) -> tuple[Citation, ...]:
        found = []
        for key in table.words("sources"):
            if key not in self._sources:
                table.fail("sources", f"No source has the key {key}.")
            self._cited.add(key)
            found.append(self._sources[key])
        return tuple(found)


class _Table:
    """One table of the file: gives each value once, as the type that is wanted, and refuses what is left over."""

    def __init__(self, file: str, place: str, data: Mapping[str, Any]) -> None:
        self._file = file
        self._place = place
        self._left = dict(data)

    def fail(self, name: str, reason: str) -> NoReturn:
        raise QuestionSetError(self._file, ", ".join(part for part in (self._place, name) if part), reason)

    def call_by_code(self, noun: str) -> None:
        """From now on name the place by its code, if it has one."""
        code = self._left.get("code")
        if isinstance(code, str) and code.strip():
            self._place = f"{noun} {code.strip()}"

    def done(self) -> None:
        for name in self._left:
            self.fail(name, "This is not known here.")

    def text(self, name: str, *, needed: bool = True) -> str:
        found = self._take(name, str, "text in quotes", "" if not needed else None).strip()
        if needed and not found:
            self.fail(name, "It is empty.")
        return " ".join(found.split())

    def whole(self, name: str) -> int:
        return self._take(name, int, "a whole number", None)

    def truth(self, name: str, *, needed: bool = True) -> bool:
        return self._take(name, bool, "true or false", None if needed else False)

    def number(self, name: str) -> Decimal:
        text = self._take(name, str, "a number in quotes", None)
        if not _DECIMAL.fullmatch(text):
            self.fail(name, f"It must be figures with at most one point, not {text!r}.")
        return Decimal(text)

    def one_of(self, name: str, words: type[E]) -> E:
        return self._word(name, self._take(name, str, "one of its words in quotes", None), words)

    def each_of(self, name: str, words: type[E], *, needed: bool = False) -> Iterator[E]:
        for text in self.words(name, needed=needed):
            yield self._word(name, text, words)

    def words(self, name: str, *, needed: bool = False) -> list[str]:
        found = self._take(name, list, "words in brackets", None if needed else [])
        if any(not isinstance(word, str) for word in found):
            self.fail(name, "It must be words in quotes.")
        if len(set(found)) < len(found):
            self.fail(name, "A word stands there twice.")
        if needed and not found:
            self.fail(name, "It is empty.")
        return list(found)

    def table(self, name: str) -> _Table:
        return _Table(self._file, name, self._take(name, dict, f"a table [{name}]", None))

    def tables(self, name: str, noun: str, *, needed: bool = True) -> list[_Table]:
        found = self._take(name, list, f"tables [[{name}]]", None if needed else [])
        if any(not isinstance(table, dict) for table in found):
            self.fail(name, f"It must be tables [[{name}]].")
        if needed and not found:
            self.fail(name, "It is empty.")
        before = f"{self._place}, " if self._place else ""
        return [_Table(self._file, f"{before}{noun} {place}", table) for place, table in enumerate(found, 1)]

    def _word(self, name: str, text: str, words: type[E]) -> E:
        found = next((member for member in words if member.value == text), None)
        if found is None:
            offered = ", ".join(str(member.value) for member in words)
            self.fail(name, f"It must be one of: {offered}; not {text!r}.")
        return found

    def _take(self, name: str, wanted: type[V], words: str, default: V | None) -> V:
        if name not in self._left:
            if default is None:
                self.fail(name, "It is missing.")
            return default
        found = self._left.pop(name)
        # Not isinstance: True is an int to Python.
        if type(found) is not wanted:
            self.fail(name, f"It must be {words}, not {found!r}.")
        value: V = found
        return value
