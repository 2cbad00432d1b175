"""Options considered, recommendations with their progress, the timetable, decisions and open actions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from s75desk.domain.dossier import AgreementDossier
from s75desk.domain.inferred import marked
from s75desk.domain.records import Action, Extension, Milestone, Option, Recommendation
from s75desk.domain.status import Status
from s75desk.domain.statuses.actions import action_status, is_open
from s75desk.domain.statuses.agreement_parts import (
    decision_status,
    is_undecided,
    is_unextended,
    milestone_status,
    option_status,
    recommendation_status,
)
from s75desk.domain.statuses.counts import overdue_count, tally, undecided_count
from s75desk.domain.term_status import By
from s75desk.domain.wording import count_words, date_short, inside, list_words, number
from s75desk.reporting.content import Cell, Column, Paragraph, Row, Table, cell, rich, sources_of, status_cell
from s75desk.reporting.part import (
    Part,
    day_cell,
    lines_of,
    listed,
    sentences,
    small_count,
    two_lines,
)


def options(dossier: AgreementDossier) -> Part:
    """The options appraisal: benefits and risks as stated, and which was chosen."""
    found = dossier.options
    if not found:
        return Part((), ("Which options were considered is not known.",))
    scored = any(option.score is not None for option in found)
    chosen = [option for option in found if option.chosen]
    words = f"{count_words(len(found))} {'option was' if len(found) == 1 else 'options were'} considered"
    if chosen:
        names = list_words(_quoted(option) for option in chosen)
        words += f"; {names} {'was' if len(chosen) == 1 else 'were'} chosen"
    text = sentences(words, "" if scored else "They were not scored" if len(found) > 1 else "It was not scored")
    rows = []
    for option in found:
        cells = [
            Cell(rich(_option_name(option)), bold=bool(option.chosen)),
            _points(option.benefits),
            _points(option.risks),
        ]
        if scored:
            cells.append(cell(number(option.score) if option.score is not None else "Not scored"))
        cells.append(status_cell(option_status(option, dossier.as_at)))
        rows.append(Row(tuple(cells)))
    columns = [Column("Option"), Column("Benefits"), Column("Risks")]
    if scored:
        columns.append(Column("Score", "right"))
    columns.append(Column("Outcome"))
    sources = sources_of(found)
    blocks = (
        Paragraph(rich(text), sources=sources),
        Table("options.table", "Options considered", tuple(columns), tuple(rows), sources=sources),
    )
    return Part(blocks)


def _quoted(option: Option) -> str:
    return f"option {option.number}, “{option.title}”," if option.number is not None else f"“{option.title}”"


def _points(text: str | None) -> Cell:
    """One point as it is, several as a list."""
    lines = lines_of(text)
    if len(lines) > 1:
        return Cell((), items=listed(lines))
    return cell(lines[0] if lines else "Not stated")


def _option_name(option: Option) -> str:
    return f"{option.number}. {option.title}" if option.number is not None else option.title


def recommendations(dossier: AgreementDossier) -> Part:
    """Each recommendation with how far it has come, in the words of whoever reported it."""
    found = dossier.recommendations
    if not found:
        return Part((), ("No recommendation is recorded.",))
    today = dossier.as_at
    makers = list(dict.fromkeys(_maker(each) for each in found))
    statuses = [recommendation_status(each, today) for each in found]
    counts = _counted(statuses)
    opening = f"{count_words(len(found))} {'recommendation is' if len(found) == 1 else 'recommendations are'} recorded"
    said = f"{'Made by' if found[0].made_by else 'Made on'} {makers[0]}" if len(makers) == 1 and makers[0] else ""
    text = sentences(f"{opening}: {counts}", said)
    rows = []
    for each, status in zip(found, statuses, strict=True):
        cells = [
            cell(each.number or "–"),
            cell(each.title),
            status_cell(status),
            cell(sentences(each.update or "", _taken(each, dossier)) or "Not known"),
        ]
        if len(makers) > 1:
            cells.insert(2, cell(_maker(each) or "Not known"))
        rows.append(Row(tuple(cells)))
    columns = [Column("No."), Column("Recommendation"), Column("Progress", least=78.0), Column("In words")]
    if len(makers) > 1:
        columns.insert(2, Column("Made by, and when"))
    sources = sources_of(found)
    return Part(
        (
            Paragraph(rich(text), sources=sources),
            Table(
                "recommendations.table", "Recommendations and progress", tuple(columns), tuple(rows), sources=sources
            ),
        )
    )


def _taken(each: Recommendation, dossier: AgreementDossier) -> str:
    """The decision that took a recommendation: "Noted by the Cabinet, 10 Apr 2017"."""
    taken = next((one for one in dossier.decisions if each.decision and one.uid == each.decision), None)
    if taken is None:
        return ""
    word = marked(decision_status(taken, dossier.as_at).word, taken, "outcome")
    return ", ".join(filter(None, (word, taken.body or "", date_short(taken.taken) if taken.taken else "")))


def _maker(each: Recommendation) -> str:
    when = marked(date_short(each.made), each, "made") if each.made else ""
    return ", ".join(part for part in (each.made_by or "", when) if part)


def _counted(statuses: Sequence[Status]) -> str:
    """How many stand how: "four done, two overdue and one not known"; of several alike "all done", of one "done"."""
    states = tally(statuses)
    if len(states) == 1:
        state = inside(next(iter(states)))
        return f"all {state}" if len(statuses) > 1 else state
    return list_words(f"{small_count(count)} {inside(state)}" for state, count in states.items())


def milestones(dossier: AgreementDossier) -> Part:
    """The timetable as a table: milestone and activity, owner, dates, progress."""
    found = dossier.milestones
    if not found:
        return Part((), ("No milestone is recorded.",))
    rows = []
    for each in sorted(found, key=_milestone_order):
        rows.append(
            Row(
                (
                    Cell(two_lines(_numbered(each), each.activity or "")),
                    cell(each.owner or "Not known"),
                    cell(_when(each)),
                    _progress_cell(each, dossier.as_at),
                )
            )
        )
    columns = (Column("Milestone"), Column("Owner"), Column("When"), Column("Progress", least=78.0))
    late = overdue_count(found, dossier.as_at)
    words = f"The timetable has {small_count(len(found))} {'milestone' if len(found) == 1 else 'milestones'}"
    if late:
        words += f"; {small_count(late)} {'is' if late == 1 else 'are'} late"
    sources = sources_of(found)
    return Part(
        (
            Paragraph(rich(sentences(words)), sources=sources),
            Table("milestones.table", "Timetable", columns, tuple(rows), sources=sources),
        )
    )


def _milestone_order(each: Milestone) -> tuple[bool, int, bool, date]:
    return (each.number is None, each.number or 0, each.due is None, each.due or date.max)


def _numbered(each: Milestone) -> str:
    return f"{each.number}. {each.title}" if each.number is not None else each.title


def _when(each: Milestone) -> str:
    if each.as_stated:
        return each.as_stated
    starts = date_short(each.starts) if each.starts else ""
    due = date_short(each.due) if each.due else ""
    words = f"{starts} to {due}" if starts and due else f"By {due}" if due else f"From {starts}" if starts else ""
    return marked(words, each, "starts", "due") or "No date"


def _progress_cell(each: Milestone, today: date) -> Cell:
    """The status with the day on which it was done."""
    status = milestone_status(each, today)
    done = marked(date_short(each.done), each, "done") if each.done is not None and status.finished else ""
    return Cell(two_lines(status.word, done), status.shape, status.shape.loud)


def undecided_options(dossier: AgreementDossier) -> list[Extension]:
    """Options to extend that are open while the agreement is not over."""
    settled = dossier.term.ends is not None and dossier.agreement.let_end == dossier.term.ends
    if dossier.term.closed or settled or dossier.term.ended_by is not By.TERM:
        return []
    return [each for each in dossier.extensions if is_unextended(each, dossier.as_at)]


def decisions(dossier: AgreementDossier) -> Part:
    """Decisions still needed first, then those taken, the latest first."""
    found = dossier.decisions
    if not found:
        return Part((), ("No decision is recorded.",))
    needed = [each for each in found if is_undecided(each, dossier.as_at)]
    taken = [each for each in found if each not in needed]
    taken.sort(key=lambda each: each.taken or date.min, reverse=True)
    needed.sort(key=lambda each: each.due or date.max)
    rows = []
    for each in (*needed, *taken):
        when = marked(f"By {date_short(each.due)}", each, "due") if each in needed and each.due else ""
        taken_on = marked(date_short(each.taken), each, "taken") if each.taken and each not in needed else "Not known"
        more = f"Delegated to {each.delegated_to}" if each.delegated_to else ""
        rows.append(
            Row(
                (
                    cell(when or taken_on),
                    Cell(two_lines(each.title, more)),
                    cell(each.body or "Not known"),
                    status_cell(decision_status(each, dossier.as_at)),
                    cell(each.reference or "None"),
                )
            )
        )
    columns = (Column("Date"), Column("Decision"), Column("By"), Column("Outcome"), Column("Reference"))
    words = f"{count_words(len(found))} {'decision is' if len(found) == 1 else 'decisions are'} recorded"
    waiting = undecided_count(found, dossier.as_at)
    words += f"; {f'{small_count(waiting)} of them' if waiting else 'none of them is'} still to be taken"
    options = undecided_options(dossier)
    if options:
        words += f", and {small_count(len(options))} {'option' if len(options) == 1 else 'options'} to extend "
        words += "is undecided" if len(options) == 1 else "are undecided"
    sources = sources_of(found)
    return Part(
        (
            Paragraph(rich(sentences(words)), sources=sources),
            Table("decisions.table", "Decisions", columns, tuple(rows), sources=sources),
        )
    )


def open_actions(dossier: AgreementDossier) -> list[Action]:
    """Actions that are still open, by due date, those without one last."""
    found = [action for action in dossier.actions if is_open(action, dossier.as_at)]
    return sorted(found, key=lambda action: action.due or date.max)


def actions(dossier: AgreementDossier) -> Part:
    """Actions that are still open."""
    found = open_actions(dossier)
    if not found:
        text = "No action is open." if dossier.actions else "No action is recorded."
        return Part((Paragraph(rich(text)),))
    rows = [
        Row(
            (
                day_cell(action.due, action, "due"),
                Cell(two_lines(action.title, action.why or "")),
                cell(action.owner or "Not known"),
                status_cell(action_status(action, dossier.as_at)),
            )
        )
        for action in found
    ]
    columns = (Column("Due"), Column("Action"), Column("Owner"), Column("Status"))
    late = overdue_count(found, dossier.as_at)
    words = f"{count_words(len(found))} {'action is' if len(found) == 1 else 'actions are'} open"
    words += f"; {small_count(late)} of them overdue" if late else "; none is overdue"
    sources = sources_of(found)
    return Part(
        (
            Paragraph(rich(sentences(words)), sources=sources),
            Table("actions.table", "Open actions", columns, tuple(rows), sources=sources),
        )
    )
