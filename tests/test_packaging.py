"""What the README promises a new machine: pinned packages for every system, and commands that name what is there."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import s75desk

ROOT = Path(__file__).parent.parent
LOCKS = ("requirements.lock", "requirements-dev.lock")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SYSTEMS = [
    {"sys_platform": system, "platform_system": name, "python_version": version, "python_full_version": f"{version}.1"}
    for system, name in (("linux", "Linux"), ("darwin", "Darwin"), ("win32", "Windows"))
    for version in ("3.11", "3.12", "3.13")
]


def locked(name: str) -> list[Requirement]:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return [Requirement(line) for line in lines if line.strip() and not line.lstrip().startswith("#")]


def on(system: dict[str, str], needs: list[Requirement]) -> dict[str, Requirement]:
    return {canonicalize_name(n.name): n for n in needs if n.marker is None or n.marker.evaluate(system)}


def wanted(*extras: str) -> list[Requirement]:
    needs = [*PROJECT["dependencies"]]
    for extra in extras:
        needs += PROJECT["optional-dependencies"][extra]
    return [Requirement(need) for need in needs if not need.startswith("s75desk[")]


@pytest.mark.parametrize("name", LOCKS)
def test_every_line_of_a_lock_is_one_exact_version(name: str) -> None:
    assert all(re.fullmatch(r"==[\w.]+", str(need.specifier)) for need in locked(name))


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda s: f"{s['sys_platform']}-{s['python_version']}")
@pytest.mark.parametrize(("name", "extras"), [(LOCKS[0], ()), (LOCKS[1], ("test", "lint", "build"))])
def test_a_lock_fits_what_is_declared_on_every_system(
    name: str, extras: tuple[str, ...], system: dict[str, str]
) -> None:
    versions = on(system, locked(name))
    for need in wanted(*extras):
        (pin,) = versions[canonicalize_name(need.name)].specifier
        assert need.specifier.contains(pin.version), f"{need} is locked at {pin.version}"


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda s: f"{s['sys_platform']}-{s['python_version']}")
def test_tests_run_with_the_versions_that_officers_get(system: dict[str, str]) -> None:
    development = on(system, locked(LOCKS[1]))
    for name, need in on(system, locked(LOCKS[0])).items():
        assert development[name].specifier == need.specifier


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_what_its_packages_need_in_turn(name: str) -> None:
    needs = locked(name)
    for system in SYSTEMS:
        if system["python_version"] != "3.11":
            continue
        names = on(system, needs).keys()
        for package in names:
            for text in _requires(package):
                need = Requirement(text)
                if need.marker is None or need.marker.evaluate(system | {"extra": ""}):
                    assert canonicalize_name(need.name) in names, f"{package} needs {need}"


def _requires(package: str) -> list[str]:
    try:
        return distribution(package).requires or []
    except ModuleNotFoundError:  # a package for another system
        return []


def test_the_version_is_said_once() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", s75desk.__version__)
    assert PROJECT["dynamic"] == ["version"]
    assert "version" not in PROJECT


@pytest.mark.parametrize("start", ["python3 -m venv .venv && .venv/bin/", "py -m venv .venv; .venv\\Scripts\\"])
def test_the_readme_has_both_commands_for_both_systems(start: str) -> None:
    lines = [line.replace("\\", "/") for line in README.splitlines() if line.startswith(start)]
    joined = "; " if start.startswith("py ") else " && "
    folder = ".venv/Scripts/" if start.startswith("py ") else ".venv/bin/"
    made = start.replace("\\", "/")
    assert lines == [
        f"{made}pip install -r requirements.lock .{joined}{folder}s75desk --demo",
        f"{made}pip install -r requirements-dev.lock -e .{joined}{folder}pytest",
    ]


@pytest.mark.parametrize("link", re.findall(r"\]\(([^)]+)\)", README))
def test_the_readme_points_at_files_that_are_there(link: str) -> None:
    assert (ROOT / link).is_file()


def test_resources_are_where_an_installation_finds_them() -> None:
    included = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"]
    assert included["wheel"]["force-include"] == {"resources": "s75desk/resources"}
