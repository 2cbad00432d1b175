"""The end of a paper on a visit: who was spoken to, what the provider says of it, who signed or refused."""

from __future__ import annotations

from collections.abc import Iterator

from s75desk.domain.british_time import signed_words
from s75desk.domain.records import VisitSignature
from s75desk.domain.records.visit_work import Party, SpokenRole
from s75desk.domain.visits.book import signing
from s75desk.domain.visits.completeness import Signing
from s75desk.domain.visits.difference_words import comment_words
from s75desk.domain.visits.dossier import VisitDossier
from s75desk.domain.wording import sentence_case
from s75desk.reporting.content import Block, Exhibit, Gallery, Paragraph, Remark, Words, bold, rich
from s75desk.reporting.part import sentences, stopped
from s75desk.reporting.signature import signature_drawing

_WIDE = 200.0
"""Width of a signature on paper."""

_NAMES = {Party.OFFICER: "Officer", Party.PROVIDER: "For the provider"}


def people(dossier: VisitDossier) -> tuple[Block, ...]:
    """How many people of which role were spoken to."""
    known = [
        f"{role.value}: {record.count}"
        for role in SpokenRole
        if (record := dossier.book.people.get(role)) is not None and record.count is not None
    ]
    if not known:
        return (Paragraph(rich("Not known: nobody is recorded, by role and number.")),)
    return (Paragraph(rich(stopped(sentence_case("; ".join(known))))),)


def notes(dossier: VisitDossier) -> tuple[Block, ...]:
    """What was noted of the visit and of each action agreed at it, unless it is private; () where nothing was."""
    visit = dossier.book.visit
    said = [Paragraph(rich(visit.note.strip()))] if visit.note and visit.private is False else []
    for action in dossier.book.actions:
        if action.note and action.private is False:
            said.append(Paragraph(rich(bold(f"{action.heading}. "), action.note.strip())))
    return tuple(said)


def comment(dossier: VisitDossier) -> tuple[Block, ...]:
    """The provider's comment in its own words, or that none was made."""
    visit = dossier.book.visit
    made = bool((visit.comment or "").strip())
    words = comment_words(visit)
    return (Paragraph(rich(f"“{words}”" if made else stopped(words))),)


def signatures(dossier: VisitDossier) -> tuple[Block, ...]:
    """Both signatures as drawn; who refused or has not signed in words; and the whole fingerprint of the content."""
    drawn: list[Exhibit] = []
    said: list[Block] = []
    for party in Party:
        signature = dossier.book.signature(party)
        state = dossier.book.signing(party) if dossier.version is None else signing(signature)
        drawing = signature_drawing(signature, _WIDE) if state is Signing.SIGNED else None
        if drawing is not None:
            drawn.append(Exhibit(drawing, rich(bold(_NAMES[party]), f"\n{_under(signature)}")))
        else:
            said += _unsigned(party, signature, state)
    blocks: list[Block] = [Gallery(tuple(drawn))] if drawn else []
    return (*blocks, *said, _fingerprint(dossier))


def _under(signature: VisitSignature) -> str:
    when = signed_words(signature.signed) if signature.signed else "at a time not known"
    return f"{sentence_case((signature.role or '').strip() or 'role not known')}\n{when}"


def _unsigned(party: Party, signature: VisitSignature, state: Signing) -> Iterator[Block]:
    name, role = bold(f"{_NAMES[party]}."), (signature.role or "").strip()
    if state is Signing.REFUSED:
        who = f"The {role}" if role else "The provider"
        when = f" on {signed_words(signature.signed)}" if signature.signed else ""
        why = (signature.reason or "").strip()
        yield Paragraph(rich(name, f" {sentences(f'{who} refused to sign{when}', why or 'Why is not known')}"))
    elif state is Signing.OUTDATED:
        when = f" on {signed_words(signature.signed)}" if signature.signed else ""
        yield Paragraph(rich(name, f" Signed{when}, before the visit was changed. It has to be signed as it is now."))
    elif state is Signing.SIGNED:
        yield Paragraph(rich(name, f" {_under(signature)}. What was drawn cannot be shown."))
    else:
        yield Paragraph(rich(name, " Not signed."))


def _fingerprint(dossier: VisitDossier) -> Block:
    what = "what was signed" if dossier.version is not None else "what is recorded so far"
    text = f"SHA-256 of {what}, the beginning of which stands at the foot of every page:\n"
    return Remark((Words(text), Words(dossier.content)))
