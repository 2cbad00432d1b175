"""The visit feedback sheet: what is left on the provider's table before the officer goes."""

from __future__ import annotations

from dataclasses import replace

from s75desk.domain.visits.dossier import VisitDossier
from s75desk.reporting.content import Block, Briefing, Section
from s75desk.reporting.visit.actions import agreed_actions, prior_actions
from s75desk.reporting.visit.endings import comment, notes, people, signatures
from s75desk.reporting.visit.findings import findings, good_practice
from s75desk.reporting.visit.opening import paper
from s75desk.reporting.visit.ratings import not_looked_at, ratings_by_area

KIND = "Visit feedback sheet"


def feedback_sheet(dossier: VisitDossier, audience: str = "") -> Briefing:
    """The sheet of a visit, signed or not, for someone in particular or for anyone."""
    sections = (*summary_sections(dossier, ratings_by_area(dossier)), *ending_sections(dossier))
    return paper(KIND, dossier, sections, audience=audience)


def summary_sections(dossier: VisitDossier, rated: tuple[Block, ...]) -> tuple[Section, ...]:
    """What was found and is to be done first, then how it is ``rated`` and what was not looked at; nothing empty."""
    return _sections(
        ("findings", "Findings", findings(dossier)),
        ("agreed", "Actions agreed", agreed_actions(dossier)),
        ("prior", "Actions from before", prior_actions(dossier)),
        ("practice", "Good practice", good_practice(dossier)),
        ("notes", "Notes", notes(dossier)),
        ("ratings", "Ratings", rated),
        ("open", "Not looked at", not_looked_at(dossier)),
    )


def ending_sections(dossier: VisitDossier) -> tuple[Section, ...]:
    """The provider's comment, people spoken to, signatures: these never stand on a page by themselves."""
    found = _sections(
        ("comment", "The provider’s comment", comment(dossier)),
        ("people", "People spoken to", people(dossier)),
        ("signatures", "Signatures", signatures(dossier)),
    )
    return (found[0], *(replace(section, follows=True) for section in found[1:]))


def _sections(*parts: tuple[str, str, tuple[Block, ...]]) -> tuple[Section, ...]:
    return tuple(Section(f"section.{key}", title, blocks) for key, title, blocks in parts if blocks)
