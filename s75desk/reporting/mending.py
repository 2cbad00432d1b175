"""A section or chart that cannot be made leaves its sentence in the paper and a report in the log; the rest prints."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from s75desk.reporting.content import Briefing, Paragraph, Section, SummaryPart, rich

T = TypeVar("T")
S = TypeVar("S")

_logger = logging.getLogger(__name__)


def not_made(what: str) -> str:
    """The sentence that stands in the paper instead: what is missing, and what to do."""
    return f"{what} could not be made. Nothing in the desk is lost; the log says why. Send it with the crash report."


def made_or_said(what: str, make: Callable[[], T], instead: Callable[[str], S]) -> T | S:
    """What ``make`` makes; if it fails, the failure in the log and what ``instead`` makes of the sentence."""
    try:
        return make()
    except Exception:
        _logger.exception("%s could not be made", what)
        return instead(not_made(what))


def without_what_fails(briefing: Briefing, works: Callable[[Briefing], bool]) -> Briefing:
    """The briefing with a sentence in place of each part that cannot be laid out.

    Args:
        briefing: One that cannot be laid out as it is.
        works: Whether a briefing can be laid out.
    """
    sections = tuple(_said(section) for section in briefing.sections)
    kept = replace(briefing, sections=sections, summary=())
    summary: list[SummaryPart] = []
    for part in briefing.summary:
        if works(replace(kept, summary=(*summary, part))):
            summary.append(part)
        else:
            _logger.error("The part %s of the first page could not be laid out", part.title)
    kept = replace(kept, summary=tuple(summary))
    for place, section in enumerate(briefing.sections):
        tried = replace(kept, sections=(*kept.sections[:place], section, *kept.sections[place + 1 :]))
        if works(tried):
            kept = tried
        else:
            _logger.error("The section %s could not be laid out", section.title)
    return kept


def _said(section: Section) -> Section:
    return replace(section, blocks=(Paragraph(rich(not_made(f"“{section.title}”"))),))
