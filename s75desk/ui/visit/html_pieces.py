"""Takes HTML apart into tags and words, in one pass whatever is in it.

The standard library's parser looks for the end of what is never closed again and again; half a megabyte that was made
for it holds the window for minutes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape

_NAME = re.compile(r"[a-zA-Z][^\s/>]*")
_END_OR_QUOTE = re.compile("[>\"']")
_WANTED = re.compile(r"""\b(style|alt|start)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))""", re.IGNORECASE)
_NEAR = 8
"""How many spaces may stand between an equals sign and the quote behind it."""
_RAW_END = {name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style", "title")}


@dataclass(frozen=True, slots=True)
class Piece:
    """A tag, or the words between two.

    Attributes:
        words: The words, with entities resolved; "" for a tag.
        tag: Name of a tag in small letters, or "".
        ends: Whether the tag is an end tag.
        attributes: The attributes ``style``, ``alt`` and ``start`` of a start tag.
    """

    words: str = ""
    tag: str = ""
    ends: bool = False
    attributes: Mapping[str, str] = field(default_factory=dict)


def pieces_of(html: str) -> Iterator[Piece]:
    """The tags and words of HTML in their order; comments, declarations and what scripts and styles hold are left out.

    What is never closed reaches to the end, as in a browser.
    """
    at = 0
    while at < len(html):
        start = html.find("<", at)
        if start < 0:
            start = len(html)
        if start > at:
            yield Piece(unescape(html[at:start]))
        if start == len(html):
            return
        sign = html[start + 1 : start + 2]
        if sign.isascii() and sign.isalpha():
            name = _NAME.match(html, start + 1)
            assert name is not None
            end = _end_of_tag(html, name.end())
            tag = name[0].lower()
            yield Piece(tag=tag, attributes=_attributes(html[name.end() : end]))
            if tag in _RAW_END:
                found = _RAW_END[tag].search(html, end)
                end = found.start() - 1 if found else len(html)
        elif sign == "/":
            end = _found(html, ">", start)
            name = _NAME.match(html, start + 2)
            if name is not None:
                yield Piece(tag=name[0].lower(), ends=True)
        elif html.startswith("<!--", start):
            end = _found(html, "-->", start + 2) + 2
        elif sign in ("!", "?"):
            end = _found(html, ">", start)
        else:
            yield Piece("<")
            end = start
        at = end + 1


def _found(html: str, what: str, at: int) -> int:
    place = html.find(what, at)
    return place if place >= 0 else len(html)


def _end_of_tag(html: str, at: int) -> int:
    """Where the tag ends; a ">" in a quoted value does not end it."""
    while (found := _END_OR_QUOTE.search(html, at)) is not None:
        if found[0] == ">":
            return found.start()
        at = found.end()
        if html[max(0, found.start() - _NEAR) : found.start()].rstrip().endswith("="):
            at = _found(html, found[0], at) + 1
    return len(html)


def _attributes(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in _WANTED.finditer(text):
        value = next((part for part in match.groups()[1:] if part is not None), "")
        found.setdefault(match[1].lower(), unescape(value))
    return found
