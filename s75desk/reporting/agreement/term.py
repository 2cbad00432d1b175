"""The term: how long it runs, what may follow, the last days to give notice, drawn and in a table."""

from __future__ import annotations

from s75desk.domain.dossier import AgreementDossier
from s75desk.domain.inferred import marked
from s75desk.domain.records.agreement import ExtensionState
from s75desk.domain.statuses.agreement_parts import extension_status, first_term_status
from s75desk.domain.term import Span
from s75desk.domain.term_spans import in_order, state_at
from s75desk.domain.term_status import By
from s75desk.domain.wording import (
    count_words,
    date_long,
    date_short,
    list_words,
    sentence_case,
)
from s75desk.reporting.agreement.deeds import deeds
from s75desk.reporting.content import (
    Block,
    Cell,
    Column,
    Figure,
    Paragraph,
    Row,
    Table,
    bold,
    cell,
    rich,
    sources_of,
    status_cell,
)
from s75desk.reporting.paper import DRAWING_TEXT, MEASURE
from s75desk.reporting.part import Part, day_cell, sentences, two_lines
from s75desk.reporting.timeline import term_drawing


def term(dossier: AgreementDossier) -> Part:
    """Length, end, notice and options to extend."""
    found = dossier.term
    sources = sources_of([dossier.agreement, *dossier.extensions])
    blocks: list[Block] = []
    unknown: list[str] = []
    if found.starts is None:
        unknown.append("When the agreement began is not known.")
    if not found.end_known:
        unknown.append("When the agreement ends is not known.")
    if dossier.agreement.notice is None:
        unknown.append("The notice period is not known, so no last day to give notice can be worked out.")
    if found.starts is None and not found.end_known and found.last_end is None:
        return Part((), tuple(unknown))
    blocks.append(Paragraph(rich(_length(dossier)), key="term.length", sources=sources))
    notice = _notice(dossier)
    if notice:
        blocks.append(Paragraph(rich(notice), sources=sources_of([dossier.agreement])))
    if dossier.extensions:
        blocks.append(Paragraph(rich(_options(dossier)), sources=sources_of(dossier.extensions)))
    drawing = term_drawing(found, dossier.as_at, MEASURE, text=DRAWING_TEXT)
    blocks.append(Figure("term.figure", f"The term as at {date_long(dossier.as_at)}", drawing, sources))
    if found.spans:
        blocks.append(_table(dossier))
    blocks += deeds(dossier)
    blocks += [Paragraph(rich(bold("To be checked."), f" {doubt.text}"), sources=sources) for doubt in found.findings]
    return Part(tuple(blocks), tuple(unknown))


def _length(dossier: AgreementDossier) -> str:
    found, agreement, begun = dossier.term, dossier.agreement, dossier.term.begins
    first = found.spans[0] if found.spans else None
    day = marked(date_long(found.starts), agreement, "starts") if found.starts else ""
    if found.starts and found.rolling:
        least = f", for {found.length} at the least" if found.length else ""
        opening = f"The agreement {begun} on {day}{least}"
    elif found.starts and first:
        length = f" for {found.length}" if found.length else ""
        opening = f"The agreement {begun} on {day}{length}, to {first.until}"
    elif found.starts:
        opening = f"The agreement {begun} on {day}; its length is not known"
    else:
        opening = "The day on which the agreement began is not known"
    year = f"It is in year {found.year_now} of {found.years}" if found.year_now and found.years else ""
    return sentences(opening, _ending(dossier), year)


def _ending(dossier: AgreementDossier) -> str:
    found = dossier.term
    if found.ends is None or found.over:
        return sentence_case(found.ending)
    ending = f"As things stand {found.ending}"
    if found.last_end and found.last_end > found.ends and found.ended_by is By.TERM:
        ending += f"; with every extension it could run to {date_long(found.last_end)}"
    return ending


def _notice(dossier: AgreementDossier) -> str:
    found, notice = dossier.term, dossier.agreement.notice
    if notice is None:
        return ""
    if not notice:
        return "It can be ended without a period of notice."
    period = f"The notice period is {notice}"
    if found.ended_by is By.NOTICE and dossier.agreement.notice_given is not None:
        to_end = f", to end it on {date_long(found.ends)}" if found.ends else ""
        return sentences(f"{period}; notice was given on {date_long(dossier.agreement.notice_given)}{to_end}")
    if found.ends is None or found.notice_by is None:
        return sentences(period)
    must = "had to" if found.notice_by < dossier.as_at else "must"
    return sentences(f"{period}: to end it on {date_long(found.ends)}, notice {must} be given by "
                     f"{date_long(found.notice_by)}")  # fmt: skip


def _options(dossier: AgreementDossier) -> str:
    """How many options there are, how long each, and which are decided."""
    extensions = in_order(dossier.extensions)
    lengths = [each.length.words if each.length else "a length not known" for each in extensions]
    if len(extensions) == 1:
        opening = f"There is one option to extend, of {lengths[0]}"
    elif len(set(lengths)) == 1:
        opening = f"There are {count_words(len(extensions)).lower()} options to extend, of {lengths[0]} each"
    else:
        opening = f"There are {count_words(len(extensions)).lower()} options to extend, of {list_words(lengths)}"
    by_state: dict[ExtensionState, list[str]] = {}
    for each in extensions:
        by_state.setdefault(state_at(each, dossier.as_at), []).append(each.heading)
    states = []
    for state, names in by_state.items():
        if len(names) == len(extensions) and len(names) > 1:
            states.append(f"{'neither' if len(names) == 2 else 'none'} is decided"
                          if state is ExtensionState.UNDECIDED else f"all have been {state.value}")  # fmt: skip
        else:
            one = len(names) == 1
            verb = (
                ("is" if one else "are") if state is ExtensionState.UNDECIDED else ("has been" if one else "have been")
            )
            states.append(f"{list_words(_lower(name) for name in names)} {verb} {state.value}")
    return sentences(f"{opening}; {list_words(states)}")


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]


def _table(dossier: AgreementDossier) -> Table:
    rows = []
    for span in dossier.term.spans:
        name = span.extension.heading if span.extension else "First term"
        notice = day_cell(span.notice_by) if dossier.agreement.notice else cell("No notice period")
        if dossier.agreement.notice is None:
            notice = cell("Not known")
        own = None if span.extension else dossier.agreement
        until = day_cell(span.ends, own, "stated_end") if span.latest is None else cell(span.until_short)
        days = (day_cell(span.starts, own, "starts"), until)
        rows.append(Row((cell(name), *days, notice, _state(span, dossier))))
    columns = (
        Column("Part of the term"),
        Column("From"),
        Column("To"),
        Column("Last day to give notice for that end"),
        Column("Decision"),
    )
    sources = sources_of([dossier.agreement, *dossier.extensions])
    return Table("term.table", "Ends and last days to give notice", columns, tuple(rows), sources=sources)


def _state(span: Span, dossier: AgreementDossier) -> Cell:
    extension = span.extension
    if extension is None:
        return status_cell(first_term_status(dossier.agreement))
    status = extension_status(extension, dossier.as_at)
    when = by = ""
    if status.finished:
        when = marked(date_short(extension.decided), extension, "decided") if extension.decided else "date not known"
        by = extension.decided_by or ""
    return Cell(two_lines(status.word, ", ".join(part for part in (when, by) if part)), status.shape)
