"""What stands on paper in place of what the font does not have: words that say what is missing, never an empty box."""

from __future__ import annotations

import unicodedata
from itertools import groupby

_SCRIPTS = {
    "CJK": "Chinese or Japanese",
    "HIRAGANA": "Japanese",
    "KATAKANA": "Japanese",
    "HANGUL": "Korean",
}
"""Scripts whose name in Unicode is not what people call them."""

_PICTURES = ("So", "Sk", "Sm", "Sc", "Po", "Cn", "Co", "No")
"""Categories of characters that stand alone and are called by their own name; the rest belong to a script."""

_MOST_NAMED = 3

EMOJI = "emoji and signs"
"""What characters that belong to no script are called together."""


def missing(characters: str) -> str:
    """What is printed instead of ``characters``, which may hold spaces: "[12 letters in Arabic]", "[grinning face]"."""
    parts = []
    for picture, run in groupby(characters.replace(" ", ""), _is_picture):
        found = "".join(run)
        parts.append(_pictures(found) if picture else _letters(found))
    return f"[{', '.join(parts)}]" if parts else ""


def scripts_of(characters: str) -> tuple[str, ...]:
    """What these belong to, each once: "Arabic", ``EMOJI``."""
    named = {EMOJI if _is_picture(one) else script_of(one): None for one in characters if one != " "}
    return tuple(sorted(named))


def script_of(character: str) -> str:
    """The script of a letter in the words of people: "Arabic", "Japanese"."""
    first = unicodedata.name(character, "").split(" ", 1)[0].split("-")[0]
    return _SCRIPTS.get(first, first.capitalize() or "a script not known")


def _is_picture(character: str) -> bool:
    return unicodedata.category(character) in _PICTURES or not unicodedata.name(character, "")


def _letters(characters: str) -> str:
    """How many letters of which script; marks above and below letters are not counted."""
    counts: dict[str, int] = {}
    for character in characters:
        letter = not unicodedata.category(character).startswith("M")
        counts[script_of(character)] = counts.get(script_of(character), 0) + letter
    return ", ".join(
        f"{max(1, count)} {'letter' if count <= 1 else 'letters'} in {script}" for script, count in counts.items()
    )


def _pictures(characters: str) -> str:
    names = [_name(one) for one in characters if not unicodedata.name(one, "").startswith("EMOJI MODIFIER")]
    if len(names) > _MOST_NAMED:
        return f"{', '.join(names[:_MOST_NAMED])} and {len(names) - _MOST_NAMED} more signs"
    return ", ".join(names)


def _name(character: str) -> str:
    return unicodedata.name(character, f"character U+{ord(character):04X}").lower()
