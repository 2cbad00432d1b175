"""One thing said in two ways: contradictions that a reader saw, and those that a rule can see."""

from __future__ import annotations

from s75desk.domain.findings import Question
from s75desk.domain.records import Contradiction
from s75desk.domain.status import Shape
from s75desk.domain.working import Line, Working

SAID = "said in two ways"


def contradiction(record: Contradiction) -> Question:
    """A contradiction that somebody recorded, as a doubt."""
    lines = (
        Line("It says", record.one, record.one_at or "", shape=Shape.DOUBT),
        Line("And", record.other, record.other_at or "", shape=Shape.DOUBT),
    )
    return Question(
        check=SAID,
        title=record.title,
        text=f"{_quoted(record.one, record.one_at)}; {_quoted(record.other, record.other_at)}.",
        kind=record.KIND,
        uid=record.uid,
        source=record.cited,
        working=Working(record.title, lines, "One thing is said in one way.", record.cited),
    )


def _quoted(words: str, where: str | None) -> str:
    return f"“{words.strip().rstrip('.')}”" + (f" ({where})" if where else "")
