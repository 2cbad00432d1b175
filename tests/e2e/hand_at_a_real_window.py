"""The random hand at the program's real window: X server, window manager, real keys and clicks, over the demo desk.

``python -m tests.e2e.hand_at_a_real_window --program .venv/bin/s75desk --actions 1000 --seed 1``

Needs Xvfb, openbox and xdotool. The last line says actions and faults; a fault is an error in the program's log, its
end, or a window that does not close. The exit status is 1 if there was any.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.e2e.random_hand import KEYS, WORDS

SIZE = (1366, 768)
A_STEP = 12
"""Actions given to the X server at once: fewer processes, and keys that follow each other as quickly as a hand's."""

_X_NAMES = {
    "Esc": "Escape", "PgDown": "Next", "PgUp": "Prior", "Del": "Delete", "Space": "space", "+": "plus", "-": "minus",
    "Shift": "shift", "Ctrl": "ctrl", "Alt": "alt",
}  # fmt: skip
_STARTED_WITHIN = 60  # seconds
_ENDED_WITHIN = 20


def main() -> int:
    """Play, and say what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default="s75desk")
    parser.add_argument("--actions", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="a folder for the log and what the program said")
    options = parser.parse_args()
    home = options.keep or Path(tempfile.mkdtemp(prefix="hand-"))
    home.mkdir(parents=True, exist_ok=True)
    done, faults = play(options.program, home, options.actions, random.Random(options.seed))  # noqa: S311 - it plays
    print(f"seed {options.seed}: {done} actions, {len(faults)} faults")
    for fault in faults:
        print(f"  {fault}")
    return 1 if faults or done < options.actions else 0


def play(program: str, home: Path, actions: int, chance: random.Random) -> tuple[int, list[str]]:
    """Start the program, act, end it; how many actions were made and what went wrong."""
    with x_server() as display:
        folders = {"S75DESK_DATA": home / "data", "S75DESK_LOGS": home / "logs", "HOME": home}
        env = os.environ | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"} | {k: str(v) for k, v in folders.items()}
        with running(["openbox"], env), (home / "said.txt").open("wb") as said:
            command = [program, "--demo"]
            window = subprocess.Popen(command, env=env, cwd=home, stdout=said, stderr=said, start_new_session=True)
            done = 0
            if _is_there(env, window):
                while done < actions and window.poll() is None:
                    _act([part for _ in range(A_STEP) for part in _action(chance)], env)
                    done += A_STEP
            faults = _end(window)
    return done, faults + _errors(home / "logs" / "s75desk.log")


def _is_there(env: dict[str, str], window: subprocess.Popen[bytes]) -> bool:
    """Wait until the demo desk is open in the window."""
    search = ["xdotool", "search", "--onlyvisible", "--name", "Sample desk"]
    until = time.monotonic() + _STARTED_WITHIN
    while time.monotonic() < until and window.poll() is None:
        if subprocess.run(search, env=env, capture_output=True, check=False).stdout.strip():
            return True
        time.sleep(0.2)
    return False


def _action(chance: random.Random) -> list[str]:
    roll = chance.random()
    pause = ["sleep", f"{chance.choice((0.01, 0.03, 0.08, 0.2)):.2f}"]
    if roll < 0.70:
        key = chance.choices(list(KEYS), list(KEYS.values()))[0]
        return ["key", "--clearmodifiers", _x_name(key), *pause]
    if roll < 0.85:
        return ["type", "--delay", "2", chance.choice(WORDS), *pause]
    x, y = chance.randrange(4, SIZE[0] - 4), chance.randrange(30, SIZE[1] - 30)
    return ["mousemove", str(x), str(y), "click", chance.choices("13", [9, 2])[0], *pause]


def _x_name(key: str) -> str:
    parts = key.replace("++", "+plus").split("+")
    return "+".join(_X_NAMES.get(part, part.lower() if len(part) == 1 else part) for part in parts)


def _act(steps: list[str], env: dict[str, str]) -> None:
    subprocess.run(["xdotool", *steps], env=env, capture_output=True, check=False, timeout=120)


def _end(window: subprocess.Popen[bytes]) -> list[str]:
    if window.poll() is not None:
        return [f"the program ended by itself with {window.returncode}"]
    window.send_signal(signal.SIGTERM)
    try:
        window.wait(_ENDED_WITHIN)
    except subprocess.TimeoutExpired:
        window.kill()
        window.wait()
        return ["the program did not end when it was asked to"]
    return []


def _errors(log: Path) -> list[str]:
    if not log.parent.is_dir():
        return ["the program has no folder for its log"]
    if not log.exists():
        return []  # It had nothing to say.
    entries = re.split(r"(?m)^(?=\d{4}-\d\d-\d\dT)", log.read_text(encoding="utf-8", errors="replace"))
    return [entry.strip() for entry in entries if re.search(r"^\S+ (ERROR|CRITICAL) ", entry)]


@contextmanager
def x_server() -> Iterator[str]:
    """An X server without a screen; its display."""
    read, write = os.pipe()
    size = f"{SIZE[0]}x{SIZE[1]}x24"
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", size, "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(write)
    try:
        yield ":" + os.read(read, 16).decode().strip()
    finally:
        os.close(read)
        server.terminate()
        server.wait()


@contextmanager
def running(command: list[str], env: dict[str, str]) -> Iterator[None]:
    """A process beside ours, ended at the end."""
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        process.wait()


if __name__ == "__main__":
    sys.exit(main())
