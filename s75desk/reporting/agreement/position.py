"""The position: what is so, what must be decided by when, and how the rest stands, each with where to read on."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

from s75desk.domain.dossier import AgreementDossier
from s75desk.domain.inferred import marked
from s75desk.domain.money.amounts import least_text
from s75desk.domain.records import Decision, Extension
from s75desk.domain.statuses.agreement_parts import is_undecided
from s75desk.domain.statuses.agreements import agreement_status
from s75desk.domain.statuses.counts import doubt_count, overdue_count, undecided_count
from s75desk.domain.term_status import By
from s75desk.domain.wording import count_words, date_long, days_phrase, list_words, sentence_case
from s75desk.reporting.agreement.appraisal import open_actions, undecided_options
from s75desk.reporting.agreement.performance import counts_in_words
from s75desk.reporting.agreement.scope import current_parties, kind_words
from s75desk.reporting.content import (
    Block,
    Callout,
    Column,
    Inline,
    Paragraph,
    Ref,
    Row,
    Source,
    Table,
    Words,
    cell,
    rich,
    sources_of,
)
from s75desk.reporting.part import Part, day_cell, sentences, small_count, stopped


def key_message(dossier: AgreementDossier) -> Callout:
    """What the reader must know first: the term's status, and what follows if an extension is still open."""
    status = agreement_status(dossier)
    said = status.sentence
    if said.startswith(f"{status.state}, "):  # its word stands before it already: "Live. Year 7 of 8."
        said = sentence_case(said.removeprefix(f"{status.state}, "))
    return Callout(status, rich(sentences(said.removeprefix(f"{status.state}. "), _if_nothing(dossier))))


def _if_nothing(dossier: AgreementDossier) -> str:
    """When the next extension must be decided, if that is not what the status already says."""
    term, today = dossier.term, dossier.as_at
    if term.ends is None or term.ends < today or term.next_date != term.notice_by:
        return ""
    option = next((span for span in term.spans if span.is_open), None) if term.ended_by is By.TERM else None
    if option is None or option.extension is None:
        return ""
    name = option.extension.heading
    return f"{name} must be decided by {date_long(term.ends)}, or the agreement ends then"


@dataclass(frozen=True, slots=True)
class Step:
    """Something that must be decided or done by a day, where one is known."""

    day: date | None
    what: str
    who: str
    sources: tuple[Source, ...]


def position(dossier: AgreementDossier, present: AbstractSet[str]) -> Part:
    """The section itself; ``present`` are the keys of the sections that the briefing has."""
    blocks: list[Block] = [Paragraph(rich(_standing(dossier)), key="position.status", sources=_term_sources(dossier))]
    ahead = steps(dossier)
    if ahead:
        rows = [
            Row((day_cell(step.day), cell(step.what), cell(step.who), cell(_left(step.day, dossier.as_at))))
            for step in ahead
        ]
        columns = (Column("By"), Column("What must be decided"), Column("By whom"), Column("Time left"))
        sources = tuple(dict.fromkeys(source for step in ahead for source in step.sources))
        blocks.append(
            Table("position.steps", "What must be decided, and by when", columns, tuple(rows), sources=sources)
        )
        if waiting := undecided_words(dossier):
            blocks.append(Paragraph(rich(waiting)))
    blocks += _summaries(dossier, present)
    return Part(tuple(blocks))


def _standing(dossier: AgreementDossier) -> str:
    """What the agreement is, between whom, and how it stands on the day."""
    agreement, term = dossier.agreement, dossier.term
    form = f"“{agreement.heading}” is {marked(kind_words(agreement.kind), agreement, 'kind')}" if agreement.kind else ""
    parties = current_parties(dossier)
    between = f"The parties are {list_words(parties)}" if len(parties) > 1 else ""
    year = f"in year {term.year_now} of {term.years}; " if term.year_now and term.years else ""
    stands = f"As at {date_long(dossier.as_at)} {year and 'it is '}{year}{term.ending}"
    return sentences(form, between, stands)


def _term_sources(dossier: AgreementDossier) -> tuple[Source, ...]:
    return sources_of([dossier.agreement, *dossier.extensions])


