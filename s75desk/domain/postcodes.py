"""Postcodes as they are searched for: in one piece, however they were typed."""

from __future__ import annotations

import re

_POSTCODE = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})\b", re.IGNORECASE)
_BEGUN = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?(\d([A-Z]{1,2})?)?", re.IGNORECASE)
_LEAST = 4
"""Letters and figures from which words may be a postcode that was begun, and not a house number or a year."""


def compact_postcodes(text: str) -> tuple[str, ...]:
    """Every postcode in a text without its space: "CF103NQ"."""
    return tuple(dict.fromkeys(f"{out}{within}".upper() for out, within in _POSTCODE.findall(text)))


def as_postcode(typed: str) -> str:
    """What was typed as one word, if all of it may be a postcode or begin one: "cf1 03n" is "CF103N"; else ""."""
    joined = "".join(typed.split()).upper()
    return joined if len(joined) >= _LEAST and _BEGUN.fullmatch(joined) else ""
