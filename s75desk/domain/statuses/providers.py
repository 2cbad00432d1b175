"""The status of a provider and of who manages its services: the worst of what is recorded, in one chip."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from s75desk.domain.ratings import as_published, history, is_whole, rank, sort_key
from s75desk.domain.records import Rating, Service
from s75desk.domain.records.provider import ManagerState, RatingScheme
from s75desk.domain.status import NOT_KNOWN, Shape, Status
from s75desk.domain.wording import date_long, number, plural

VACANT = "Vacant"
"""The state of a post without a registered manager."""


def manager_status(state: ManagerState | None, since: date | None) -> Status:
    """Whether there is a registered manager, and since when."""
    if state is None:
        return NOT_KNOWN
    when = f"since {date_long(since)}" if since else "since a date not known"
    if state is ManagerState.VACANT:
        return Status(Shape.WATCH, VACANT, f"Vacant {when}")
    return Status(Shape.GOOD, "In post", f"In post {when}")


def service_status(service: Service, today: date) -> Status:
    """Whether a service had its registered manager on a day; one who came or went later is not known of."""
    if service.manager_since is not None and service.manager_since > today:
        return NOT_KNOWN
    return manager_status(service.manager, service.manager_since)


def published_rating(rating: Rating, today: date) -> Status:
    """A rating as published, on any day: with what it leaves out, and whether it is carried over."""
    return as_published(rating)


@dataclass(frozen=True, slots=True)
class OverallRating:
    """The worst of the latest ratings of a provider's services, and how many of them are rated."""

    rating: Rating | None
    rated: int
    services: int

    @property
    def published(self) -> date | None:
        """When the rating was published; None without one."""
        return self.rating.published if self.rating else None

    @property
    def status(self) -> Status:
        """The rating with its reservation."""
        return of_services(as_published(self.rating) if self.rating else NOT_KNOWN, self.rated, self.services)


def overall_rating(ratings: Iterable[Rating], services: Sequence[Service], scheme: RatingScheme) -> OverallRating:
    """What the latest ratings of each service come to: a good one hides no bad one."""
    found = list(ratings)
    latest = [
        past[-1]
        for service in services
        if (past := [each for each in history(found, scheme) if each.service == service.uid])
    ]
    worst = min(latest, key=_badness, default=None)
    return OverallRating(worst, sum(rank(each.value) is not None for each in latest), len(services))


def _badness(rating: Rating) -> tuple[int, int, bool, int, str]:
    """For finding the worst; of two alike the one with a reservation, then the later."""
    plain = is_whole(rating.looked_at, rating.asked) and not rating.inherited
    return (*sort_key(rating.value), plain, -(rating.published or date.min).toordinal(), rating.service)


def of_services(status: Status, rated: int, services: int) -> Status:
    """A rating of a provider with how many of its services have none: "Good, 1 of 3 services not rated".

    Nobody has looked at the rest.
    """
    missing = services - rated
    if missing <= 0 or not rated:
        return status
    said = f"{number(missing)} of {number(services)} services not rated"
    return status.in_part(said, f"{status.word} is the worst of those rated; {said}.")


@dataclass(frozen=True, slots=True)
class ProviderFacts:
    """What a provider is judged by, from its records or from the one query of the list.

    Attributes:
        cqc: What CQC’s overall ratings of its services come to, with its reservation.
        cqc_on: When that was published.
        ours: What our own assessments of them come to.
        ours_on: When that was made.
        vacant: Where a post is vacant: the name of the service, "" where that is not at hand; None if no post is.
        vacant_since: Since when.
        overdue: How many of its actions are overdue.
        days_late: How many days late the oldest of those is.
        visit_late: How many days late the oldest visit is that was planned and not made; 0 if there is none.
        unbooked: How many services are past the date by which they are to be visited, with no visit booked.
    """

    cqc: Status = NOT_KNOWN
    cqc_on: date | None = None
    ours: Status = NOT_KNOWN
    ours_on: date | None = None
    vacant: str | None = None
    vacant_since: date | None = None
    overdue: int = 0
    days_late: int = 0
    visit_late: int = 0
    unbooked: int = 0


