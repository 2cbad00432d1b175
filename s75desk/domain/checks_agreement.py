"""Checks of agreements and of what hangs under them: terms, roles, money, ties, decisions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from s75desk.domain.as_at import as_known
from s75desk.domain.findings import Finding
from s75desk.domain.lengths import end_after
from s75desk.domain.money.amounts import sum_of
from s75desk.domain.money.fund_plan import TermTotal, possible_months
from s75desk.domain.money.ledger import stated_text
from s75desk.domain.money.pooled_fund import fund_years, has_pool
from s75desk.domain.money.states import key_of, state_of, stated_sum, superseded
from s75desk.domain.money.totals import (
    agrees_with,
    expected_total,
    times_years,
    total_as_stated,
    yearly_sum,
    years_covered,
    years_words,
)
from s75desk.domain.money.whole import money_of
from s75desk.domain.money.yearly import as_typed
from s75desk.domain.questions_sums import stated_total
from s75desk.domain.records import (
    Agreement,
    Contribution,
    Decision,
    Extension,
    Link,
    Milestone,
    Option,
    Party,
    Record,
)
from s75desk.domain.records.agreement import ExtensionState, Outcome, PartyRole, Progress
from s75desk.domain.records.money import MoneyLine, MoneyType
from s75desk.domain.surroundings import Surroundings, doubt, fault, note, use
from s75desk.domain.term import Span, term_of
from s75desk.domain.term_history import TermHistory
from s75desk.domain.wording import date_long, financial_year, financial_year_of, list_words, number


def agreement_findings(agreement: Agreement, around: Surroundings) -> list[Finding]:
    """Ends, notice days and totals that follow from an agreement, and where it contradicts itself."""
    starts, end = agreement.starts, agreement.stated_end
    found: list[Finding] = []
    if starts is not None and end is not None and end < starts:
        fix = use(agreement, "stated_end", end_after(starts, agreement.first_term)) if agreement.first_term else None
        found.append(doubt("stated_end", f"This is before the start, {date_long(starts)}.", fix))
    if starts is not None and agreement.ends_at_latest is not None and agreement.ends_at_latest < starts:
        found.append(doubt("ends_at_latest", f"This is before the start, {date_long(starts)}."))
    # An end that is wrong must not hide what follows from start and length.
    term = term_of(agreement, around.others(Extension), around.today, history=around.history)
    for finding in term.findings:
        if finding.field == "stated_end" and end is not None and starts is not None and end >= starts:
            follows = None if agreement.rolling or not term.spans else term.spans[0].ends
            fix = use(agreement, "stated_end", follows) if follows is not None else None
            found.append(doubt("stated_end", finding.text, fix))
        elif finding.field != "stated_end":
            found.append(finding)
    found += _term_notes(agreement, [span for span in term.spans if not span.declined])
    found += _money_findings(agreement, around)
    return found


def _term_notes(agreement: Agreement, spans: list[Span]) -> list[Finding]:
    if not spans:
        return []
    found = []
    first = spans[0]
    if agreement.first_term is not None:
        later = _ends_words(first.last, [span.last for span in spans[1:]])
        found.append(note("first_term", f"Ends {first.until}{later}."))
    if first.notice_by is not None and agreement.starts is not None and first.notice_by >= agreement.starts:
        day = date_long(first.notice_by)
        found.append(note("notice", f"Last day to give notice for the first end: {day}."))
    return found


def _ends_words(first: date, later: list[date]) -> str:
    """Further ends after a first: "; with extensions 2030 and 2031", or in full where the day differs."""
    if not later:
        return ""
    same_day = all((end.day, end.month) == (first.day, first.month) for end in later)
    words = list_words(str(end.year) if same_day else date_long(end) for end in later)
    return f"; with {'extension' if len(later) == 1 else 'extensions'} {words}"


def _money_findings(agreement: Agreement, around: Surroundings) -> list[Finding]:
    found = []
    months = possible_months(agreement, around.others(Extension))
    yearly = yearly_sum(agreement)
    if yearly is not None and months is not None and months > 12 and around.worth is None:
        whole = times_years(yearly, Decimal(months) / 12)
        length = years_words(whole.years) if months % 12 == 0 else f"{months} months"
        found.append(note("yearly_value", f"{whole.value.text} over {length}."))
    total = _term_total(agreement, around)
    question = stated_total(agreement, months, total)
    if question is not None:
        one_year = expected_total(agreement, months)
        summed = sum_of(total.value) if total.stated is not None else one_year.value if one_year is not None else None
        value = None if summed is None else summed.exact
        fix = use(agreement, "stated_total", value) if value is not None and total.complete else None
        found.append(doubt("stated_total", question.text, fix))
    elif agreement.yearly_value is None and years_covered(agreement.stated_total_basis, None) == 1:
        found += _against_contributions(agreement, around.others(Contribution))
    return found


def _term_total(agreement: Agreement, around: Surroundings) -> TermTotal:
    extensions, contributions = around.others(Extension), around.others(Contribution)
    worth = as_typed(around.worth, agreement, around.today)
    return money_of(agreement, extensions, contributions, {}, worth).total


def _against_contributions(agreement: Agreement, contributions: list[Contribution]) -> list[Finding]:
    """A yearly total against what the partners pay in the first year recorded: 372,000 + 374,000 is not 764,000."""
    funds = fund_years(contributions, {})
    paid = [share.pooled for share in funds[0].shares if share.pooled is not None] if funds else []
    whole = sum_of(funds[0].paid_in) if funds else None
    stated = total_as_stated(agreement)
    if stated is None or whole is None or funds[0].incomplete or agrees_with(stated, whole):
        return []
    terms = " + ".join(number(amount) for amount in paid)
    text = f"{terms} = {number(whole.low)}, not {stated.plain}."
    return [doubt("stated_total", text, use(agreement, "stated_total", whole.low))]


def party_findings(party: Party, around: Surroundings) -> list[Finding]:
    """Two leads or two hosts at one time, and a role that is recorded twice."""
    found = []
    for other in around.others(Party):
        if other.role is not party.role or not _at_one_time(party, other):
            continue
        if other.organisation == party.organisation:
            found.append(doubt("role", "This role is already recorded for the same time."))
        elif party.role in (PartyRole.LEAD, PartyRole.HOST):
            found.append(doubt("role", f"Another {party.role.value} is recorded for the same time. Give the dates."))
    return found[:1]


def _at_one_time(one: Party, other: Party) -> bool:
    return (one.since or date.min) <= (other.until or date.max) and (other.since or date.min) <= (one.until or date.max)


def extension_findings(extension: Extension, around: Surroundings) -> list[Finding]:
    """Numbers used twice, decisions without a date, and the end that an extension gives."""
    found: list[Finding] = []
    others = around.others(Extension)
    numbers = {other.number for other in others}
    if extension.number is not None and extension.number in numbers:
        free = max((number for number in numbers if number is not None), default=0) + 1
        text = f"Extension {extension.number} is already recorded."
        found.append(doubt("number", text, use(extension, "number", free)))
    if extension.state is ExtensionState.UNDECIDED and extension.decided is not None:
        found.append(doubt("state", "There is a day of decision. Say whether it was exercised or declined."))
    elif extension.state in (ExtensionState.EXERCISED, ExtensionState.DECLINED) and extension.decided is None:
        found.append(doubt("decided", "Say when it was decided, so that it can be set against the end."))
    if not found and isinstance(around.owner, Agreement):
        found += _extension_in_term(around.owner, extension, others, around.today, around.history)
    return found


def _extension_in_term(
    agreement: Agreement, extension: Extension, others: list[Extension], today: date, history: TermHistory
) -> Iterable[Finding]:
    term = term_of(agreement, (*others, extension), today, history=history)
    for span in term.spans:
        if span.extension is extension and not span.declined:
            yield note("length", f"Runs from {date_long(span.starts)} to {span.until}.")
    for finding in term.findings:
        if finding.text.startswith(f"{extension.heading} "):
            late = "was decided" in finding.text
            yield doubt("decided" if late else "length", finding.text)


def contribution_findings(entry: Contribution, around: Surroundings) -> list[Finding]:
    """Amounts stated twice, years outside the term, and the share of the pool that follows."""
    found = []
    others = around.others(Contribution)
    year = entry.year
    if entry.amount is not None and entry.amount < 0 and entry.type in (MoneyType.CONTRIBUTION, MoneyType.SPEND):
        found.append(doubt("amount", "This is less than nothing. A credit is written so; is it one?"))
    if entry.uplift is not None and entry.type is not MoneyType.UPLIFT:
        found.append(note("uplift", "This is said of uplifts only."))
    same = next((other for other in others if key_of(other) == key_of(entry) and stated_sum(other) is not None), None)
    if same is not None and year is not None:
        found += _beside_another(entry, same, financial_year(year))
    elif year is not None:
        found += _share_note(entry, others, year, around.owner)
    if year is not None and as_known(entry, around.today) is None and as_known(entry, date.max) is not None:
        period = financial_year(year) if entry.quarter is None else f"Quarter {entry.quarter} of {financial_year(year)}"
        if entry.stated_on is None and entry.known is None:
            text = f"{period} is not over: it counts from its end. Give its state, or the day on which it was stated."
            found.append(doubt("state", text))
    if isinstance(around.owner, Agreement) and year is not None:
        starts = around.owner.starts
        if starts is not None and year < financial_year_of(starts):
            # Not a doubt: what was spent before an agreement is often its starting point.
            found.append(note("year", f"This is before the start, {date_long(starts)}."))
    return found


def _beside_another(entry: Contribution, same: Contribution, year: str) -> list[Finding]:
    """The same amount is recorded already: in another state, where the later one counts, or twice over."""
    recorded = f"{year} is recorded already: {stated_text(same)}"
    state = state_of(same)
    recorded += f", {state.value}." if state else "."
    if stated_sum(entry) is not None and superseded(same, entry):
        return [note("amount", f"{recorded} This takes its place.")]
    if superseded(entry, same):
        return [note("amount", f"{recorded} That one counts, being the later state.")]
    return [doubt("amount", f"{recorded} If both are right, say which state each is in, or what each is for.")]


def _share_note(entry: Contribution, others: list[Contribution], year: int, owner: Record | None) -> list[Finding]:
    if entry.type is not MoneyType.CONTRIBUTION or (entry.line or MoneyLine.POOLED) is not MoneyLine.POOLED:
        return []
    if isinstance(owner, Agreement) and not has_pool(owner, [*others, entry]):
        return []
    if stated_sum(entry) is None:
        return [note("amount", "Not known: shares of this year’s pool will say so.")]
    funds = fund_years([*(other for other in others if other.year == year), entry], {})
    share = next((share for fund in funds for share in fund.shares if share.partner == (entry.partner or "")), None)
    if share is None or len(funds[0].shares) < 2 or share.of_pool.value is None:
        return []
    return [note("amount", f"{share.of_pool.text} of the pool of {funds[0].paid_in.text}.")]


def link_findings(link: Link, around: Surroundings) -> list[Finding]:
    """A tie needs an agreement at its other end, and not the same one."""
    if link.other and link.other == link.agreement:
        return [fault("other", "An agreement is not tied to itself. Choose another.")]
    if not link.other and not link.other_title:
        return [fault("other", "Choose an agreement, or name one that is not in this desk.")]
    return []


def milestone_findings(milestone: Milestone, around: Surroundings) -> list[Finding]:
    """Progress and dates that do not go together."""
    if milestone.done is not None and milestone.progress is not Progress.DONE:
        return [doubt("progress", "There is a day on which it was done.", use(milestone, "progress", Progress.DONE))]
    if milestone.progress is Progress.DONE and milestone.done is None:
        return [note("done", "Say when it was done, if it is known.")]
    return []


def option_findings(option: Option, around: Surroundings) -> list[Finding]:
    """Only one option of an appraisal is chosen."""
    rival = next((other for other in around.others(Option) if other.chosen), None)
    if option.chosen and rival is not None:
        return [doubt("chosen", f"Already chosen: {rival.heading}.")]
    return []


def decision_findings(decision: Decision, around: Surroundings) -> list[Finding]:
    """Outcome and date that do not go together."""
    undecided = decision.outcome in (None, Outcome.UNDECIDED)
    if undecided and decision.taken is not None and decision.taken <= around.today:
        return [doubt("outcome", "There is a day on which it was taken. Say what was decided.")]
    if not undecided and decision.taken is None:
        return [note("taken", "Say when it was taken, if it is known.")]
    if decision.taken is not None and decision.due is not None and decision.taken > decision.due:
        return [doubt("taken", f"This is after the day it was needed by, {date_long(decision.due)}.")]
    if undecided and decision.due is not None and decision.due < around.today:
        return [note("due", "This day has passed.")]
    return []


CHECKS: Mapping[type[Record], Callable[[Any, Surroundings], Iterable[Finding]]] = {
    Agreement: agreement_findings,
    Party: party_findings,
    Extension: extension_findings,
    Contribution: contribution_findings,
    Link: link_findings,
    Milestone: milestone_findings,
    Option: option_findings,
    Decision: decision_findings,
}
