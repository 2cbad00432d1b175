"""What is typed and not yet saved: kept by form, offered again, forgotten when it is saved."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from s75desk.domain.errors import Rejected
from s75desk.domain.records import Agreement, Kpi, Milestone
from s75desk.domain.records.kpi import Measure
from s75desk.models import history
from s75desk.models.desk_file import DeskFile
from s75desk.models.drafts import key_of
from s75desk.services.office import Office
from tests.unit.record_help import Clock, office_of

TYPED = {"title": "Community equ", "starts": "1/4/2", "yearly_value": "£1.81m “about”\n"}


def typed(office: Office, kind: str, uid: str = "", owner: str = "") -> dict[str, str] | None:
    draft = office.records.draft(kind, uid, owner)
    return None if draft is None else dict(draft.typed)


@pytest.mark.parametrize("secret", [None, "correct horse"], ids=["plain", "encrypted"])
def test_a_draft_outlives_closing_and_leaves_no_trace_in_history(tmp_path: Path, secret: str | None) -> None:
    with DeskFile.create(tmp_path / "a.s75desk", secret) as desk:
        office = office_of(desk)
        office.records.keep_draft("agreement", "", "", TYPED | {"title": "C"})
        office.records.keep_draft("agreement", "", "", TYPED)
        clock = office.place.now
        assert isinstance(clock, Clock)
        kept_at = clock.time
    with DeskFile.open(tmp_path / "a.s75desk", secret) as desk:
        office = office_of(desk)
        draft = office.records.draft("agreement", "", "")
        assert draft is not None
        assert (draft.kind, draft.uid, dict(draft.typed), draft.kept_at) == ("agreement", "", TYPED, kept_at)
        with desk.reading() as connection:
            assert history.length(connection) == 0


def test_drafts_of_different_forms_are_apart(office: Office) -> None:
    agreement = office.records.create(Agreement(title="A")).uid
    forms = [
        ("milestone", "", agreement),
        ("milestone", "", "other"),
        ("milestone", "uid", ""),
        ("risk", "", agreement),
    ]
    for place, form in enumerate(forms):
        office.records.keep_draft(*form, {"title": str(place)})
    assert [typed(office, *form) for form in forms] == [{"title": str(place)} for place in range(4)]
    assert typed(office, "milestone") is None
    office.records.drop_draft("milestone", "", agreement)
    assert [typed(office, *form) is None for form in forms] == [True, False, False, False]


def test_saving_forgets_the_draft_and_refusing_keeps_it(office: Office) -> None:
    agreement = office.records.create(Agreement(title="A")).uid
    office.records.keep_draft("milestone", "", agreement, {"title": ""})
    with pytest.raises(Rejected):
        office.records.create(Milestone(agreement=agreement))
    assert typed(office, "milestone", "", agreement) == {"title": ""}
    made = office.records.create(Milestone(agreement=agreement, title="Sign"))
    assert typed(office, "milestone", "", agreement) is None
    office.records.keep_draft("milestone", made.uid, agreement, {"title": "Sign it"})
    stored = office.records.get(Milestone, made.uid)
    with pytest.raises(Rejected):
        office.records.revise(replace(stored, title=""))
    assert typed(office, "milestone", made.uid, "") == {"title": "Sign it"}, "the owner of a stored record says nothing"
    office.records.revise(replace(stored, title="Sign it"))
    assert typed(office, "milestone", made.uid, agreement) is None


def test_saving_one_record_keeps_the_draft_of_another(office: Office) -> None:
    office.records.keep_draft("kpi", "", "", {"title": "From the list"})
    agreement = office.records.create(Agreement(title="A")).uid
    office.records.create(Kpi(agreement=agreement, title="Deliveries", measure=Measure.COUNT))
    assert typed(office, "kpi") == {"title": "From the list"}


@settings(max_examples=25)
@given(st.dictionaries(st.text(max_size=10), st.text(st.characters(codec="utf-8"), max_size=30), max_size=5))
def test_any_text_is_kept_as_it_was_typed(tmp_path_factory: pytest.TempPathFactory, words: dict[str, str]) -> None:
    path = tmp_path_factory.getbasetemp() / "drafts.s75desk"
    with DeskFile.open(path) if path.exists() else DeskFile.create(path) as desk:
        office = office_of(desk)
        office.records.keep_draft("agreement", "", "", words)
        assert typed(office, "agreement") == words


def test_a_draft_is_filed_under_its_record_or_under_what_will_own_it() -> None:
    assert key_of("milestone", "", "a") != key_of("milestone", "a", "")
    assert key_of("milestone", "m", "a") == key_of("milestone", "m", "b")
    assert len({key_of(kind, uid, owner) for kind in "ab" for uid in ("", "u") for owner in ("", "o")}) == 6
