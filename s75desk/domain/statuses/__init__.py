"""The status of every kind of record as at a day: one pure function a kind, and nothing else decides it.

Lists, record pages, child tables, chips, the Overview, the finder, exports, the command line and papers all ask here,
so none of them can say "Overdue" where another says "Done". What people recorded decides; dates decide the rest. Three
rules hold for every kind: what had not happened by the day had not happened, whatever was recorded since; a day on
which a thing was done outweighs a state that nobody brought up to date; and what is not recorded is not known, which
is never late.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from s75desk.domain.records import (
    Action,
    Decision,
    Document,
    Extension,
    KpiReturn,
    Meeting,
    Membership,
    Milestone,
    Option,
    QuestionSet,
    Rating,
    Recommendation,
    Record,
    Risk,
    Service,
    Visit,
)
from s75desk.domain.status import Status
from s75desk.domain.statuses.actions import action_status
from s75desk.domain.statuses.agreement_parts import (
    decision_status,
    extension_status,
    meeting_status,
    membership_status,
    milestone_status,
    option_status,
    recommendation_status,
    risk_status,
)
from s75desk.domain.statuses.kept import document_status, question_set_status
from s75desk.domain.statuses.providers import published_rating, service_status
from s75desk.domain.statuses.returns import return_status
from s75desk.domain.statuses.visits import visit_status

STATUSES: Mapping[type[Record], Callable[[Any, date], Status]] = {
    Action: action_status,
    Decision: decision_status,
    Document: document_status,
    Extension: extension_status,
    KpiReturn: return_status,
    Meeting: meeting_status,
    Membership: membership_status,
    Milestone: milestone_status,
    Option: option_status,
    QuestionSet: question_set_status,
    Rating: published_rating,
    Recommendation: recommendation_status,
    Risk: risk_status,
    Service: service_status,
    Visit: visit_status,
}
"""The kinds whose record alone says where it stands. Agreements, providers and KPIs need what hangs under them: the
term engine, ``providers.provider_status`` and the KPI engine judge those."""


def status_of(record: Record, today: date) -> Status | None:
    """The status of a record as at a day; None for a kind that has none of its own."""
    judge = STATUSES.get(type(record))
    return None if judge is None else judge(record, today)
