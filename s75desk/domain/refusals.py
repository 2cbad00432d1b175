"""Why something typed cannot be read: the first of its words that have no place in it, in a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

_PIECES = re.compile(r"\d[\d.,:/]*|[^\W\d_]+(?:['\u2019][^\W\d_]+)*\.?|[^\s\w]+|_+")
_MOST = 40


class NotUnderstood(ValueError):
    """What was typed cannot be read.

    Attributes:
        reason: A plain sentence that says what would be understood, or what is wrong with what was typed.
        meant: What it might be, each as it would be read, for the officer to choose from.
        foreign: Whether it does not even look like what is asked for, as opposed to one that is not right.
    """

    def __init__(self, reason: str, meant: Sequence[str] = (), *, foreign: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.meant = tuple(meant)
        self.foreign = foreign


def unread(words: str, known: str) -> str:
    """The first stretch of words or signs of which none is ``known``, a pattern; "" where all are."""
    stretch: list[str] = []
    for piece in _PIECES.findall(words):
        fits = re.fullmatch(known, piece.rstrip("."), re.IGNORECASE) or re.fullmatch(known, piece, re.IGNORECASE)
        if fits and stretch:
            break
        stretch += [] if fits else [piece]
    return " ".join(stretch).strip("() ")[:_MOST]


def cannot_be_read(words: str, known: str, what: str, hint: str) -> NotUnderstood:
    """The refusal of something typed as ``what``, "a date": what of it has no place there; ``hint`` if that is all."""
    piece = unread(words, known)
    if not words or not piece:
        shown = f"“{words[:_MOST]}” cannot be read as {what}. " if words else ""
        return NotUnderstood(shown + hint, foreign=not words)
    foreign = not re.search(r"\d", words)
    return NotUnderstood(f"“{piece}” cannot be read as part of {what}.", foreign=foreign)
