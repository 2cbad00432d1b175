"""The records looked at last: newest first, each once, without those archived since, and with no words of them kept."""

from __future__ import annotations

import pytest

from s75desk.domain.records import Agreement, Provider
from s75desk.models import settings
from s75desk.services.office import Office
from s75desk.services.recent_records import MOST, SETTING


def provider(office: Office, name: str) -> str:
    return office.records.create(Provider(name=name)).uid


def titles(office: Office) -> list[str]:
    return [found.title for found in office.recent.records()]


def test_newest_first_each_once(office: Office) -> None:
    oak, elm = provider(office, "Oak"), provider(office, "Elm")
    for uid in (oak, elm, oak, oak):
        office.recent.note("provider", uid)
    assert titles(office) == ["Oak", "Elm"]
    assert office.recent.records()[0].page_kind == "provider"


def test_what_is_archived_is_left_out_and_comes_back(office: Office) -> None:
    oak, elm = provider(office, "Oak"), provider(office, "Elm")
    office.recent.note("provider", oak)
    office.recent.note("provider", elm)
    changes = office.records.archive("provider", elm)
    assert titles(office) == ["Oak"]
    office.records.undo(changes.change_id)
    assert titles(office) == ["Elm", "Oak"]


def test_kinds_without_a_page_and_records_that_are_gone_are_no_trouble(office: Office) -> None:
    office.recent.note("milestone", "of no page")
    office.recent.note("agreement", "not there")
    uid = office.records.create(Agreement(title="Equipment")).uid
    office.recent.note("agreement", uid)
    assert titles(office) == ["Equipment"]


def test_no_words_are_kept_and_the_list_is_short(office: Office) -> None:
    for number in range(MOST + 5):
        office.recent.note("provider", provider(office, f"House {number}"))
    with office.place.desk.reading() as connection:
        kept = settings.get(connection, SETTING)
    assert "House" not in kept
    assert kept.count("provider") == MOST


@pytest.mark.parametrize("damage", ["", "{", "[1]", '[["provider"]]', "null", '[["provider", 7], ["table", "x"]]'])
def test_a_damaged_setting_means_an_empty_list(office: Office, damage: str) -> None:
    with office.place.desk.writing() as connection:
        settings.put(connection, SETTING, damage)
    assert office.recent.records() == ()
    office.recent.note("provider", provider(office, "Oak"))
    assert titles(office) == ["Oak"]
