"""The house rules that no tool knows by itself: which room may import what, no network, small files."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "s75desk"
FILES = sorted(path for path in PACKAGE.rglob("*.py"))
LONGEST = 450
GENERATED = {"v0005_one_truth"}
"""Modules that a script writes: nobody reads them from top to bottom."""

ROOMS = {
    "PySide6": {"ui", "app", "selftest"},
    "shiboken6": {"ui", "app"},
    "sqlalchemy": {"models"},
    "alembic": {"models"},
    "sqlcipher3": {"models"},
    "sqlite3": {"models"},
    "reportlab": {"reporting"},
    "PIL": {"importers"},
    "pandas": {"importers", "services", "reporting"},
    "numpy": {"importers", "services", "reporting"},
    "xlsxwriter": {"services", "reporting"},
    "icalendar": {"reporting"},
    "platformdirs": {"paths"},
}
"""Every module from outside that the program may import, and the rooms that may."""

COMES_FROM = {
    "PySide6": {"pyside6-essentials", "pyside6-pdf"},
    "shiboken6": set(),
    "numpy": set(),
    "PIL": {"pillow"},
}
"""The distributions behind a module where they are not called like it; none where another brings it along."""

NETWORK = {
    "aiohttp", "asyncio", "ftplib", "http", "httpx", "imaplib", "poplib", "requests", "smtplib", "socket",
    "socketserver", "ssl", "telnetlib", "urllib", "urllib3", "webbrowser", "websockets", "xmlrpc",
    "PySide6.QtNetwork", "PySide6.QtNetworkAuth", "PySide6.QtWebSockets", "PySide6.QtWebEngineCore",
}  # fmt: skip
HARMLESS = {"urllib.parse"}
"""Text work that lives in a package of the network."""


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _room(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def _imports(tree: ast.AST) -> Iterator[tuple[ast.stmt, str]]:
    """Every absolute import below a node, as the statement and the dotted name of what it brings in."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from ((node, f"{node.module}.{alias.name}") for alias in node.names)


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def _outside(source: str) -> list[str]:
    """Top-level modules of others that a source imports, the standard library left out."""
    names = {name.partition(".")[0] for _, name in _imports(ast.parse(source))}
    return sorted(names - set(sys.stdlib_module_names) - {"s75desk"})


def _talks(source: str) -> list[str]:
    """Imports of a source that could open a connection."""
    found = []
    for _, name in _imports(ast.parse(source)):
        parts = name.split(".")
        prefixes = {".".join(parts[: end + 1]) for end in range(len(parts))}
        if prefixes & NETWORK and not prefixes & HARMLESS:
            found.append(name)
    return found


def _judged(source: str) -> list[int]:
    """Lines on which a source makes a status of its own."""
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return [call.lineno for call in calls if _called(call) == "Status"]


def _called(call: ast.Call) -> str:
    return getattr(call.func, "id", "") or getattr(call.func, "attr", "")


def test_a_status_is_judged_in_domain_alone() -> None:
    """Two places that judge one thing will differ: everything asks ``domain/statuses`` or an engine of ``domain``."""
    found = {
        _name(path): lines
        for path in FILES
        if _room(path) != "domain" and (lines := _judged(path.read_text(encoding="utf-8")))
    }
    assert not found, found


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("x = Status(Shape.GOOD, 'Good')", [1]),
        ("import s\nx = s.status.Status(a, b)", [2]),
        ("x = DeskStatus(1)\ny: Status | None = None", []),
    ],
)
def test_the_check_of_statuses_knows_what_to_look_for(source: str, lines: list[int]) -> None:
    assert _judged(source) == lines


JUDGEMENTS = {"status", "state", "shape", "overdue", "finished", "loud", "days_late", "open", "is_open", "is_undecided"}
"""What tells where a record stands: rows that are counted by one of these are counted in ``statuses/counts.py``."""


def _counted(source: str) -> list[int]:
    """Lines on which a source counts by where something stands, with a rule of its own."""
    found = []
    for call in (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)):
        every = call.args[0] if call.args else None
        if _called(call) in ("sum", "len", "Counter") and isinstance(
            every, ast.GeneratorExp | ast.ListComp | ast.SetComp
        ):
            rules = [every.elt, *(rule for part in every.generators for rule in part.ifs)]
            named = {_named(node) for rule in rules for node in ast.walk(rule)}
            if named & JUDGEMENTS or any(name.endswith("_status") for name in named):
                found.append(call.lineno)
    return found


def _named(node: ast.AST) -> str:
    return str(getattr(node, "attr", "") or getattr(node, "id", ""))


@pytest.mark.parametrize("path", [path for path in FILES if _room(path) in ("ui", "reporting", "services")], ids=_name)
def test_what_stands_how_is_counted_in_domain_alone(path: Path) -> None:
    assert _counted(path.read_text(encoding="utf-8")) == [], "count it in domain/statuses/counts.py"


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("n = sum(1 for row in rows if row.status.shape is Shape.ALERT)", [1]),
        ("x = 1\nn = len([a for a in actions if action_status(a, day).overdue])", [2]),
        ("n = sum(row.open for row in rows)", [1]),
        ("n = Counter(sheet.state.status.word for sheet in sheets)", [1]),
        ("n = sum(row.services for row in rows)\nm = overdue_count(rows, day)", []),
    ],
)
def test_the_check_of_counts_knows_what_to_look_for(source: str, lines: list[int]) -> None:
    assert _counted(source) == lines