def facts_of(
    ratings: Sequence[Rating],
    services: Sequence[Service],
    late: Sequence[int],
    today: date,
    visits_late: Sequence[int] = (),
    unbooked: int = 0,
) -> ProviderFacts:
    """What a provider is judged by, from its records.

    Args:
        ratings: Every rating of its services.
        services: Its services.
        late: How many days late each of its overdue actions is.
        today: The as-at day.
        visits_late: How many days late each visit is that was planned and not made.
        unbooked: How many services are past the date by which they are to be visited, with no visit booked.
    """
    cqc = overall_rating(ratings, services, RatingScheme.CQC_OVERALL)
    ours = overall_rating(ratings, services, RatingScheme.OURS)
    vacant = [each for each in services if service_status(each, today).state == VACANT]
    first = min(vacant, key=lambda each: (each.manager_since or date.max, each.name), default=None)
    return ProviderFacts(
        cqc=cqc.status,
        cqc_on=cqc.published,
        ours=ours.status,
        ours_on=ours.published,
        vacant=first.name if first else None,
        vacant_since=first.manager_since if first else None,
        overdue=len(late),
        days_late=max(late, default=0),
        visit_late=max(visits_late, default=0),
        unbooked=unbooked,
    )


def provider_status(facts: ProviderFacts) -> Status:
    """What is so of a provider: the worst of actions overdue, both ratings and a vacant post; quiet, what CQC says."""
    found = _troubles(facts)
    said = [f"Oldest {plural(facts.days_late, 'day')} late."] if facts.overdue else []
    if facts.visit_late:
        said.append(f"A visit was to be made {plural(facts.visit_late, 'day')} ago and was not.")
    if facts.unbooked:
        said.append(f"A visit is due and none is booked{_at_services(facts.unbooked)}.")
    if not facts.cqc.known:
        said.append("No CQC rating is recorded.")
    elif facts.cqc_on:
        said.append(f"CQC overall {facts.cqc.word}, {date_long(facts.cqc_on)}.")
    if facts.ours.known:
        said.append(f"Our assessment {facts.ours.word}{f', {date_long(facts.ours_on)}' if facts.ours_on else ''}.")
    if facts.vacant is not None:
        since = f" since {date_long(facts.vacant_since)}" if facts.vacant_since else ""
        said.append(f"No registered manager{since}{f' at {facts.vacant}' if facts.vacant else ''}.")
    worst = min(found, key=lambda each: each.shape.urgency, default=facts.cqc)
    return Status(worst.shape, worst.word, " ".join(said), worst.state, worst.days_late)


def _at_services(count: int) -> str:
    return f", at {plural(count, 'service')}" if count > 1 else ""


def troubles_of(facts: ProviderFacts) -> int:
    """How many things press at a provider: of two alike the one with more stands first in the list."""
    return len(_troubles(facts))


def _troubles(facts: ProviderFacts) -> list[Status]:
    """What presses, of two alike the first: actions, CQC, our assessment, a visit not made or booked, a vacant post."""
    found = [facts.cqc, Status(facts.ours.shape, f"Ours: {facts.ours.word}", state=f"Ours: {facts.ours.state}")]
    if facts.overdue:
        word = f"{plural(facts.overdue, 'action')} overdue"
        found.insert(0, Status(Shape.ALERT, word, state="Actions overdue", days_late=facts.days_late))
    if facts.visit_late:
        word = f"Visit {plural(facts.visit_late, 'day')} late"
        found.append(Status(Shape.ALERT, word, state="Visit overdue", days_late=facts.visit_late))
    if facts.unbooked:
        found.append(Status(Shape.WATCH, "No visit booked"))
    if facts.vacant is not None:
        found.append(Status(Shape.WATCH, "Manager vacant"))
    return [each for each in found if each.shape.loud]
