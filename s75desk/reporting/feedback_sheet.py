"""The visit feedback sheet: what is left on the provider's table before the officer goes."""

from __future__ import annotations

from s75desk.domain.visits.dossier import VisitDossier
from s75desk.reporting.content import Block, Briefing, Section
from s75desk.reporting.visit.actions import agreed_actions, prior_actions
from s75desk.reporting.visit.endings import comment, people, signatures
from s75desk.reporting.visit.findings import findings, good_practice
from s75desk.reporting.visit.opening import paper
from s75desk.reporting.visit.ratings import not_looked_at, ratings

KIND = "Visit feedback sheet"


def feedback_sheet(dossier: VisitDossier, audience: str = "") -> Briefing:
    """The sheet of a visit, signed or not, for someone in particular or for anyone."""
    return paper(KIND, dossier, (*summary_sections(dossier), *ending_sections(dossier)), audience=audience)


def summary_sections(dossier: VisitDossier) -> tuple[Section, ...]:
    """Ratings, findings, good practice, actions; a section with nothing to say is left out."""
    return _sections(
        ("ratings", "Ratings", ratings(dossier)),
        ("open", "Not looked at", not_looked_at(dossier)),
        ("findings", "Findings", findings(dossier)),
        ("practice", "Good practice", good_practice(dossier)),
        ("prior", "Actions from before", prior_actions(dossier)),
        ("agreed", "Actions agreed", agreed_actions(dossier)),
    )


def ending_sections(dossier: VisitDossier) -> tuple[Section, ...]:
    """People spoken to, the provider's comment, signatures."""
    return _sections(
        ("people", "People spoken to", people(dossier)),
        ("comment", "The provider’s comment", comment(dossier)),
        ("signatures", "Signatures", signatures(dossier)),
    )


def _sections(*parts: tuple[str, str, tuple[Block, ...]]) -> tuple[Section, ...]:
    return tuple(Section(f"section.{key}", title, blocks) for key, title, blocks in parts if blocks)