AT_THE_EDGE = {
    "s75desk/domain/wording.py",
    "s75desk/domain/checks_agreement.py",  # the sentence of a finding, which is no figure and no status
    "s75desk/reporting/agreement/money.py",  # a title that repeats the figure is not printed twice
    "s75desk/services/visit_signing.py",  # the word of a level is the rating as published
    "s75desk/ui/itemmodels/cells.py",  # a word that stands in the cell is not read out twice
    "s75desk/ui/pages/printing.py",  # nor printed twice
    "s75desk/ui/widgets/agenda.py",  # whether words were cut short
}
"""Where words are put together, and may be held against words; nothing is decided there."""


def _words_compared(source: str) -> list[int]:
    """Lines on which a source holds the words of a figure or a status against other words."""
    found = []
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Compare(left=left, comparators=others):
                held = [left, *others]
            case ast.Call(func=ast.Attribute(value=of, attr="startswith" | "endswith" | "find" | "count"), args=args):
                held = [of, *args]
            case ast.Match(subject=subject):
                held = [subject]
            case _:
                continue
        if any(isinstance(each, ast.Attribute) and each.attr in ("text", "word") for each in held):
            found.append(node.lineno)
    return found


@pytest.mark.parametrize("path", [path for path in FILES if _name(path) not in AT_THE_EDGE], ids=_name)
def test_nothing_compares_words(path: Path) -> None:
    assert _words_compared(path.read_text(encoding="utf-8")) == [], "look at value, known, state or shape"


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("x = row.status.word == 'In use'", [1]),
        ("x = 1\nif 'late' in action.status.word:\n    pass", [2]),
        ("x = figure.text.startswith('£')", [1]),
        ("match figure.text:\n    case 'Not known':\n        pass", [1]),
        ("x = row.status.state == OVERDUE\ny = label.text() == 'Save'\nz = f'{figure.text}'", []),
    ],
)
def test_the_check_of_words_knows_what_to_look_for(source: str, lines: list[int]) -> None:
    assert _words_compared(source) == lines


def test_the_contracts_of_import_linter_are_kept() -> None:
    result = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert result.returncode == 0, result.stdout[-4000:] + result.stderr


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_a_room_imports_only_what_it_may(path: Path) -> None:
    wrong = []
    for node, name in _imports(_tree(path)):
        top = name.partition(".")[0]
        if top in ROOMS:
            allowed = ROOMS[top]
        elif top in sys.stdlib_module_names or top == "s75desk":
            continue
        else:
            allowed = set()
        if _room(path) not in allowed:
            wrong.append(f"line {node.lineno}: {name} (allowed in {', '.join(sorted(allowed)) or 'no room'})")
    assert not wrong, wrong


@pytest.mark.parametrize("path", [path for path in FILES if _room(path) == "domain"], ids=_name)
def test_domain_needs_the_standard_library_alone(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    ours = [name for _, name in _imports(ast.parse(source)) if name.startswith("s75desk")]
    assert _outside(source) == []
    assert all(name.startswith("s75desk.domain") for name in ours), ours


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_nothing_can_reach_the_network(path: Path) -> None:
    assert _talks(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import socket", ["socket"]),
        ("def f():\n    from urllib import request", ["urllib.request"]),
        ("from PySide6 import QtNetwork", ["PySide6.QtNetwork"]),
        ("from http.client import HTTPSConnection", ["http.client.HTTPSConnection"]),
        ("from urllib.parse import quote\nimport urllib.parse", []),
        ("from PySide6.QtGui import QDesktopServices\nimport html", []),
    ],
)
def test_the_network_check_knows_what_to_look_for(source: str, found: list[str]) -> None:
    assert _talks(source) == found


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_files_stay_small(path: Path) -> None:
    length = len(path.read_text(encoding="utf-8").splitlines())
    assert length <= LONGEST or path.stem in GENERATED, f"{length} lines: is it one thing or two?"


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_a_module_opens_with_what_it_is_for(path: Path) -> None:
    first_line = (ast.get_docstring(_tree(path)) or "").partition("\n")[0]
    assert first_line.endswith("."), "one sentence, on the first line"


def test_what_is_imported_is_declared_and_what_is_declared_is_imported() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {re.split(r"[^\w-]", need, maxsplit=1)[0].lower().replace("_", "-") for need in project["dependencies"]}
    used = {outside for path in FILES for outside in _outside(path.read_text(encoding="utf-8"))}
    needed = {home for module in used for home in COMES_FROM.get(module, {module})}
    assert needed == declared, f"not declared: {needed - declared}; not used: {declared - needed}"
