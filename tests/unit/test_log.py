"""The log says what was done and never what a record holds."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from s75desk import log

SECRET = "Mrs Example, 1 High Street"


@pytest.fixture
def started(data_home: Path) -> Iterator[Path]:
    yield log.start()
    log.stop()


def read(file: Path) -> str:
    for handler in logging.getLogger("s75desk").handlers:
        handler.flush()
    return file.read_text(encoding="utf-8")


def raised(error: Exception) -> Exception:
    with pytest.raises(type(error)) as caught:
        raise error
    return caught.value


def test_it_lies_in_the_log_folder_and_has_times_in_utc(started: Path, data_home: Path) -> None:
    logging.getLogger("s75desk.models").info("Opened a desk in %.1f s", 0.25)
    assert started == data_home / "logs" / "s75desk.log"
    pattern = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z INFO s75desk\.models: Opened a desk in 0\.2 s\n"
    assert re.fullmatch(pattern, read(started))


def test_starting_twice_writes_once(started: Path) -> None:
    assert log.start() == started
    logging.getLogger("s75desk").info("Once")
    assert read(started).count("Once") == 1


@pytest.mark.logs_errors
def test_an_exception_is_logged_without_what_was_typed(started: Path) -> None:
    try:
        int(SECRET)
    except ValueError:
        logging.getLogger("s75desk").exception("Reading a number failed")
    text = read(started)
    assert "Reading a number failed" in text
    assert re.search(r'File "tests/unit/test_log.py", line \d+, in test_an_exception_is_logged', text)
    assert text.endswith("\nValueError\n")
    assert SECRET not in text


def test_it_rotates_and_keeps_few(started: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "BIGGEST", 2000)
    for number in range(400):
        logging.getLogger("s75desk").info("Line %d", number)
    files = sorted(path.name for path in started.parent.iterdir())
    assert files == ["s75desk.log", "s75desk.log.1", "s75desk.log.2", "s75desk.log.3"]
    assert all(path.stat().st_size <= 2000 for path in started.parent.iterdir())
    assert "Line 399" in read(started)


def test_a_folder_that_cannot_be_written_to_does_not_stop_the_program(tmp_path: Path) -> None:
    blocked = tmp_path / "a file"
    blocked.write_text("not a folder", encoding="utf-8")
    log.start(blocked)
    logging.getLogger("s75desk").info("Still here")
    log.stop()
    assert blocked.read_text(encoding="utf-8") == "not a folder"


@pytest.mark.parametrize(
    ("error", "last_line"),
    [
        (ValueError(SECRET), "ValueError"),
        (KeyError(SECRET), "KeyError"),
        (AttributeError("'NoneType' object has no attribute 'starts'"), None),
        (FileNotFoundError(2, "No such file or directory", f"/home/{SECRET}/desk"), None),
        (OSError(SECRET), "OSError"),
    ],
)
def test_words_of_an_error_are_kept_only_if_they_come_from_code(error: Exception, last_line: str | None) -> None:
    last = log.fault_text(raised(error)).splitlines()[-1]
    kept = {
        AttributeError: "AttributeError: 'NoneType' object has no attribute 'starts'",
        FileNotFoundError: "FileNotFoundError: No such file or directory (errno 2)",
    }
    assert last == (last_line or kept[type(error)])


def fail(*, openly: bool) -> None:
    try:
        {}[SECRET]
    except KeyError as cause:
        raise ZeroDivisionError from cause if openly else None


def test_causes_come_before_what_they_caused() -> None:
    with pytest.raises(ZeroDivisionError) as caught:
        fail(openly=True)
    text = log.fault_text(caught.value)
    assert text.index("KeyError") < text.index("\n\nthen:\n\n") < text.index("ZeroDivisionError")
    assert SECRET not in text


def test_a_cause_that_was_hidden_on_purpose_stays_hidden() -> None:
    with pytest.raises(ZeroDivisionError) as caught:
        fail(openly=False)
    assert "KeyError" not in log.fault_text(caught.value)


@pytest.mark.parametrize(
    ("path", "short"),
    [
        ("/home/x/.venv/lib/python3.11/site-packages/sqlalchemy/engine/base.py", "sqlalchemy/engine/base.py"),
        ("/home/x/s75desk/s75desk/domain/term.py", "s75desk/domain/term.py"),
        (r"C:\Users\x\Programs\s75desk\_internal\s75desk\ui\window.py", "s75desk/ui/window.py"),
        ("/usr/lib/python3.11/json/decoder.py", "python3.11/json/decoder.py"),
        ("/home/x/script.py", "script.py"),
        ("<string>", "<string>"),
    ],
)
def test_paths_lose_the_folders_of_the_machine(path: str, short: str) -> None:
    assert log.short_path(path) == short
    assert log.without_folders(f'  File "{path}", line 3 in f') == f'  File "{short}", line 3 in f'


def test_a_windowed_program_gets_streams_that_lead_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    log.open_streams()
    print("lost")
    print("lost", file=sys.stderr)
    sys.stdout.close()
    sys.stderr.close()
