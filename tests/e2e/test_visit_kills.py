"""Nothing lost: a real window is worked through a visit by key events and killed at random moments, again and again.

Fifty times in the suite; ``pytest tests/e2e/test_visit_kills.py --kills 500`` for more.
"""

from __future__ import annotations

import io
import json
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from s75desk.domain.records import Action, Provider, Service, Visit, VisitAnswer, VisitPhoto
from s75desk.models import blobs, history, integrity
from s75desk.models.desk_file import DeskFile
from s75desk.models.repository import Repository
from s75desk.services.office import Office
from s75desk.services.visit_content import fields_of
from s75desk.services.workplace import Workplace

TODAY = date(2026, 2, 2)
PROMISE = 1.0
"""Seconds after which what is on the screen is in the file."""

TOGETHER = 10
"""Kills of one test, one after the other on one desk."""

HAND = Path(__file__).with_name("visit_hand.py")
ROOT = HAND.parents[2]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "group" in metafunc.fixturenames:
        metafunc.parametrize("group", range(max(1, metafunc.config.getoption("--kills") // TOGETHER)))


@dataclass
class Told:
    """What the window said it showed, in order."""

    states: dict[str, list[tuple[float, dict[str, str]]]] = field(default_factory=dict)
    photos: dict[str, float] = field(default_factory=dict)
    places: list[tuple[float, str]] = field(default_factory=list)
    given: int = 0
    ready_at: str | None = None
    by_hand: bool = False

    def take(self, line: dict[str, Any]) -> None:
        """Note one line."""
        match line["what"]:
            case "ready":
                self.ready_at = line["place"]
                self.places.append((line["t"], line["place"]))
            case "opened by hand":
                self.by_hand = True
            case "place":
                self.places.append((line["t"], line["place"]))
            case "given":
                self.given += 1
            case "photo":
                self.photos.setdefault(line["record"], line["t"])
            case _:
                self.states.setdefault(line["record"], []).append((line["t"], line["fields"]))


def allowed(states: list[tuple[float, Any]], killed: float) -> tuple[list[Any], bool]:
    """What may stand in the desk after a kill, and whether something must: all that was told since a second before."""
    old = [place for place, (when, _) in enumerate(states) if when <= killed - PROMISE]
    first = old[-1] if old else 0
    return [state for _, state in states[first:]], bool(old)


def office_of(desk: DeskFile) -> Office:
    return Office(Workplace(desk, "quality officer", lambda: TODAY))


@pytest.fixture
def visit(tmp_path: Path) -> tuple[Path, str]:
    """A desk with a visit planned for today, and three actions from before."""
    path = tmp_path / "kills.s75desk"
    with DeskFile.create(path) as desk:
        office = office_of(desk)
        office.question_sets.house()
        questions = office.question_sets.rows()[0].uid
        provider = office.records.create(Provider(name="Lindle Homecare")).uid
        service = office.records.create(Service(provider=provider, name="Lindle House")).uid
        for number in range(3):
            office.records.create(Action(title=f"Action {number} from before", service=service, due=TODAY))
        uid = office.records.create(Visit(service=service, planned=TODAY, question_set=questions)).uid
    return path, uid


def work_until_killed(path: Path, visit: str, data: Path, seed: int) -> tuple[Told, float]:
    """Let a window work the visit, kill it at a moment that chance chooses; what it told, and when it was killed."""
    chance = random.Random(seed)  # noqa: S311
    environment = {**os.environ, "S75DESK_LOGS": str(data / "logs"), "PYTHONPATH": str(ROOT)}
    log = data / f"told-{seed}.txt"
    with log.open("w") as said, (data / "errors.txt").open("w+") as errors:
        process = subprocess.Popen(
            [sys.executable, str(HAND), str(path), visit, str(data), str(seed)],
            cwd=ROOT, stdout=said, stderr=errors, env=environment,
        )  # fmt: skip
        while '"ready"' not in log.read_text() and process.poll() is None:
            time.sleep(0.02)
        time.sleep(chance.uniform(0.3, 2.6))  # the moment of the kill, not a wait for anything
        killed = time.monotonic()
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=60)
        errors.seek(0)
        words = errors.read()
    told = Told()
    for line in log.read_text().splitlines():
        if line.endswith("}"):  # the last may be cut short
            told.take(json.loads(line))
    assert process.returncode == -signal.SIGKILL, words
    assert told.ready_at is not None
    return told, killed


class Desk:
    """The desk after a kill."""

    def __init__(self, path: Path, visit: str) -> None:
        with DeskFile.open(path) as desk:
            office = office_of(desk)
            opened = office.visiting.open(visit)
            self.place = opened.place
            self.book = opened.book
            self.records = {f"{one.KIND} {one.uid}": fields_of(one) for one in opened.book.records()}
            with desk.reading() as connection:
                assert history.verify(connection) is None, "the history chain is broken"
                assert integrity.problems(connection) == []
                assert blobs.damaged(connection) == []
                repository = Repository(connection)
                self.titles = [action.title for action in repository.all(Action, visit=visit, archived=True)]
                self.answered = [answer.question for answer in repository.all(VisitAnswer, visit=visit, archived=True)]
                self.photos = {photo.uid: photo for photo in repository.all(VisitPhoto, visit=visit)}
                for photo in self.photos.values():
                    for fingerprint in (photo.sha256, photo.thumbnail):
                        data = blobs.get(connection, fingerprint or "")
                        assert data is not None, "a photo without its picture"
                        Image.open(io.BytesIO(data)).load()


@pytest.mark.timeout(600)  # ten starts of the program
def test_a_kill_at_any_moment_loses_nothing_older_than_a_second(
    visit: tuple[Path, str], tmp_path: Path, group: int
) -> None:
    path, uid = visit
    data = tmp_path / "data"
    data.mkdir()
    last: Desk | None = None
    known: set[str] = set()
    given = 0
    for round_ in range(TOGETHER):
        told, killed = work_until_killed(path, uid, data, group * 1000 + round_)
        if last is not None:
            assert not told.by_hand, "the window did not come back to the visit"
            assert told.ready_at == last.place, "the window came back to another place"
        desk = Desk(path, uid)
        known |= set(told.states)
        for key, states in told.states.items():
            may, must = allowed(states, killed)
            before = last.records.get(key) if last is not None else None
            if key not in desk.records:
                gone = desk.records.keys() >= {key} or (not must and before is None)
                assert gone or key.startswith("action "), f"{key} is lost; it was shown as {may[0]}"
                assert not (key.startswith("action ") and must and may[0].get("title")), f"{key} is lost"
                continue
            kept = desk.records[key]
            if not must and before is not None:
                may = [before, *may]
            assert kept in may, f"round {round_}: {key} holds {kept}, which was not shown within the last second: {may}"
        may, _ = allowed(told.places, killed)
        assert desk.place in may
        made = {key for key in desk.records if not key.startswith("visit_photo ")}
        assert made <= known, "a record that nobody made"
        given += told.given
        assert len(desk.photos) <= given, "a photo that nobody gave"
        assert all(title.strip() for title in desk.titles), "an action without words became a record"
        assert len(desk.answered) == len(set(desk.answered)), "a question has two answers"
        for photo, when in told.photos.items():
            assert when > killed - PROMISE or photo in desk.photos, "a photo is lost"
        last = desk
