"""Figures in doubt, printed as stated with the sum beside them; and the appendix of workings."""

from __future__ import annotations

from collections.abc import Iterator

from s75desk.domain.answers import answer_words, to_be_asked
from s75desk.domain.dossier import AgreementDossier
from s75desk.domain.findings import Question
from s75desk.domain.working import Figure, Working
from s75desk.reporting.content import (
    Block,
    Bullets,
    Paragraph,
    Ref,
    Remark,
    Rich,
    Source,
    Subheading,
    Words,
    bold,
    rich,
)
from s75desk.reporting.part import Part, sentences, working_table


def questions(dossier: AgreementDossier) -> Part:
    """What is in doubt, with what it adds up to and where it stands; then what was answered, with its answer."""
    blocks: list[Block] = []
    if dossier.questions:
        blocks.append(
            Paragraph(rich("These figures are printed as their sources state them. Nothing has been changed."))
        )
    else:
        blocks.append(Paragraph(rich("No figure of this agreement is in doubt.")))
    for place, question in enumerate(dossier.questions):
        key = f"question.{place}"
        asked = f" {_asked(question)}." if to_be_asked(question) else ""
        text = (
            bold(f"{question.title}."),
            Words(f" {sentences(question.text)}{asked} See "),
            Ref(f"{key}.working"),
            Words("."),
        )
        source = (Source(question.source),) if question.source and question.source != "Not known" else ()
        blocks.append(Paragraph(text, key=key, sources=source))
        blocks.append(working_table(f"{key}.working", question.working))
    if dossier.answered:
        blocks += [Subheading("Answered"), Bullets(tuple(_answered(each) for each in dossier.answered), small=True)]
    return Part(tuple(blocks))


def _asked(question: Question) -> str:
    return answer_words(question.answer) if question.answer else ""


def _answered(question: Question) -> Rich:
    answer = question.answer
    said = (answer_words(answer), *answer.printed_notes) if answer else ()
    return rich(bold(f"{question.title}."), f" {sentences(*said)}")


def workings(dossier: AgreementDossier) -> Part:
    """Every computed figure's working as a small table, each once."""
    seen: dict[Working, None] = {}
    shown = {question.working for question in dossier.questions}
    for working in _all(dossier):
        if working.lines and working not in shown:
            seen.setdefault(working)
    if not seen:
        return Part()
    note = Remark(rich("How every computed figure in this briefing was arrived at, so that it can be redone by hand."))
    return Part((note, *(working_table(f"working.{place}", each) for place, each in enumerate(seen))))


def _all(dossier: AgreementDossier) -> Iterator[Working]:
    term = dossier.term
    yield term.working
    figures: list[Figure | None] = [term.ends_figure, term.notice_figure, dossier.value]
    figures += [figure for year in dossier.plan for figure in (year.value, year.uplift)]
    for fund in dossier.funds:
        figures += [fund.paid_in, fund.aligned, fund.combined]
        figures += [fund.carried, fund.pooled] if fund.carried.working is not None else []
        figures += [fund.spend, fund.outlook, fund.uplift]
        figures += [figure for share in fund.shares for figure in (share.of_pool, share.of_all)]
    for sheet in dossier.kpis:
        state = sheet.state
        figures += [state.to_date, state.forecast, state.latest, state.judged, state.against, state.previous]
    for figure in figures:
        if figure is not None and figure.working is not None:
            yield figure.working
