"""The action plan: who owes what by when, put together by what it is about or by owner, overdue first."""

from __future__ import annotations

from datetime import date

from s75desk.domain.printed import ActionPlan, PlanBy, PlannedAction
from s75desk.domain.statuses.actions import plan_status
from s75desk.domain.wording import list_words, number, plural, sentence_case
from s75desk.reporting.content import Briefing, Callout, Paragraph, Section, rich
from s75desk.reporting.plain.frame import action_table, plain_paper, soonest_first

KIND = "Action plan"
NOTHING_NAMED = "About nothing named"
NO_OWNER = "Owner not known"


def action_plan(plan: ActionPlan, *, prepared_by: str, audience: str = "") -> Briefing:
    """The paper of a plan."""
    groups = grouped(plan)
    sections = [
        Section(
            f"section.{place}",
            name,
            (
                action_table(
                    f"plan.{place}", "", actions, about=plan.by is not PlanBy.ABOUT, owner=plan.by is not PlanBy.OWNER
                ),
            ),
        )
        for place, (name, actions) in enumerate(groups)
    ]
    if not sections:
        sections = [Section("section.none", "Actions", (Paragraph(rich("There is no action to print.")),))]
    only = groups[0][0] if len(groups) == 1 else f"Actions {plan.by.value}"
    return plain_paper(
        KIND, only, plan.as_at, sections, prepared_by=prepared_by, audience=audience, key_message=_message(plan)
    )


def grouped(plan: ActionPlan) -> list[tuple[str, list[PlannedAction]]]:
    """The actions by group: the group with what is overdue longest first, each group overdue first."""
    groups: dict[str, list[PlannedAction]] = {}
    for each in soonest_first(plan.actions):
        name = each.about or NOTHING_NAMED
        if plan.by is PlanBy.OWNER:
            name = sentence_case(" ".join((each.action.owner or NO_OWNER).split()))
        groups.setdefault(name, []).append(each)
    return sorted(
        groups.items(), key=lambda pair: (not pair[1][0].overdue, pair[1][0].action.due or date.max, pair[0].casefold())
    )


def _message(plan: ActionPlan) -> Callout:
    overdue = [each for each in plan.actions if each.overdue]
    undated = sum(1 for each in plan.actions if each.action.due is None)
    oldest = max((each.status.days_late for each in overdue), default=0)
    said = [f"{plural(len(plan.actions), 'action')}."]
    if overdue:
        said.append(f"The oldest is {plural(oldest, 'day')} late.")
    if undated:
        said.append(f"{number(undated)} without a date.")
    if plan.filters:
        said.append(f"Only those with {list_words(f'“{each}”' for each in plan.filters)}.")
    return Callout(plan_status(len(overdue)), rich(" ".join(said)))
