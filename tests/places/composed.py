"""Agreements, providers, KPIs and visits in every combination of what they are judged by, and what hangs under them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import product

from s75desk.domain.lengths import Length
from s75desk.domain.records import (
    Action,
    Agreement,
    Contradiction,
    Extension,
    Kpi,
    Measurement,
    Provider,
    Rating,
    Record,
    Service,
    Target,
    Visit,
    VisitAnswer,
)
from s75desk.domain.records.agreement import Stage
from s75desk.domain.records.kpi import Absent, Measure, Period, TargetType
from s75desk.domain.records.provider import ManagerState, RatingScheme, RatingValue
from s75desk.domain.records.visit import VisitStage
from s75desk.services.question_sets import house_set
from tests.unit.domain.statuses.every_record import TODAY

PAST, AHEAD = TODAY - timedelta(days=30), TODAY + timedelta(days=30)

Made = tuple[Record, ...]


def agreements() -> Iterator[Made]:
    """Stage, start, length, an option to extend, and a figure in doubt."""
    starts = (None, date(2022, 4, 1), date(2026, 4, 1))
    lengths = (None, Length(years=4), Length(years=9), Length(years=1))
    for number, (stage, start, length, option, doubt) in enumerate(
        product((None, *Stage), starts, lengths, (False, True), (False, True))
    ):
        uid = f"agreement-{number}"
        made: list[Record] = [
            Agreement(
                uid=uid,
                title=f"agreement{number:04}",
                stage=stage,
                starts=start,
                first_term=length,
                notice=Length(months=6),
            )
        ]
        if option:
            made.append(Extension(uid=f"{uid}-1", agreement=uid, number=1, length=Length(years=1)))
        if doubt:
            made.append(Contradiction(uid=f"{uid}-2", agreement=uid, title="Days", one="3 days", other="5 days"))
        yield tuple(made)


_CQC = (
    (),
    (RatingValue.GOOD,),
    (RatingValue.OUTSTANDING, RatingValue.INADEQUATE),
    (RatingValue.NOT_RATED,),
    (RatingValue.SUSPENDED,),
    (RatingValue.INSUFFICIENT,),
    (RatingValue.GOOD, None),
)
"""Ratings of a service, one after another; None for a rating of which the word is not recorded."""


Assessed = tuple[RatingValue] | tuple[RatingValue, int, int] | None
"""Our assessment, with how many questions were looked at of how many where that is known; None without one."""


def providers() -> Iterator[Made]:
    """Ratings of one or two services by CQC and by us, who manages the first, an action overdue, one without a day."""
    good = RatingValue.GOOD
    ours: tuple[Assessed, ...] = (None, (good,), (good, 74, 74), (good, 24, 74), (RatingValue.POOR, 24, 74))
    managers = (None, ManagerState.VACANT, ManagerState.IN_POST)
    number = 0
    for first, own, manager, late in product(_CQC, ours, managers, (None, PAST)):
        for second in (None, *_CQC) if manager is None and late is None else (None, ()):
            yield _provider(number, (first, second), own, manager, late)
            number += 1


def _provider(
    number: int,
    rated: tuple[tuple[RatingValue | None, ...], tuple[RatingValue | None, ...] | None],
    ours: Assessed,
    manager: ManagerState | None,
    late: date | None,
) -> Made:
    uid = f"provider-{number}"
    made: list[Record] = [Provider(uid=uid, name=f"provider{number:04}")]
    for place, values in enumerate(rated):
        if values is None:
            continue
        service = f"{uid}-{place}"
        made.append(Service(uid=service, provider=uid, name=f"Home {place}", manager=None if place else manager))
        for year, value in enumerate(values):
            made.append(
                Rating(
                    uid=f"{service}-{year}",
                    service=service,
                    scheme=RatingScheme.CQC_OVERALL,
                    value=value,
                    published=date(2024 + year, 5, 1),
                )
            )
        # One that bears no day cannot be placed, and is in force nowhere.
        undated = Rating(uid=f"{service}-x", service=service, scheme=RatingScheme.CQC_OVERALL, value=RatingValue.GOOD)
        made.append(undated)
    if ours is not None:
        value, *seen = ours
        looked_at, asked = seen or (None, None)
        rated_by_us = Rating(uid=f"{uid}-o", service=f"{uid}-0", scheme=RatingScheme.OURS, published=date(2025, 6, 1))
        made.append(replace(rated_by_us, value=value, looked_at=looked_at, asked=asked))
    if late and number % 2:
        planned = TODAY - timedelta(days=2)
        made.append(
            Visit(uid=f"{uid}-v", service=f"{uid}-0", stage=VisitStage.PLANNED, planned=planned, days=number % 5)
        )
    elif late:
        made.append(Action(uid=f"{uid}-a", title=f"Act {number}", provider=uid, due=late))
        made.append(Action(uid=f"{uid}-b", title=f"Act as well {number}", service=f"{uid}-0"))
    return tuple(made)


_FIGURES: tuple[tuple[dict[str, object], ...], ...] = (
    (),
    ({"value": Decimal(50)},),
    ({"value": Decimal(42)},),
    ({"value": Decimal(3)},),
    ({"value": Decimal(50), "about": True},),
    *(({"absent": why},) for why in Absent),
    ({"absent": Absent.SUPPRESSED, "upper": Decimal(5)},),
    ({"n": Decimal(3), "base": Decimal(0)},),
)


def kpis() -> Iterator[Made]:
    """The latest figure, with or without a value, lately or long ago; a target; an agreement, a provider, neither."""
    kinds = (None, TargetType.AT_LEAST, TargetType.AT_MOST)
    ends = (date(2025, 12, 31), date(2023, 12, 31))
    for number, (figures, kind, end, owner) in enumerate(
        product(_FIGURES, kinds, ends, ({}, {"agreement": "kpi-agreement"}, {"provider": "kpi-provider"}))
    ):
        uid = f"kpi-{number}"
        made: list[Record] = [
            Kpi(uid=uid, title=f"kpi{number:04}", measure=Measure.COUNT, period=Period.MONTH, **owner)
        ]
        if kind is not None:
            made.append(Target(uid=f"{uid}-t", kpi=uid, type=kind, value=Decimal(45)))
        known = Measurement.fields()
        for each in figures:
            if all(name in known for name in each):
                starts = end.replace(day=1)
                made.append(Measurement(uid=f"{uid}-m", kpi=uid, starts=starts, ends=end, **each))  # type: ignore[arg-type]
        yield tuple(made)


def visits(question_set: str) -> Iterator[Made]:
    """Stage, day, outcome, and how many questions are answered: none, some, all, or of a set without questions."""
    questions = [question.code for question in house_set().questions]
    outcomes = (None, RatingValue.GOOD, RatingValue.POOR)
    for number, (stage, made, outcome, answered) in enumerate(
        product((None, *VisitStage), (None, PAST), outcomes, (None, 0, 24, len(questions)))
    ):
        uid, service = f"visit-{number}", f"visit-{number}-s"
        asks = None if answered is None else question_set
        records: list[Record] = [
            Service(uid=service, provider="visit-provider", name=f"visit{number:04}"),
            Visit(uid=uid, service=service, stage=stage, planned=PAST, made=made, outcome=outcome, question_set=asks),
        ]
        records += [
            VisitAnswer(uid=f"{uid}-{question}", visit=uid, question=question, rating=3)
            for question in questions[: answered or 0]
        ]
        yield tuple(records)
