"""The status of a provider and of who manages its services: the worst of what is recorded, in one chip."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from s75desk.domain.ratings import rating_status
from s75desk.domain.records import Rating, Service
from s75desk.domain.records.provider import ManagerState
from s75desk.domain.status import NOT_KNOWN, Shape, Status
from s75desk.domain.wording import date_long, plural


def manager_status(state: ManagerState | None, since: date | None) -> Status:
    """Whether there is a registered manager, and since when."""
    if state is None:
        return NOT_KNOWN
    when = f"since {date_long(since)}" if since else "since a date not known"
    if state is ManagerState.VACANT:
        return Status(Shape.WATCH, "Vacant", f"Vacant {when}")
    return Status(Shape.GOOD, "In post", f"In post {when}")


def service_status(service: Service, today: date) -> Status:
    """Whether a service had its registered manager on a day; one who came or went later is not known of."""
    if service.manager_since is not None and service.manager_since > today:
        return NOT_KNOWN
    return manager_status(service.manager, service.manager_since)


def published_rating(rating: Rating, today: date) -> Status:
    """A rating as published; one that is carried over from an earlier registration says so."""
    status = rating_status(rating.value, rating.scheme)
    if not rating.inherited or rating.value is None:
        return status
    said = "Carried over from an earlier registration."
    return Status(
        status.shape, f"{status.word}, inherited", " ".join(filter(None, (status.sentence, said))), status.word
    )


def provider_status(latest: Rating | None, services: Sequence[Service], overdue: Sequence[int]) -> Status:
    """What is so of a provider: the worst of actions overdue, its CQC rating and a vacant post.

    Args:
        latest: Its latest overall rating by CQC, or None.
        services: Its services.
        overdue: How many days late each of its overdue actions is.
    """
    rating = rating_status(latest.value if latest else None)
    vacant = [service for service in services if service.manager is ManagerState.VACANT]
    said = []
    if latest and latest.published:
        said.append(f"CQC overall {rating.word}, {date_long(latest.published)}.")
    elif not latest:
        said.append("No CQC rating is recorded.")
    if vacant:
        since = vacant[0].manager_since
        said.append(f"No registered manager{f' since {date_long(since)}' if since else ''} at {vacant[0].name}.")
    if overdue:
        oldest = f"Oldest {plural(max(overdue), 'day')} late."
        return Status(Shape.ALERT, f"{plural(len(overdue), 'action')} overdue", " ".join([oldest, *said]))
    if rating.shape.loud or not vacant:
        return Status(rating.shape, rating.word, " ".join(said))
    return Status(Shape.WATCH, "Manager vacant", " ".join(said))
