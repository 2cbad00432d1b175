"""The agreement briefing: everything about one agreement, as a paper for a board or committee."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from s75desk.domain.dossier import AgreementDossier
from s75desk.domain.records import Document
from s75desk.domain.wording import date_long, date_short
from s75desk.reporting.agreement.appraisal import actions, decisions, milestones, options, recommendations
from s75desk.reporting.agreement.doubts import questions, workings
from s75desk.reporting.agreement.governance import forums, market, risks
from s75desk.reporting.agreement.money import money
from s75desk.reporting.agreement.notes import with_notes
from s75desk.reporting.agreement.performance import demand, performance
from s75desk.reporting.agreement.position import key_message, position
from s75desk.reporting.agreement.scope import parties
from s75desk.reporting.agreement.summary import summary
from s75desk.reporting.agreement.term import term
from s75desk.reporting.content import (
    ONE_PAGE,
    Block,
    Briefing,
    Bullets,
    Paragraph,
    Remark,
    Section,
    SourceTable,
    SummaryPart,
    rich,
)
from s75desk.reporting.mending import made_or_said
from s75desk.reporting.part import Part, listed

SUMMARY = "summary"

SECTION_TITLES: dict[str, str] = {
    SUMMARY: ONE_PAGE,
    "position": "Position and decisions needed",
    "parties": "Parties and scope",
    "term": "Term",
    "money": "Money",
    "performance": "Performance",
    "demand": "Demand, waits and breakdowns",
    "market": "Lots, tiers and zones",
    "options": "Options considered",
    "recommendations": "Recommendations and progress",
    "decisions": "Decisions",
    "milestones": "Timetable",
    "forums": "Governance",
    "risks": "Risks",
    "actions": "Open actions",
    "questions": "Figures in doubt",
    "unknown": "What is not known",
    "sources": "Sources",
}
"""The sections by key, in the usual order, with the titles that the window and the page show."""

ESSENTIALS = (SUMMARY, "decisions", "questions", "unknown", "sources")
"""What is printed unless the officer asks for more: the page a board decides on, and what it must be able to check."""

WORKINGS = "Workings"
_CONTENTS_FROM = 6  # sections


@dataclass(frozen=True, slots=True)
class BriefingOptions:
    """What the officer chose.

    Attributes:
        audience: For whom: "Adults and Health Committee"; "" leaves it out.
        sections: Keys of ``SECTION_TITLES`` to include, in order.
        show_workings: Whether an appendix shows the working of every computed figure.
        prepared_by: The role that prepared it; "" leaves it out.
    """

    audience: str = ""
    sections: tuple[str, ...] = ESSENTIALS
    show_workings: bool = False
    prepared_by: str = "the contract compliance officer"


_BUILDERS: dict[str, Callable[[AgreementDossier], Part]] = {
    "parties": parties,
    "term": term,
    "money": money,
    "performance": performance,
    "demand": demand,
    "market": market,
    "options": options,
    "recommendations": recommendations,
    "decisions": decisions,
    "milestones": milestones,
    "forums": forums,
    "risks": risks,
    "actions": actions,
    "questions": questions,
}


def agreement_briefing(dossier: AgreementDossier, options: BriefingOptions) -> Briefing:
    """The briefing on one agreement.

    A section about which nothing is recorded is left out, and "What is not known" says so.

    Raises:
        KeyError: If ``options.sections`` holds a key that ``SECTION_TITLES`` has not.
    """
    chosen = tuple(dict.fromkeys(options.sections))
    unheard = [key for key in chosen if key not in SECTION_TITLES]
    if unheard:
        raise KeyError(f"There is no section called {unheard[0]}")
    # The one page speaks of everything, so that what is missing anywhere is missing from it.
    asked = tuple(_BUILDERS) if SUMMARY in chosen else chosen
    built = {key: _built(key, dossier) for key in asked if key in _BUILDERS}
    unknown = [sentence for part in built.values() for sentence in part.unknown]
    parts = {key: part for key, part in built.items() if key in chosen}
    if "unknown" in chosen:
        parts["unknown"] = _unknown(unknown)
    if "sources" in chosen:
        parts["sources"] = _sources(dossier)
    present = {key for key, part in parts.items() if part.blocks} | ({"position"} & set(chosen))
    parts = {key: with_notes(key, part, dossier) for key, part in parts.items()}
    if "position" in chosen:
        parts["position"] = position(dossier, present)
    sections = [
        Section(key, SECTION_TITLES[key], parts[key].blocks) for key in chosen if key in parts and parts[key].blocks
    ]
    if options.show_workings:
        blocks = workings(dossier).blocks
        if blocks:
            sections.append(Section("workings", WORKINGS, blocks, appendix=True))
    agreement = dossier.agreement
    page: tuple[SummaryPart, ...] = ()
    if SUMMARY in chosen:
        page = made_or_said(ONE_PAGE, partial(summary, dossier), lambda said: (SummaryPart("", (Remark(rich(said)),)),))
    return Briefing(
        kind="Agreement briefing" if sections or not page else "Agreement summary",
        title=agreement.heading,
        subtitle=_subtitle(dossier, options),
        reference=agreement.reference or "",
        key_message=key_message(dossier),
        sections=tuple(sections),
        summary=page,
        contents=len(sections) >= _CONTENTS_FROM,
        author=options.prepared_by[:1].upper() + options.prepared_by[1:],
        keywords=tuple(
            word for word in (agreement.reference or "", agreement.kind.value if agreement.kind else "") if word
        ),
    )


def _built(key: str, dossier: AgreementDossier) -> Part:
    """A section, or its sentence if it cannot be made."""
    what = f"The section “{SECTION_TITLES[key]}”"
    return made_or_said(what, partial(_BUILDERS[key], dossier), lambda said: Part((Paragraph(rich(said)),)))


def _subtitle(dossier: AgreementDossier, options: BriefingOptions) -> str:
    parts = (
        f"For {options.audience}." if options.audience else "",
        f"Prepared by {options.prepared_by}." if options.prepared_by else "",
        f"As at {date_long(dossier.as_at)}.",
    )
    return " ".join(part for part in parts if part)


def _unknown(sentences: list[str]) -> Part:
    """What is missing, said once for the whole briefing."""
    if not sentences:
        return Part((Paragraph(rich("Nothing that this briefing asks for is missing from the desk.")),))
    opening = Paragraph(rich("Nothing below counts as good, as nought or as agreed until it is known."))
    return Part((opening, Bullets(listed(dict.fromkeys(sentences)))))


def _sources(dossier: AgreementDossier) -> Part:
    """What each paragraph rests on, then the papers that the desk holds or names."""
    blocks: list[Block] = [SourceTable()]
    kept = [_paper(paper) for paper in dossier.documents if paper.sha256]
    named = [_paper(paper) for paper in dossier.documents if not paper.sha256]
    for opening, papers in (
        ("Papers kept in this desk with the agreement:", kept),
        ("Papers known to this desk by title only:", named),
    ):
        if papers:
            blocks += [Paragraph(rich(opening)), Bullets(listed(papers))]
    return Part(tuple(blocks))


def _paper(paper: Document) -> str:
    return f"{paper.title}, {date_short(paper.dated)}" if paper.dated else paper.title
