"""What is doubted of a provider on entry stays in doubt: in check, on its page and paper, on the Overview; answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from s75desk.domain.answers import Owner
from s75desk.domain.attention import Group
from s75desk.domain.lengths import Length
from s75desk.domain.records import Provider, Rating, Service, Visit
from s75desk.domain.records.doubt import Reply
from s75desk.domain.records.provider import RatingScheme, RatingValue
from s75desk.domain.records.visit import VisitStage
from s75desk.services.office import Office
from s75desk.services.paper_wishes import ProviderWish, QuestionsWish
from tests.unit.record_help import TODAY
from tests.unit.reporting.pdf_reading import text_of


def provider_with(office: Office, *ratings: Rating, visit: Visit | None = None) -> str:
    """A provider of one service with ratings and a visit of it."""
    uid = office.records.create(Provider(name="Pellgate House")).uid
    service = office.records.create(Service(provider=uid, name="Pellgate at Home")).uid
    for each in ratings:
        office.records.create(Rating(service=service, scheme=each.scheme, value=each.value, published=each.published))
    if visit is not None:
        office.records.create(replace(visit, service=service))
    return uid


def counted(office: Office, provider: str) -> tuple[int, ...]:
    """How many doubts page, Overview and check say that there are, and how many are answered."""
    page, check, overview = office.providers.page(provider), office.checks.check(), office.overview.read()
    tile = next(count.number for count in overview.counts if count.group is Group.DOUBTS)
    rows = sum(item.counts for item in overview.items if item.group is Group.DOUBTS and item.uid == provider)
    return len(page.questions), rows, tile, len(check.questions), len(page.answered), len(check.answered)


def outside(day: date = date(2025, 3, 1)) -> Rating:
    """A rating that CQC does not give."""
    return Rating(scheme=RatingScheme.CQC_OVERALL, value=RatingValue.POOR, published=day)


def test_a_rating_outside_its_scheme_is_in_doubt_everywhere_until_it_is_answered(office: Office) -> None:
    provider = provider_with(office, outside())
    assert counted(office, provider) == (1, 1, 1, 1, 0, 0)
    (question,) = office.providers.page(provider).questions
    assert question.kind == Rating.KIND
    assert question.text in text_of(office.briefings.make(ProviderWish(provider, TODAY)).data).replace("\n", " ")
    office.doubts.answer(Owner(Provider, provider), [question], Reply.ASK)
    assert counted(office, provider) == (1, 1, 1, 1, 0, 0)
    assert question.title in text_of(office.briefings.make(QuestionsWish(Owner(Provider, provider), TODAY)).data)
    office.doubts.answer(Owner(Provider, provider), [question], Reply.RIGHT)
    assert counted(office, provider) == (0, 0, 0, 0, 1, 1)


def test_two_ratings_of_one_day_are_one_doubt(office: Office) -> None:
    day = date(2025, 3, 1)
    good, low = (
        Rating(scheme=RatingScheme.CQC_OVERALL, value=value, published=day)
        for value in (RatingValue.GOOD, RatingValue.REQUIRES_IMPROVEMENT)
    )
    assert counted(office, provider_with(office, good, low))[:4] == (1, 1, 1, 1)


def test_another_value_is_asked_about_anew(office: Office) -> None:
    provider = provider_with(office, outside())
    office.doubts.answer(Owner(Provider, provider), office.providers.page(provider).questions, Reply.RIGHT)
    (rating,) = office.providers.page(provider).ratings
    office.records.save(replace(rating, value=RatingValue.EXCELLENT), rating)
    assert counted(office, provider)[:4] == (1, 1, 1, 1)


def test_a_visit_whose_report_has_no_day_is_in_doubt(office: Office) -> None:
    provider = provider_with(
        office, visit=Visit(planned=date(2025, 3, 1), stage=VisitStage.FINAL, outcome=RatingValue.GOOD)
    )
    (question,) = office.providers.page(provider).questions
    assert question.kind == Visit.KIND
    assert counted(office, provider)[:4] == (1, 1, 1, 1)


def test_a_provider_that_is_to_be_visited_with_no_visit_booked_is_never_plain_good(office: Office) -> None:
    """List, page and finder say it; so does the Overview, and once a visit is booked it is gone."""
    rating = Rating(scheme=RatingScheme.CQC_OVERALL, value=RatingValue.GOOD, published=date(2025, 3, 1))
    provider = provider_with(office, rating)
    (service,) = office.providers.page(provider).services
    office.records.save(replace(service, visit_every=Length(months=12)), service)

    def said() -> set[str]:
        (row,) = office.providers.rows()
        found = [hit.status for hit in office.finder.find("Pellgate House") if hit.uid == provider]
        assert len(found) == 1
        return {row.status.word, office.providers.page(provider).status.word, *(each.word for each in found if each)}

    assert said() == {"No visit booked"}
    assert [item.title for item in office.overview.read().items] == ["No visit booked: Pellgate at Home"]
    office.records.create(Visit(service=service.uid, planned=TODAY + timedelta(days=5), stage=VisitStage.PLANNED))
    assert said() == {"Good"}
