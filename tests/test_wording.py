"""The words of the interface: short British sentences, what happened and what to do, no pleading and no cheering."""

from __future__ import annotations

import ast
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FILES = sorted((ROOT / "s75desk").rglob("*.py"))
SAMPLES = sorted(path for path in (ROOT / "resources").rglob("*") if path.suffix in (".json", ".toml"))

NEVER = re.compile(
    r"\b(please|oops|sorry|invalid|illegal|successfully|successful|error occurred"
    r"|are you sure|click here|N/A|TBC|colou?rize|organiz\w+|recogniz\w+|summariz\w+|favorite|behavior|canceled)\b"
    r"|[a-z]!(?:\s|$)|\.\.\.$",
    re.IGNORECASE,
)
"""Words that look.md rules out, American spellings, exclamation marks, three dots for an ellipsis."""


def shown(source: str) -> Iterator[tuple[int, str]]:
    """Texts of a module that someone may read on the screen or on paper: literals, without docstrings."""
    tree = ast.parse(source)
    said = {
        id(body[0].value)
        for node in ast.walk(tree)
        if (body := getattr(node, "body", None)) and isinstance(body, list) and isinstance(body[0], ast.Expr)
    }
    beside = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said | beside:
            yield node.lineno, node.value


def slips(source: str) -> list[str]:
    """Texts with a word that is not ours."""
    # A single word is a name (of a column, a style, a Qt property), a sentence has a space.
    return [f"line {line}: {text!r}" for line, text in shown(source) if " " in text and NEVER.search(text)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_texts_use_the_words_of_the_house(path: Path) -> None:
    assert slips(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('x = "Please type a date."', 1),
        ('x = f"Invalid date {y}"', 1),
        ('x = "Saved successfully."', 1),
        ('x = "The desk is open!"', 1),
        ('x = "Open a desk..."', 1),
        ('x = "Organization of the service"', 1),
        ('"""Raises an error if invalid, please."""', 0),
        ('def f():\n    """Oops, a docstring."""', 0),
        ('x = 1\n"""Words beside a constant, please."""', 0),
        ('x = "No date is called 31 February. Type another."', 0),
        ('x = "border-color: red; a != b"', 0),
    ],
)
def test_the_check_knows_what_to_look_for(source: str, found: int) -> None:
    assert len(slips(source)) == found


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_data_files_are_whole_and_name_no_machine(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".json":
        json.loads(text)
    else:
        tomllib.loads(text)
    assert not re.search(r"/(home|work|root|tmp)/|[A-Z]:\\\\", text)
