"""Checks of organisations, providers, services, ratings, memberships, visits and actions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from s75desk.domain.findings import Finding
from s75desk.domain.ratings import allowed, scale
from s75desk.domain.records import (
    Action,
    Membership,
    Organisation,
    Provider,
    Rating,
    Record,
    Service,
    Standard,
    Visit,
)
from s75desk.domain.records.action import ActionState
from s75desk.domain.records.provider import ManagerState
from s75desk.domain.records.visit import VisitStage
from s75desk.domain.surroundings import Surroundings, doubt, note, use
from s75desk.domain.wording import WEEKDAYS, days_phrase, list_words

_POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}", re.IGNORECASE)
_CQC_ID = re.compile(r"1-\d{6,12}|[A-Z0-9]{3,6}")
_COMPANY = re.compile(r"(?:[A-Z]{2}\d{6}|\d{8})", re.IGNORECASE)
_ODS = re.compile(r"[A-Z0-9]{3,6}", re.IGNORECASE)
_SATURDAY = 5


def organisation_findings(organisation: Organisation, around: Surroundings) -> list[Finding]:
    """Codes in the shape that their issuers give them."""
    found = _code("cqc_provider_id", organisation.cqc_provider_id, _CQC_ID, "a CQC id such as 1-101234567")
    found += _code("ods_code", organisation.ods_code, _ODS, "an ODS code such as RT1")
    return found + _code(
        "company_number", organisation.company_number, _COMPANY, "a company number of eight characters"
    )


def provider_findings(provider: Provider, around: Surroundings) -> list[Finding]:
    """Codes and postcode in their usual shape."""
    found = _code("cqc_provider_id", provider.cqc_provider_id, _CQC_ID, "a CQC id such as 1-101234567")
    return found + _code("postcode", provider.postcode, _POSTCODE, "a postcode such as PE29 3TN")


def service_findings(service: Service, around: Surroundings) -> list[Finding]:
    """Codes, capacity without its unit, a vacancy without its date."""
    found = _code("cqc_location_id", service.cqc_location_id, _CQC_ID, "a CQC id such as 1-101234567")
    found += _code("postcode", service.postcode, _POSTCODE, "a postcode such as PE29 3TN")
    if service.capacity is not None and service.capacity_unit is None:
        found.append(note("capacity_unit", "Say what it is counted in."))
    if service.manager is ManagerState.VACANT:
        if service.manager_since is None:
            found.append(doubt("manager_since", "Since when is the post vacant?"))
        elif service.manager_since <= around.today:
            days = (around.today - service.manager_since).days
            found.append(note("manager_since", f"Vacant for {days} days."))
    return found


def _code(field: str, value: str | None, shape: re.Pattern[str], words: str) -> list[Finding]:
    if not value or shape.fullmatch(value.strip()):
        return []
    return [doubt(field, f"This does not look like {words}.")]


def rating_findings(rating: Rating, around: Surroundings) -> list[Finding]:
    """A word that the scheme does not give, and two ratings of one day."""
    if rating.scheme is not None and rating.value is not None and rating.value not in allowed(rating.scheme):
        words = list_words((value.word for value in scale(rating.scheme)), "or")
        return [doubt("value", f"The {rating.scheme.value} rating is {words}.")]
    for other in around.others(Rating):
        if (other.scheme, other.published) == (rating.scheme, rating.published) and rating.published is not None:
            held = other.value.word if other.value else "Not known"
            return [doubt("published", f"There is already a rating of that day: {held}.")]
    return []


def membership_findings(membership: Membership, around: Surroundings) -> list[Finding]:
    """The same place twice at one time."""
    for other in around.others(Membership):
        same = (other.agreement, other.lot, other.zone) == (membership.agreement, membership.lot, membership.zone)
        same = same and other.provider == membership.provider
        begins, ends = membership.admitted or date.min, membership.left or date.max
        if same and begins <= (other.left or date.max) and (other.admitted or date.min) <= ends:
            return [doubt("admitted", "This place is already recorded for the same time.")]
    return []


def visit_findings(visit: Visit, around: Surroundings) -> list[Finding]:
    """Stage and dates that do not go together, and days on which nobody may be in."""
    found = []
    planned = visit.stage in (None, VisitStage.PLANNED)
    if planned and visit.planned is not None:
        if visit.planned < around.today and visit.made is None:
            found.append(note("planned", "This day has passed: record the visit, or give a new date."))
        elif visit.planned.weekday() >= _SATURDAY:
            found.append(note("planned", f"This is a {WEEKDAYS[visit.planned.weekday()]}."))
    if visit.stage in (VisitStage.DRAFT, VisitStage.FINAL) and visit.made is None:
        found.append(doubt("made", "There is a report. Say on which day the visit was made."))
    if planned and visit.made is not None:
        found.append(doubt("stage", "There is a day on which it was made. It is no longer planned."))
    if planned and visit.outcome is not None:
        found.append(doubt("outcome", "A planned visit has no outcome yet."))
    return found


def action_findings(action: Action, around: Surroundings) -> list[Finding]:
    """State and dates that do not go together, and what a sound action still lacks."""
    found = []
    closed = action.state in (ActionState.DONE, ActionState.VERIFIED)
    if closed and action.done is None:
        found.append(doubt("done", "Say when it was done."))
    if closed and not action.evidence:
        found.append(doubt("evidence", "Say what was seen that shows it is done."))
    if action.state is ActionState.OPEN and action.done is not None:
        found.append(doubt("state", "There is a day on which it was done.", use(action, "state", ActionState.DONE)))
    if action.state is ActionState.VERIFIED and action.verified is None:
        found.append(doubt("verified", "Say when it was verified."))
    if action.state is ActionState.OPEN:
        if action.due is None:
            found.append(note("due", "Without a day it is never overdue."))
        elif action.due < around.today and action.done is None:
            found.append(note("due", f"{days_phrase(action.due, around.today).capitalize()}."))
        if not action.owner:
            found.append(note("owner", "Nobody owns it yet."))
    return found


def standard_findings(standard: Standard, around: Surroundings) -> list[Finding]:
    """A number that another standard of the set has."""
    rival = next((other for other in around.others(Standard) if other.number == standard.number), None)
    if rival is None or standard.number is None:
        return []
    return [doubt("number", f"Already the number of {rival.heading}.")]


CHECKS: Mapping[type[Record], Callable[[Any, Surroundings], Iterable[Finding]]] = {
    Organisation: organisation_findings,
    Provider: provider_findings,
    Service: service_findings,
    Rating: rating_findings,
    Membership: membership_findings,
    Visit: visit_findings,
    Action: action_findings,
    Standard: standard_findings,
}
