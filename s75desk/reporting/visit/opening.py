"""The head of a paper on a visit: what it is, of which visit, whether it is signed, and how the visit is rated."""

from __future__ import annotations

from s75desk.domain.british_time import british
from s75desk.domain.records import VisitVersion
from s75desk.domain.statuses.marks import titled
from s75desk.domain.statuses.visits import replaced_status, unsigned_status
from s75desk.domain.visits.completeness import Gap
from s75desk.domain.visits.dossier import VisitDossier
from s75desk.domain.visits.standing import open_words, standing
from s75desk.domain.wording import date_long, list_words, plural, sentence_case
from s75desk.reporting.content import Briefing, Callout, Fact, Section, rich
from s75desk.reporting.part import sentences, stopped

UNSIGNED = "draft, not signed"

_MOST_NAMED = 3
"""So many things that are missing are named at the head of a draft."""


def paper(
    kind: str, dossier: VisitDossier, sections: tuple[Section, ...], *, audience: str = "", contents: bool = False
) -> Briefing:
    """A paper on a visit: the head that all of them share, and its sections."""
    signed = dossier.version is not None
    author = dossier.prepared_by
    return Briefing(
        kind=kind if signed else f"{kind}: {UNSIGNED}",
        title=title_of(dossier),
        subtitle=_subtitle(dossier, audience),
        reference=_reference(dossier),
        key_message=overall_box(dossier),
        sections=sections,
        contents=contents,
        author=sentence_case(author),
        keywords=(dossier.book.name, "quality visit", "signed" if signed else "not signed"),
        facts=_facts(dossier),
        notice=_notice(dossier),
        numbered=False,
        fingerprint=dossier.content,
    )


def title_of(dossier: VisitDossier) -> str:
    """The service and the day: "Fernbank House, 3 February 2026"."""
    day = dossier.day
    return f"{dossier.book.name}, {date_long(day)}" if day else f"{dossier.book.name}, on a date not known"


def signed_on(version: VisitVersion) -> str:
    """A version and the day it was signed: "version 1, signed on 3 February 2026"."""
    when = f"signed on {date_long(british(version.signed).date())}" if version.signed else "signed on a day not known"
    return f"version {version.number}, {when}"


def _subtitle(dossier: VisitDossier, audience: str) -> str:
    addressed = f"For {audience}." if audience else ""
    prepared = f"Prepared by the {dossier.prepared_by}." if dossier.prepared_by else ""
    return " ".join(part for part in (addressed, prepared, f"As at {date_long(dossier.as_at)}.") if part)


def _reference(dossier: VisitDossier) -> str:
    version = next((one for one in dossier.versions if one.number == dossier.version), None)
    return sentence_case(signed_on(version).replace("signed on", "signed") if version else UNSIGNED)


def _facts(dossier: VisitDossier) -> tuple[Fact, ...]:
    book = dossier.book
    visit, service = book.visit, book.service
    kind = f", {service.type.value}" if service and service.type else ""
    days = f", {plural(visit.days, 'day')}" if visit.days and visit.days > 1 else ""
    made = ("Made on", visit.made) if visit.made else ("Planned for", visit.planned)
    return (
        Fact("Service", f"{book.name}{kind}"),
        Fact("Provider", book.provider.name if book.provider else "Not known"),
        Fact("Visit", (visit.kind.word if visit.kind else "Kind not known") + days),
        Fact(made[0], date_long(made[1]) if made[1] else "Not known"),
        Fact("Team", visit.team or "Not known"),
        Fact("Question set", book.body.heading),
    )


def _notice(dossier: VisitDossier) -> Callout | None:
    """That it is not signed, or that a later version is."""
    if dossier.version is None:
        status = unsigned_status(UNSIGNED)
        so_far = f"This is the visit as recorded on {date_long(dossier.as_at)}. It may still change."
        amends = ""
        if dossier.amends:
            amends = f"It is to amend {signed_on(dossier.amends)}, which stands until this is signed."
        return Callout(status, rich(sentences(so_far, amends, _lacking(dossier))))
    if dossier.replaced_by:
        status = replaced_status(dossier.version)
        return Callout(status, rich(sentence_case(f"{signed_on(dossier.replaced_by)}, has taken its place.")))
    return None


def _lacking(dossier: VisitDossier) -> str:
    """What keeps it from being signed, by name, besides the signatures."""
    signs = (Gap.OFFICER, Gap.PROVIDER)
    names = list(dict.fromkeys(gap.title for gap in dossier.missing if gap.blocks and gap.gap not in signs))
    if not names:
        return ""
    more = len(names) - _MOST_NAMED
    shown = [*names[:_MOST_NAMED], f"{plural(more, 'other thing')}"] if more > 0 else names
    return f"Before it can be signed: {list_words(shown)}"


def overall_box(dossier: VisitDossier) -> Callout:
    """The overall rating with its reasons and, while questions are open, what it may still become."""
    level = dossier.rating.overall
    if dossier.recorded is not None:
        return Callout(titled("Overall rating", dossier.recorded), rich(dossier.recorded.sentence))
    status = standing(level, signed=dossier.version is not None)
    reasons = [*level.reasons, open_words(level, signed=dossier.version is not None)]
    words = "\n".join(stopped(reason) for reason in reasons if reason)
    return Callout(titled("Overall rating", status), rich(words or status.sentence))