def _left(day: date | None, today: date) -> str:
    if day is None:
        return "Not known"
    phrase = days_phrase(day, today)
    return phrase[:1].upper() + phrase[1:]


def steps(dossier: AgreementDossier) -> list[Step]:
    """Notice, open extensions and undecided decisions that lie ahead or are late, by date, those without one last."""
    term, today = dossier.term, dossier.as_at
    found: list[Step] = []
    live = term.ends is not None and term.ends >= today and term.ended_by is By.TERM
    if live and term.notice_by is not None and term.notice_by >= today and term.notice_by != term.ends and term.ends:
        what = f"Whether to give notice, so that the agreement ends on {date_long(term.ends)}"
        found.append(Step(term.notice_by, what, "Not stated", sources_of([dossier.agreement])))
    for record in undecided(dossier):
        if isinstance(record, Decision):
            found.append(Step(record.due, record.title, record.body or "Not known", sources_of([record])))
        else:
            found.append(_open_extension(record, dossier))
    return sorted(found, key=lambda step: step.day or date.max)


def undecided(dossier: AgreementDossier) -> list[Decision | Extension]:
    """Decisions still to be taken, and options to extend that are open while the agreement is not over."""
    today = dossier.as_at
    found: list[Decision | Extension] = [each for each in dossier.decisions if is_undecided(each, today)]
    return [*found, *undecided_options(dossier)]


def undecided_words(dossier: AgreementDossier) -> str:
    """How many of both there are, in the same words on the first page and in the text."""
    found = undecided(dossier)
    kinds = (
        ([each for each in found if isinstance(each, Decision)], "decision"),
        ([each for each in found if isinstance(each, Extension)], "option to extend"),
    )
    counted = [(undecided_count(own, dossier.as_at), noun) for own, noun in kinds if own]
    parts = [f"{small_count(n)} {noun if n == 1 else _MANY[noun]}" for n, noun in counted]
    one = sum(n for n, _ in counted) == 1
    return sentences(sentence_case(f"{list_words(parts)} {'is' if one else 'are'} undecided")) if parts else ""


_MANY = {"decision": "decisions", "option to extend": "options to extend"}


def _open_extension(extension: Extension, dossier: AgreementDossier) -> Step:
    """An extension needs its decision before the end it moves; of one that cannot be dated that day is not known."""
    by, what = None, extension.heading
    for span in dossier.term.spans:
        if span.extension is not None and span.extension.uid == extension.uid:
            by = date.fromordinal(span.starts.toordinal() - 1)
            what = f"{extension.heading}: {date_long(span.starts)} to {span.until}"
    return Step(by, what, extension.decided_by or "Not stated", sources_of([extension]))


def _summaries(dossier: AgreementDossier, present: AbstractSet[str]) -> list[Block]:
    """A sentence each on money, KPIs, actions and doubts, and where to read on."""
    blocks: list[Block] = []
    if dossier.money.total.value.known.valued:
        doubt = ", which is not the total as stated" if dossier.money.total.agrees is False else ""
        text = f"The value over the whole possible term is {least_text(dossier.money.total.value)}{doubt}"
        blocks.append(_summary(text, "money", present))
    if dossier.kpis:
        blocks.append(_summary(counts_in_words(dossier.kpis), "performance", present))
    waiting = open_actions(dossier)
    if waiting:
        late = overdue_count(waiting, dossier.as_at)
        text = f"{count_words(len(waiting))} {'action is' if len(waiting) == 1 else 'actions are'} open, {_late(late)}"
        blocks.append(_summary(text, "actions", present))
    if dossier.questions:
        count = doubt_count(dossier.questions)
        text = f"{count_words(count)} {'figure is' if count == 1 else 'figures are'} in doubt: printed as stated, with "
        text += "the sum beside it" if count == 1 else "the sums beside them"
        blocks.append(_summary(text, "questions", present))
    return blocks


def _late(count: int) -> str:
    return f"{small_count(count)} of them overdue" if count else "none overdue"


def _summary(text: str, key: str, present: AbstractSet[str]) -> Paragraph:
    words: list[Inline] = [Words(stopped(text).rstrip("."))]
    words += [Words(" ("), Ref(key), Words(").")] if key in present else [Words(".")]
    return Paragraph(tuple(words))
