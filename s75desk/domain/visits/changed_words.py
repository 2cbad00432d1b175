"""Which words of a text were changed: the text before and the text after, each in pieces that are the same or are not.

Words are compared, not letters: a note is read by words. Where hardly anything is the same, nothing is marked, as a
text that is marked throughout says no more than one that is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORDS = re.compile(r"\s*\S+|\s+\Z")
"""A word with the space before it; what is left at the end. Joined, they are the text again."""

_LEAST = 2
"""So many words have to be the same for changed ones to be marked,"""

_OF_SHORTER, _OF_LONGER = 1 / 2, 1 / 5
"""and these shares of the words of the shorter text and of the longer."""

_MOST_PAIRS = 4_000_000
"""More pairs of words than this are not compared: two notes of some 2,000 words each."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a text.

    Attributes:
        text: The part, with the space before it.
        changed: Whether it does not stand in the other text at this place.
    """

    text: str
    changed: bool


Pieces = tuple[Piece, ...]


def changed_words(before: str, after: str) -> tuple[Pieces, Pieces]:
    """Both texts in pieces; joined, the pieces of each are exactly that text."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if not old or not new or len(old) * len(new) > _MOST_PAIRS:
        return _whole(before), _whole(after)
    matcher = SequenceMatcher(None, [word.strip() for word in old], [word.strip() for word in new], autojunk=False)
    blocks = matcher.get_matching_blocks()
    shorter, longer = sorted((len(old), len(new)))
    if sum(block.size for block in blocks) < max(_LEAST, _OF_SHORTER * shorter, _OF_LONGER * longer):
        return _whole(before), _whole(after)
    same_old = {place for block in blocks for place in range(block.a, block.a + block.size)}
    same_new = {place for block in blocks for place in range(block.b, block.b + block.size)}
    return _pieces(old, same_old), _pieces(new, same_new)


def _whole(text: str) -> Pieces:
    return (Piece(text, changed=False),) if text else ()


def _pieces(words: Iterable[str], same: set[int]) -> Pieces:
    return tuple(_joined((word, place not in same and not word.isspace()) for place, word in enumerate(words)))


def _joined(marked: Iterable[tuple[str, bool]]) -> Iterator[Piece]:
    """Neighbours of one kind as one piece."""
    held: list[str] = []
    kind = False
    for word, changed in marked:
        if held and changed is not kind:
            yield Piece("".join(held), kind)
            held = []
        kind = changed
        held.append(word)
    if held:
        yield Piece("".join(held), kind)
