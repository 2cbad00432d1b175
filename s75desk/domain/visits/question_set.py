"""A question set as data: areas, standards and questions with guidance, weights, critical marks and sources.

A visit keeps the body it was made with, whole; nothing here is ever changed once a version is in use.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from s75desk.domain.fields import Choice
from s75desk.domain.records.provider import ServiceType
from s75desk.domain.visits.citation import Citation
from s75desk.domain.visits.rule import Rule
from s75desk.domain.visits.scale import Scale


class EvidenceSource(Choice):
    """Where an answer may come from."""

    FILE = "file"
    OBSERVATION = "observation"
    PERSON = "person"
    STAFF = "staff"
    RELATIVE = "relative"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class QuestionBody:
    """One question.

    Attributes:
        code: Stable over versions: "8.3".
        short: A few words that name it in lists: "Doses right and recorded".
        text: The question.
        guidance: What good looks like.
        look: Where to look and whom to ask.
        evidence: The sources it is usually answered from.
        weight: How much it counts in its standard; 0 for one that informs only.
        critical: Whether a failure endangers people or breaks the law.
        critical_because: Why it is critical; "" if it is not.
        settings: The types of service it is meant for; empty for every type.
        sources: What it leans on.
    """

    code: str
    short: str
    text: str
    guidance: str = ""
    look: str = ""
    evidence: tuple[EvidenceSource, ...] = ()
    weight: Decimal = Decimal(1)
    critical: bool = False
    critical_because: str = ""
    settings: tuple[ServiceType, ...] = ()
    sources: tuple[Citation, ...] = ()

    @property
    def heading(self) -> str:
        """Code and short name: "8.3 Doses right and recorded"."""
        return f"{self.code} {self.short}"

    def meant_for(self, service: ServiceType | None) -> bool:
        """Whether it is meant for a type of service; true while the type is not known."""
        return service is None or not self.settings or service in self.settings


@dataclass(frozen=True, slots=True)
class StandardBody:
    """One standard with its questions.

    Attributes:
        code: "8".
        title: "Medicines".
        weight: How much it counts in its area.
        questions: In the order in which they are asked.
        purpose: What the standard is about, in a sentence.
    """

    code: str
    title: str
    weight: Decimal
    questions: tuple[QuestionBody, ...]
    purpose: str = ""

    @property
    def heading(self) -> str:
        """Code and title: "8 Medicines"."""
        return f"{self.code} {self.title}"


@dataclass(frozen=True, slots=True)
class AreaBody:
    """One area with its standards: code ("C"), title, weight in the overall rating."""

    code: str
    title: str
    weight: Decimal
    standards: tuple[StandardBody, ...]


@dataclass(frozen=True, slots=True)
class QuestionSetBody:
    """One version of a question set, whole.

    Attributes:
        title: "House standards".
        version: "1".
        areas: In order.
        scale: On which questions, standards, areas and the whole are rated.
        rule: How one follows from the other.
        about: Whom it is for and where it comes from.
        sources: Every citation that its questions and its rule use, in order of the file.
    """

    title: str
    version: str
    areas: tuple[AreaBody, ...]
    scale: Scale
    rule: Rule
    about: str = ""
    sources: tuple[Citation, ...] = ()

    @property
    def heading(self) -> str:
        """Title and version: "House standards, version 1"."""
        return f"{self.title}, version {self.version}"

    @property
    def standards(self) -> tuple[StandardBody, ...]:
        """Every standard, in order."""
        return tuple(standard for area in self.areas for standard in area.standards)

    @property
    def questions(self) -> tuple[QuestionBody, ...]:
        """Every question, in order."""
        return tuple(question for standard in self.standards for question in standard.questions)

    def question(self, code: str) -> QuestionBody:
        """The question of a code.

        Raises:
            KeyError: If this version has none.
        """
        for question in self.questions:
            if question.code == code:
                return question
        raise KeyError(code)

    def standard_of(self, code: str) -> StandardBody:
        """The standard in which a question stands.

        Raises:
            KeyError: If this version has no such question.
        """
        for standard in self.standards:
            if any(question.code == code for question in standard.questions):
                return standard
        raise KeyError(code)
