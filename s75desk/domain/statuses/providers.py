"""The status of a provider and of who manages its services: the worst of what is recorded, in one chip."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from s75desk.domain.ratings import history, rank, rating_status, sort_key
from s75desk.domain.records import Rating, Service
from s75desk.domain.records.provider import ManagerState, RatingScheme
from s75desk.domain.status import NOT_KNOWN, Shape, Status
from s75desk.domain.wording import date_long, number, plural


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


@dataclass(frozen=True, slots=True)
class OverallRating:
    """The worst of the latest ratings of a provider's services, and how many of them are rated."""

    rating: Rating | None
    rated: int
    services: int

    @property
    def status(self) -> Status:
        """The rating with its reservation."""
        status = rating_status(self.rating.value if self.rating else None)
        return of_services(status, self.rated, self.services)


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


def _badness(rating: Rating) -> tuple[int, int, int]:
    """For finding the worst; of two alike the later."""
    return (*sort_key(rating.value), -(rating.published or date.min).toordinal())


def of_services(status: Status, rated: int, services: int) -> Status:
    """A rating of a provider with how many of its services have none: "Good, 1 of 3 services not rated".

    A good one then loses its shape, as nobody has looked at the rest.
    """
    missing = services - rated
    if missing <= 0 or not rated:
        return status
    said = f"{number(missing)} of {number(services)} services not rated"
    shape = Shape.UNKNOWN if status.shape.family == "good" else status.shape
    return Status(shape, f"{status.word}, {said}", f"{status.word} is the worst of those rated; {said}.", status.state)


def provider_status(latest: OverallRating, services: Sequence[Service], overdue: Sequence[int]) -> Status:
    """What is so of a provider: the worst of actions overdue, its CQC rating and a vacant post.

    Args:
        latest: What CQC’s overall ratings of its services come to.
        services: Its services.
        overdue: How many days late each of its overdue actions is.
    """
    rating, published = latest.status, latest.rating.published if latest.rating else None
    vacant = [service for service in services if service.manager is ManagerState.VACANT]
    said = []
    if published:
        said.append(f"CQC overall {rating.word}, {date_long(published)}.")
    elif latest.rating is None:
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
