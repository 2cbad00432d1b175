"""The keys of visit mode: one list, for the shortcuts, the tips and the help."""

from __future__ import annotations

from typing import Any

VISIT_KEYS: tuple[tuple[str, str, tuple[Any, ...]], ...] = (
    *((f"Alt+{step}", "press_key", (str(step),)) for step in range(1, 10)),
    ("Alt+N", "press_key", ("N",)),
    ("Alt+F", "press_key", ("F",)),
    ("Alt+M", "press_key", ("M",)),
    ("Alt+X", "press_key", ("X",)),
    ("Ctrl+Down", "next_place", ()),
    ("Ctrl+Up", "previous_place", ()),
    ("Ctrl+Return", "jump", ("open",)),
    ("Ctrl+Enter", "jump", ("open",)),
    ("Alt+C", "jump", ("critical",)),
    ("Alt+G", "jump", ("flagged",)),
    ("Alt+E", "to_part", ("evidence",)),
    ("Alt+S", "to_part", ("sample",)),
    ("Alt+P", "to_part", ("photos",)),
    ("Alt+A", "to_part", ("action",)),
    ("Alt+T", "to_part", ("note",)),
    ("Alt+W", "show_working", ()),
    ("Alt+Shift+W", "show_working_of_standard", ()),
    ("Ctrl+Shift+F", "finish", ()),
)
"""The key, the method of ``VisitMode``, its arguments. Keys of the window itself stand in ``ui/window/keys.py``."""

HELP: tuple[tuple[str, str], ...] = (
    ("1 to 4, N, F", "rate, not applicable, flag; with Alt while typing"),
    ("M, P, X", "grade an action from before: met, partly met, not met; with Alt while typing"),
    ("Arrow keys", "from button to button; up and down to another action from before"),
    ("Enter, Esc", "to the note; back to the rating keys"),
    ("Ctrl+Down, Ctrl+Up", "next and previous"),
    ("Ctrl+Enter", "next open question"),
    ("Alt+C, Alt+G", "next critical, next flagged question"),
    ("Alt+E, Alt+S, Alt+P, Alt+A, Alt+T", "evidence, sample, photos, action, note"),
    ("Ctrl+Z", "put back the rating that was replaced, or what was taken out; in a field, what was typed"),
    ("Alt+W", "how the rating is worked out, and what would change it"),
    ("Ctrl+Shift+F", "finish: what is missing, comment, signatures"),
    ("Ctrl+P", "print the feedback sheet of a signed visit"),
    ("F6", "next pane"),
    ("F11", "leave visit mode; everything is kept"),
)
"""What the help page says."""
