"""When a service is to be visited again, and by which rule: the frequency of its agreement, or how it was last rated.

The rules are data (``resources/visits``); this is their arithmetic. Missing data asks for nothing and promises nothing:
where no rule can speak because nothing is recorded, the answer is "not known", never "up to date".
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from s75desk.domain.lengths import Length, earliest_end
from s75desk.domain.months import add_months
from s75desk.domain.ratings import UNRATED, looked_at, on_day, rating_status
from s75desk.domain.records.provider import RatingScheme, RatingValue
from s75desk.domain.status import NOT_KNOWN, Shape, Status
from s75desk.domain.statuses.late import OVERDUE
from s75desk.domain.visits.citation import Citation
from s75desk.domain.wording import NOT_KNOWN as UNKNOWN
from s75desk.domain.wording import date_long, days_phrase
from s75desk.domain.working import Figure, Known, Line, Working

SOON = 60
"""Days before its date from which a visit that is due and not booked is said to be due soon; house rule."""


class Basis(Enum):
    """What a rule goes by."""

    FREQUENCY = "frequency"
    RATING = "rating"


@dataclass(frozen=True, slots=True)
class VisitRule:
    """One rule.

    Attributes:
        key: Short name: "our-assessment".
        basis: What it goes by.
        says: The rule in a sentence.
        scheme: Whose rating it goes by; None for a frequency.
        rated: The ratings that ask for a visit; empty for a frequency.
        months: Within how many months of the rating; None for a frequency, which is the service's own.
        sources: What it leans on.
    """

    key: str
    basis: Basis
    says: str
    scheme: RatingScheme | None = None
    rated: frozenset[RatingValue] = frozenset()
    months: int | None = None
    sources: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class VisitRules:
    """One version of the rules, in the order of its file."""

    title: str
    version: str
    rules: tuple[VisitRule, ...]
    about: str = ""

    @property
    def heading(self) -> str:
        """Title and version: "When to visit again, version 1"."""
        return f"{self.title}, version {self.version}"

    @property
    def source(self) -> str:
        """Title, version and everything the rules lean on, each saying so if nobody has confirmed it."""
        leaning = dict.fromkeys(citation.words for rule in self.rules for citation in rule.sources)
        return ". ".join((self.heading, *leaning))


@dataclass(frozen=True, slots=True)
class LastRating:
    """The latest rating of one scheme: what it is, when it was given, and how many questions were looked at."""

    value: RatingValue
    on: date
    looked_at: int | None = None
    asked: int | None = None

    @property
    def word(self) -> str:
        """What it is, with what it leaves out."""
        return looked_at(rating_status(self.value), self.looked_at, self.asked).word


@dataclass(frozen=True, slots=True)
class VisitNeeds:
    """What is recorded of a service, as far as its next visit goes. None stands for not known or not there.

    Attributes:
        every: How often its agreement asks for a visit.
        last: When one was last made.
        ours: Our latest assessment, a visit's outcome included.
        cqc: The latest overall rating by CQC.
        watched: Whether anything says that the service is ours to visit: a frequency, a visit or an assessment of
            ours, or that its provider is on an agreement. Of any other, nothing is asked.
    """

    every: Length | None = None
    last: date | None = None
    ours: LastRating | None = None
    cqc: LastRating | None = None
    watched: bool = True

    def rating(self, scheme: RatingScheme | None) -> LastRating | None:
        """The latest rating of a scheme that a rule can go by."""
        return {RatingScheme.OURS: self.ours, RatingScheme.CQC_OVERALL: self.cqc}.get(scheme or RatingScheme.OURS)


class Due(Enum):
    """What can be said of the next visit."""

    BY = "by a date"
    NEVER_VISITED = "asked for, and none was ever made"
    NONE = "not asked for by any rule"
    NOT_KNOWN = "not known"
    NOT_OURS = "nothing says that it is ours to visit"


@dataclass(frozen=True, slots=True)
class Asked:
    """What one rule asks for.

    Attributes:
        rule: The rule.
        by: By when; None where it asks for a visit and no date can be worked out.
        because: The reason as the end of a sentence: "rated Requires improvement on 3 November 2025".
    """

    rule: VisitRule
    by: date | None
    because: str


@dataclass(frozen=True, slots=True)
class NextVisit:
    """When the next visit is due, and why.

    Attributes:
        state: What can be said of it.
        by: By when; None unless ``state`` is BY.
        because: The reason as the end of a sentence; "" where none is asked for.
        asked: Every rule that asks for a visit, the earliest first.
        needs: What it was worked out from.
        rules: The rules.
    """

    state: Due
    by: date | None
    because: str
    asked: tuple[Asked, ...]
    needs: VisitNeeds
    rules: VisitRules

    def overdue(self, today: date) -> bool:
        """Whether the visit should have been made before today; one never made counts."""
        return self.state is Due.NEVER_VISITED or (self.by is not None and self.by < today)

    def sentence(self, today: date) -> str:
        """What is so: "Next visit due by 3 May 2026: rated Requires improvement on 3 November 2025."."""
        match self.state:
            case Due.BY if self.by is not None:
                said = "A visit was due by" if self.by < today else "Next visit due by"
                return f"{said} {date_long(self.by)}: {self.why}."
            case Due.NEVER_VISITED:
                return f"A visit is due: {self.why}."
            case Due.NONE:
                return f"No rule asks for a visit: {self.why}."
            case _:
                return f"Not known whether a visit is due: {self.why}."

    def status(self, today: date) -> Status:
        """Shape and word of a service for which no visit is booked, with the sentence."""
        sentence = self.sentence(today)
        if self.overdue(today):
            late = days_phrase(self.by, today).capitalize() if self.by else "Never visited"
            return Status(Shape.ALERT, late, sentence, OVERDUE, (today - self.by).days if self.by else 0)
        if self.state is Due.NONE:
            return Status(Shape.NONE, "None due", sentence)
        if self.by is None:
            return replace(NOT_KNOWN, sentence=sentence)
        if (self.by - today).days <= SOON:
            return Status(Shape.WATCH, "Due soon", sentence)
        return Status(Shape.PLAN, "Not due yet", sentence)

    @property
    def when(self) -> str:
        """When it is due, in a few words: "By 3 May 2026", "Now", "None asked for", "Not known"."""
        if self.by is not None:
            return f"By {date_long(self.by)}"
        return {Due.NEVER_VISITED: "Now", Due.NONE: "None asked for"}.get(self.state, UNKNOWN)

    @property
    def figure(self) -> Figure:
        """When it is due, with its working."""
        unknown = self.state not in (Due.BY, Due.NEVER_VISITED, Due.NONE)
        return Figure(self.when, self.working, self.by, known=Known.NOT_KNOWN if unknown else Known.KNOWN)

    @property
    def why(self) -> str:
        """Why, as it stands after ``when``: "rated Requires improvement on 3 November 2025"."""
        match self.state:
            case Due.BY | Due.NEVER_VISITED:
                return self.because
            case Due.NONE:
                return "no frequency is recorded, and the last rating asks for none"
            case Due.NOT_OURS:
                return "no frequency is recorded, its provider is on no agreement, and it was never visited"
            case _:
                return "neither a frequency nor a rating is recorded"

    @property
    def working(self) -> Working:
        """What was known, what each rule makes of it, and the earliest date."""
        needs = self.needs
        lines = [
            Line("Asked for by the agreement", _every(needs.every)),
            Line("Last visit", date_long(needs.last) if needs.last else "None recorded"),
            _rating_line("Our last assessment", needs.ours),
            _rating_line("CQC overall", needs.cqc),
        ]
        by_key = {asked.rule.key: asked for asked in self.asked}
        for rule in self.rules.rules:
            asked = by_key.get(rule.key)
            if asked is None:
                lines.append(Line(_rule_label(rule), "Asks for none", _why_none(rule, needs)))
            else:
                by = date_long(asked.by) if asked.by else "Now"
                lines.append(Line(_rule_label(rule), by, asked.because))
        remark = "the earliest of these" if len(self.asked) > 1 else ""
        if self.state is Due.NOT_OURS:
            remark = "nothing says that it is ours to visit"
        lines.append(Line("Next visit due", self.when, remark, result=True))
        said = " ".join(rule.says for rule in self.rules.rules)
        return Working(
            "When the next visit is due", tuple(lines), f"{said} {self.rules.about}".strip(), self.rules.source
        )


def next_visit(needs: VisitNeeds, rules: VisitRules) -> NextVisit:
    """When a service is to be visited next: the earliest that any rule asks for.

    A rating asks for a visit until one has been made after the day it was given. A frequency counts from the last
    visit; where none was ever made it asks for one now.
    """
    if not needs.watched:
        return NextVisit(Due.NOT_OURS, None, "", (), needs, rules)
    found = [asked for rule in rules.rules if (asked := _asked(rule, needs)) is not None]
    # What has no date is asked for now: it comes first.
    found.sort(key=lambda asked: asked.by or date.min)
    if found:
        first = found[0]
        state = Due.BY if first.by else Due.NEVER_VISITED
        return NextVisit(state, first.by, first.because, tuple(found), needs, rules)
    known = needs.every is not None or any(_means(rating) for rating in (needs.ours, needs.cqc))
    return NextVisit(Due.NONE if known else Due.NOT_KNOWN, None, "", (), needs, rules)


def _asked(rule: VisitRule, needs: VisitNeeds) -> Asked | None:
    if rule.basis is Basis.FREQUENCY:
        if needs.every is None:
            return None
        every = needs.every.words
        if needs.last is None:
            return Asked(rule, None, f"every {every} is asked for and no visit is recorded")
        by = earliest_end(needs.last, needs.every)
        return Asked(rule, by, f"every {every} is asked for, last visited on {date_long(needs.last)}")
    rating = needs.rating(rule.scheme)
    if rating is None or rating.value not in rule.rated or rule.months is None:
        return None
    if needs.last is not None and needs.last > rating.on:
        return None
    return Asked(rule, add_months(rating.on, rule.months), f"{_rated(rule.scheme)} {on_day(rating.word, rating.on)}")


def _means(rating: LastRating | None) -> bool:
    """Whether a rating says anything: "Not rated" is no better known than none."""
    return rating is not None and rating.value not in UNRATED


def _rated(scheme: RatingScheme | None) -> str:
    return "rated" if scheme is RatingScheme.OURS else "CQC rated it"


def _every(length: Length | None) -> str:
    return f"Every {length}" if length is not None else UNKNOWN


def _rating_line(label: str, rating: LastRating | None) -> Line:
    return Line(label, rating.word, f"on {date_long(rating.on)}") if rating else Line(label, UNKNOWN)


def _rule_label(rule: VisitRule) -> str:
    if rule.basis is Basis.FREQUENCY:
        return "By the frequency"
    return "By our assessment" if rule.scheme is RatingScheme.OURS else "By the CQC rating"


def _why_none(rule: VisitRule, needs: VisitNeeds) -> str:
    if rule.basis is Basis.FREQUENCY:
        return "no frequency is recorded"
    rating = needs.rating(rule.scheme)
    if rating is None:
        return "no rating is recorded"
    if rating.value not in rule.rated:
        return f"{rating.word} asks for none"
    return "visited since"
