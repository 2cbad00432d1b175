"""Tags: rows and not text, on one record or many in one change, found by the finder, gone with what they are on."""

from __future__ import annotations

import pytest

from s75desk.domain.errors import Rejected
from s75desk.domain.records import KINDS, Provider, Tag, Tagged
from s75desk.domain.records.tag import MOST_LETTERS, TAGGABLE
from s75desk.services.office import Office

Estate = tuple[Office, dict[str, str]]


def providers(office: Office, *names: str) -> list[str]:
    return [office.records.create(Provider(name=name)).uid for name in names]


def test_many_are_tagged_in_one_change_and_undone_as_one(office: Office) -> None:
    uids = providers(office, "Oak", "Elm", "Ash")
    changes = office.tags.add("provider", uids, "  winter   plan ")
    assert changes.label == "Tagged “winter plan”: 3 providers"
    assert office.tags.by_record("provider") == dict.fromkeys(uids, ("winter plan",))
    office.records.undo(changes.change_id)
    assert office.tags.by_record("provider") == {}
    assert office.tags.names() == ()


def test_one_name_in_any_letters_is_one_tag_and_twice_is_once(office: Office) -> None:
    (oak,) = providers(office, "Oak")
    office.tags.add("provider", [oak], "Urgent")
    again = office.tags.add("provider", [oak, oak], "URGENT")
    assert again.change_id == ""
    assert office.tags.of("provider", oak) == ("Urgent",)
    assert office.tags.names() == ("Urgent",)


def test_a_tag_with_a_comma_is_one_tag(office: Office) -> None:
    (oak,) = providers(office, "Oak")
    office.tags.add("provider", [oak], "north, east; <b>")
    assert office.tags.of("provider", oak) == ("north, east; <b>",)
    assert office.exports.table("tag").rows[0][1] == "north, east; <b>"


@pytest.mark.parametrize("kind", TAGGABLE)
def test_every_kind_can_be_tagged_found_and_let_go(estate: Estate, kind: str) -> None:
    office, places = estate
    uid = places[kind]
    added = office.tags.add(kind, [uid], "Zebra crossing")
    assert "Zebra crossing" in office.tags.of(kind, uid)
    if KINDS[kind].FOUND:
        assert uid in {found.uid for found in office.finder.find("zebra")}
    office.tags.remove(kind, [uid], "zebra crossing")
    assert "Zebra crossing" not in office.tags.of(kind, uid)
    assert uid not in {found.uid for found in office.finder.find("zebra")}
    assert added.touches("tagged")


def test_undo_of_taking_off_finds_it_again(office: Office) -> None:
    (oak,) = providers(office, "Oak")
    office.tags.add("provider", [oak], "Zebra")
    removed = office.tags.remove("provider", [oak], "Zebra")
    office.records.undo(removed.change_id)
    assert office.tags.of("provider", oak) == ("Zebra",)
    assert [found.uid for found in office.finder.find("zebra")] == [oak]


def test_a_record_that_is_archived_takes_its_tags_with_it(office: Office) -> None:
    oak, elm = providers(office, "Oak", "Elm")
    office.tags.add("provider", [oak], "Zebra")
    changes = office.records.archive("provider", oak)
    assert office.tags.names() == ()
    with pytest.raises(Rejected, match="archived"):
        office.tags.add("provider", [elm, oak], "Lion")
    assert office.tags.of("provider", elm) == ()
    office.records.undo(changes.change_id)
    assert office.tags.of("provider", oak) == ("Zebra",)


@pytest.mark.parametrize("name", ["", "  ", "\x00\n", "x" * (MOST_LETTERS + 1)])
def test_a_name_that_is_none_or_too_long_is_refused(office: Office, name: str) -> None:
    (oak,) = providers(office, "Oak")
    with pytest.raises(Rejected):
        office.tags.add("provider", [oak], name)
    with office.place.desk.reading() as connection:
        assert office.place.records(connection).all(Tag) == []


def test_the_export_has_a_row_a_tagging(office: Office) -> None:
    oak, elm = providers(office, "Oak", "Elm")
    office.tags.add("provider", [oak, elm], "Urgent")
    office.tags.add("provider", [oak], "North")
    sheet = office.exports.table("tagged")
    tag, provider = sheet.headings.index("Tag"), sheet.headings.index("Provider")
    assert sorted((row[tag], row[provider]) for row in sheet.rows) == [
        ("North", "Oak"), ("Urgent", "Elm"), ("Urgent", "Oak"),
    ]  # fmt: skip


def test_a_signed_visit_stays_as_it_was_signed(sample: Office) -> None:
    before = {row.uid: sample.visits.page(row.uid).signed for row in sample.visits.rows()}
    sample.tags.add("visit", list(before), "seen")
    assert sample.checks.check().sound
    assert {uid: sample.visits.page(uid).signed for uid in before} == before
    assert Tagged.KIND in KINDS
