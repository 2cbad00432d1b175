"""Notes that an older desk brought along: private until an officer has said of each whether it may stand on paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from s75desk.domain.changes import Changes
from s75desk.domain.records import KINDS, Sourced
from s75desk.domain.wording import plural
from s75desk.models.headings import heading_of
from s75desk.models.repository import Repository
from s75desk.services.records import RecordService

_OFF_PAPER = frozenset({"question_set", "standard", "briefing"})


def noted_kinds() -> Iterator[type[Sourced]]:
    """Kinds whose notes may stand on a paper; what is said at a visit is signed and has rules of its own."""
    for kind, cls in KINDS.items():
        of_a_visit = kind == "visit" or any(
            field.parent and field.refers_to == "visit" for field in cls.fields().values()
        )
        if issubclass(cls, Sourced) and kind not in _OFF_PAPER and not of_a_visit:
            yield cls


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note that nobody has decided on.

    Attributes:
        kind: Kind of the record it belongs to.
        uid: The record's.
        noun: What an officer calls such a record: "Milestone".
        of: The record's heading.
        text: Comment and note.
    """

    kind: str
    uid: str
    noun: str
    of: str
    text: str


class NoteService(RecordService):
    """Goes through the notes of an older desk."""

    def waiting(self) -> tuple[NoteRow, ...]:
        """Every note that is private only because nobody has decided on it, by kind."""
        found: list[NoteRow] = []
        with self.place.desk.reading() as connection:
            repository = Repository(connection)
            for cls in noted_kinds():
                for record in repository.undecided(cls):
                    text = "\n".join(record.notes)
                    noun = record.NOUN[:1].upper() + record.NOUN[1:]
                    found.append(NoteRow(record.KIND, record.uid, noun, heading_of(record, repository), text))
        return tuple(found)

    def count(self) -> int:
        """How many there are, without reading them."""
        with self.place.desk.reading() as connection:
            repository = Repository(connection)
            return sum(repository.count_undecided(cls) for cls in noted_kinds())

    def decide(self, notes: Iterable[tuple[str, str]], *, prints: bool) -> Changes:
        """Say of notes, each by kind and uid of its record, that they print, or that they stay private."""
        kinds = {cls.KIND: cls for cls in noted_kinds()}
        chosen = tuple((kinds[kind], uid) for kind, uid in notes if kind in kinds)
        will = "kept private" if not prints else "prints" if len(chosen) == 1 else "print"
        with self.place.change(f"{plural(len(chosen), 'note')} {will}") as change:
            for cls, uid in chosen:
                if (record := change.records.get(cls, uid)) is not None:
                    change.revise(replace(record, private=not prints), record)
        return change.result
