"""A crash leaves a report for the next start; an uncaught exception is told once and holds nothing of the desk."""

from __future__ import annotations

import faulthandler
import os
import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from s75desk import crash
from s75desk.crash import Fault

SECRET = "Mrs Example, 1 High Street"


@pytest.fixture
def logs(data_home: Path) -> Path:
    folder = data_home / "logs"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def told(logs: Path) -> Iterator[list[Fault]]:
    faults: list[Fault] = []
    was_on = faulthandler.is_enabled()
    crash.start()
    crash.listen(faults.append)
    yield faults
    crash.stop()
    if was_on:  # pytest's own
        faulthandler.enable(sys.__stderr__)


def run(source: str, logs: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(source)],
        env=os.environ | {"S75DESK_LOGS": str(logs)} | environment,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def test_a_run_that_ends_well_leaves_nothing(logs: Path) -> None:
    assert run("from s75desk import crash; crash.start(); assert crash.previous_crash() is None", logs).returncode == 0
    assert list(logs.iterdir()) == []


def test_a_crash_is_found_at_the_next_start_once(logs: Path) -> None:
    crashed = run("import faulthandler\nfrom s75desk import crash\ncrash.start()\nfaulthandler._sigabrt()", logs)
    assert crashed.returncode != 0
    ask = "from s75desk import crash; crash.start(); print(crash.previous_crash())"

    report = run(ask, logs).stdout

    assert "Fatal Python error: Aborted" in report
    assert report.startswith("s75desk 0.")
    assert 'File "<string>", line 4' in report
    assert (logs / "last-crash.txt").read_text(encoding="utf-8").strip() == report.strip()
    assert run(ask, logs).stdout == "None\n"


def test_a_report_names_no_folder_of_the_machine(logs: Path, tmp_path: Path) -> None:
    home = tmp_path / "Mrs Example"
    home.mkdir()
    (home / "script.py").write_text(
        "import faulthandler\nfrom s75desk import crash\ncrash.start()\nfaulthandler._sigabrt()\n", encoding="utf-8"
    )
    run("import runpy, os; runpy.run_path(os.environ['SCRIPT'])", logs, SCRIPT=str(home / "script.py"))
    report = run("from s75desk import crash; crash.start(); print(crash.previous_crash())", logs).stdout
    assert 'File "script.py", line 4' in report
    assert "Mrs Example" not in report


def test_the_file_of_a_program_that_still_runs_is_left_alone(logs: Path) -> None:
    other = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        file = logs / f"crash-{other.pid}.log"
        file.write_text("halfway", encoding="utf-8")
        watch = crash.Watch(logs)
        watch.start()
        watch.stop()
        assert watch.previous is None
        assert file.read_text(encoding="utf-8") == "halfway"
    finally:
        other.communicate(b"\n")


def test_an_exception_nobody_was_told_of_is_told_at_the_next_start(logs: Path) -> None:
    ended = run(f"from s75desk import crash\ncrash.start()\nint({SECRET!r})", logs)
    assert ended.returncode == 1
    assert "ValueError" in ended.stderr
    report = run("from s75desk import crash; crash.start(); print(crash.previous_crash())", logs).stdout
    assert 'File "<string>", line 3, in <module>\nValueError' in report
    assert SECRET not in report


@pytest.mark.logs_errors
def test_the_window_is_told_of_an_uncaught_exception(told: list[Fault], logs: Path) -> None:
    try:
        int(SECRET)
    except ValueError as error:
        sys.excepthook(ValueError, error, error.__traceback__)
    (fault,) = told
    assert fault.title.startswith("ValueError in tests/unit/test_crash.py, line ")
    assert fault.report.startswith("s75desk 0.")
    assert "in test_the_window_is_told" in fault.report
    assert "log folder" in fault.sentence
    assert SECRET not in fault.title + fault.sentence + fault.report
    crash.stop()
    assert list(logs.iterdir()) == [], "what was told is not told again at the next start"


@pytest.mark.logs_errors
def test_exceptions_of_threads_are_caught_too(told: list[Fault]) -> None:
    thread = threading.Thread(target=lambda: 1 / 0)
    thread.start()
    thread.join()
    assert [fault.title.split(" in ")[0] for fault in told] == ["ZeroDivisionError"]


@pytest.mark.logs_errors
def test_exceptions_of_finalisers_are_caught_too(told: list[Fault]) -> None:
    class Bad:
        def __del__(self) -> None:
            raise ZeroDivisionError

    Bad()
    assert [fault.title.split(" in ")[0] for fault in told] == ["ZeroDivisionError"]


@pytest.mark.logs_errors
def test_a_storm_of_one_fault_is_told_once_and_counted(told: list[Fault], caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(1000):
        try:
            raise ZeroDivisionError
        except ZeroDivisionError as error:
            crash.tell(error)
    assert len(told) == 1
    assert [record.args[1] for record in caplog.records[1:] if record.args] == [10, 100, 1000]


@pytest.mark.logs_errors
def test_many_different_faults_are_told_until_it_is_enough(told: list[Fault]) -> None:
    for number in range(3 * crash.MOST_TOLD):
        try:
            exec(compile("\n" * number + "raise ZeroDivisionError", "<made up>", "exec"))  # noqa: S102
        except ZeroDivisionError as error:
            crash.tell(error)
    assert len(told) == crash.MOST_TOLD


def test_an_interrupt_is_no_fault(told: list[Fault], capsys: pytest.CaptureFixture[str]) -> None:
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert told == []
    assert "KeyboardInterrupt" in capsys.readouterr().err


def test_the_hooks_are_given_back(logs: Path) -> None:
    before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
    watch = crash.Watch(logs)
    watch.start()
    assert sys.excepthook != before[0]
    watch.stop()
    assert (sys.excepthook, threading.excepthook, sys.unraisablehook) == before
