"""The harness tells too much from enough, and the large desk is whole and the same for the same seed."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from benchmarks import large_desk
from benchmarks.harness import Comparison, Row, run, said_by, table
from benchmarks.large_desk import Size
from s75desk.domain.records import KINDS, Measurement, Provider, Service, Visit
from s75desk.models import history, search
from s75desk.models.desk_file import DeskFile
from s75desk.models.repository import Repository

SMALL = Size(services=30, visits=12, measurements=400)


def comparison(ours: list[float], other: list[float], *rows: Row) -> tuple[Comparison, list[str]]:
    order: list[str] = []
    mine, others = itertools.cycle(ours), itertools.cycle(other)

    def measure_mine() -> dict[str, float]:
        order.append("ours")
        return {"seconds": next(mine)}

    def measure_other() -> dict[str, float]:
        order.append("other")
        return {"seconds": next(others)}

    return Comparison("the other", measure_mine, measure_other, rows), order


def test_pairs_are_run_in_turn_and_the_first_does_not_count() -> None:
    row = Row("ours", "seconds", "s", 2)
    pair, order = comparison([100, 3, 4, 3], [1, 2, 2, 2], row)
    (result,) = run(pair, pairs=3)
    assert order == ["other", "ours"] * 4
    assert (result.ours, result.other, result.score) == (3, 2, 1.5)
    assert result.ok


def test_one_disturbed_pair_does_not_decide() -> None:
    pair, _ = comparison([3], [2, 2, 0.1, 2, 2], Row("ours", "seconds", "s", 2))
    assert run(pair, pairs=4)[0].score == 1.5


@pytest.mark.parametrize(("most", "ok"), [(1.49, False), (1.5, True)])
def test_a_ratio_is_held_against_its_budget(most: float, ok: bool) -> None:
    pair, _ = comparison([3], [2], Row("ours", "seconds", "s", most))
    assert run(pair, pairs=1)[0].ok is ok


@pytest.mark.parametrize(("most", "ok"), [(149, False), (150, True)])
def test_a_difference_is_held_against_its_budget(most: float, ok: bool) -> None:
    pair, _ = comparison([200], [50], Row("ours", "seconds", "MB", most, "difference"))
    assert run(pair, pairs=1)[0].ok is ok


def test_the_table_says_what_was_measured_against_what() -> None:
    pair, _ = comparison([3], [2], Row("start", "seconds", "s", 1), Row("memory", "seconds", "MB", 150, "difference"))
    lines = table(run(pair, pairs=1)).splitlines()
    assert [line.split() for line in lines[2:]] == [
        ["start", "the", "other", "3.000", "s", "/", "2.000", "s", "1.50", "x", "0%", "1", "x", "TOO", "MUCH"],
        ["memory", "the", "other", "3", "MB", "/", "2", "MB", "+1", "MB", "0%", "+150", "MB", "ok"],
    ]


def test_a_process_says_its_figures(tmp_path: Path) -> None:
    source = "import os, sys; print('words'); print('size', os.environ['SIZE'], flush=True); sys.stdin.read()"
    said = said_by(["-c", source], {"SIZE": "12"}, tmp_path)
    assert said.keys() == {"size", "rss", "seconds"}
    assert said["size"] == 12
    assert 1e6 < said["rss"] < 1e9
    assert 0 < said["seconds"] < 60


@pytest.mark.parametrize("source", ["print('usable 1'); raise SystemExit(3)", "print('nothing to measure')"])
def test_a_process_that_fails_or_says_nothing_is_no_measurement(source: str, tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="ended with"):
        said_by(["-c", source], {}, tmp_path)


def everything(path: Path) -> list[object]:
    with DeskFile.open(path) as desk, desk.reading() as connection:
        repository = Repository(connection)
        return [record for cls in KINDS.values() for record in repository.all(cls)]


def test_the_large_desk_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "large.s75desk"
    large_desk.make(path, SMALL)
    with DeskFile.open(path) as desk, desk.reading() as connection:
        repository = Repository(connection)
        assert repository.count(Service) == 30
        assert repository.count(Visit) == 12
        assert repository.count(Measurement) == 400
        assert history.verify(connection) is None
        assert history.length(connection) == sum(repository.count(cls) for cls in KINDS.values())
        name = repository.all(Provider)[0].name
        assert name in [hit.title for hit in search.find(connection, name)]


def test_the_same_seed_makes_the_same_records_and_another_makes_others(tmp_path: Path) -> None:
    made = []
    for number, seed in enumerate((1, 1, 2)):
        path = tmp_path / f"{number}.s75desk"
        large_desk.make(path, SMALL, seed)
        made.append(everything(path))
    assert made[0] == made[1]
    assert made[0] != made[2]
