"""What every test stands on: an offscreen window system, its own folders, and checks that it leaves nothing behind."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["S75DESK_TESTING"] = "1"

import hypothesis
import pytest

from tests.leaks import FAILED, no_error_in_the_log, no_leaks

__all__ = ["no_error_in_the_log", "no_leaks"]

FAILURES = Path(__file__).parent / "failures"

hypothesis.settings.register_profile("dev", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, database=None, print_blob=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "dev")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--kills", type=int, default=50, help="how often a window at a visit is killed")
    parser.addoption("--damage", type=int, default=40, help="how many desks are damaged at random")
    parser.addoption("--cuts", type=int, default=40, help="after how many calls of each deed the power is cut")
    parser.addoption("--hands", type=int, default=2, help="seeds of the random hand at the window")
    parser.addoption("--actions", type=int, default=300, help="actions of each random hand")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """The whole suite uses every core; a file or test that is named runs in this process."""
    named = [arg for arg in config.invocation_params.args if not str(arg).startswith("-")]
    if config.args_source is pytest.Config.ArgsSource.ARGS and named:
        return 0
    return min(os.cpu_count() or 1, 8)


@pytest.fixture(autouse=True)
def data_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program's own folders, inside the test's; no test sees the settings or desks of whoever runs it."""
    home = tmp_path / "home"
    for variable, folder in (("S75DESK_DATA", "data"), ("S75DESK_LOGS", "logs"), ("XDG_CONFIG_HOME", "config")):
        monkeypatch.setenv(variable, str(home / folder))
    monkeypatch.delenv("S75DESK_PASSPHRASE", raising=False)
    return home


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):
    report = yield
    if report.failed:
        item.stash[FAILED] = True
        if report.when == "call":
            _keep_pictures(item.nodeid)
    return report


def pytest_sessionfinish() -> None:
    """What a test put on the clipboard must not outlive Python: Qt would let go of it when there is none left."""
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is not None and widgets.QApplication.instance() is not None:
        widgets.QApplication.clipboard().clear()


def _keep_pictures(test: str) -> None:
    """Save what the windows showed when a test failed, before they are closed."""
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None or widgets.QApplication.instance() is None:
        return
    shown = [window for window in widgets.QApplication.topLevelWidgets() if window.isVisible()]
    if not shown:
        return
    FAILURES.mkdir(exist_ok=True)
    name = re.sub(r"[^\w.-]+", "_", test)[-120:]
    for number, window in enumerate(shown, 1):
        window.grab().save(str(FAILURES / f"{name}-{number}.png"))
