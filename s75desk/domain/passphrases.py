"""What a new passphrase must be, wherever it is given."""

from __future__ import annotations

LEAST = 8


def too_short(passphrase: str) -> str:
    """Why a new passphrase cannot be taken; "" if it can."""
    if len(passphrase) < LEAST:
        return f"Use at least {LEAST} characters. Three or four unrelated words are easy to keep in mind."
    return ""
