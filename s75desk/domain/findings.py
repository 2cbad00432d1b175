"""What a check has to say: a fault that stops saving, a doubt that does not, or a note that explains."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from hashlib import sha256
from typing import TYPE_CHECKING

from s75desk.domain.status import Shape
from s75desk.domain.working import Working

if TYPE_CHECKING:
    from s75desk.domain.records import DoubtAnswer  # visits among the records have findings of their own


class Weight(Enum):
    """How much a finding weighs."""

    FAULT = "fault"  # blocks saving
    DOUBT = "doubt"  # shown, printed, never blocks
    NOTE = "note"  # explains what follows from what was typed

    @property
    def shape(self) -> Shape | None:
        """The status shape drawn before the message."""
        return {Weight.FAULT: Shape.ALERT, Weight.DOUBT: Shape.DOUBT, Weight.NOTE: None}[self]


@dataclass(frozen=True, slots=True)
class Fix:
    """A correction offered as one press: "Use 31 March 2029" puts ``text`` into ``field``."""

    label: str
    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One message beside a field.

    Attributes:
        weight: Fault, doubt or note.
        field: Name of the field it stands beside; "" for the record as a whole.
        text: Plain words.
        fix: A correction to offer, or None.
        also: Further corrections, where there is a choice.
    """

    weight: Weight
    field: str
    text: str
    fix: Fix | None = None
    also: tuple[Fix, ...] = ()

    @property
    def fixes(self) -> tuple[Fix, ...]:
        """Every correction to choose from."""
        return ((self.fix,) if self.fix else ()) + self.also


@dataclass(frozen=True, slots=True)
class Question:
    """A figure in doubt: an arithmetic warning about what is recorded. It changes nothing.

    Attributes:
        check: Which of the arithmetic checks raised it: "parts and total", "implied base" and so on.
        title: One line: "Two totals disagree: terminated contacts 550 and 554".
        text: The sum in words.
        kind: Record kind it is about.
        uid: Record it is about.
        source: Report and paragraph of the figure as stated.
        working: The sum itself.
        about: What an answer holds for, where that is not what stands in the working.
        answer: What somebody said of it, or None.
    """

    check: str
    title: str
    text: str
    kind: str
    uid: str
    source: str
    working: Working
    about: tuple[str, ...] = ()
    answer: DoubtAnswer | None = None

    @property
    def figures(self) -> str:
        """A fingerprint of the figures it is about: an answer holds while these stay as they were."""
        shown = self.about or tuple(part for line in self.working.lines for part in (line.label, line.value))
        return sha256("\x1f".join(shown).encode()).hexdigest()[:32]

    @property
    def key(self) -> tuple[str, str, str, str]:
        """Check, kind and uid of the record, and fingerprint: what an answer names."""
        return self.check, self.kind, self.uid, self.figures
