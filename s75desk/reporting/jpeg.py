"""What a JPEG says of itself at its head: how large it is and in how many colours. Nothing is decoded."""

from __future__ import annotations

from dataclasses import dataclass

_FRAMES = frozenset({0xC0, 0xC1, 0xC2})
"""Markers of frames that a PDF may hold: baseline, extended sequential, progressive."""

_OTHER_FRAMES = frozenset(range(0xC3, 0xD0)) - {0xC4, 0xC8, 0xCC}
_BARE = frozenset({0x01, *range(0xD0, 0xD9)})
"""Markers that no length follows."""


class NotAJpeg(ValueError):
    """Bytes that are no JPEG, or one of a kind that a PDF cannot hold."""


@dataclass(frozen=True, slots=True)
class JpegSize:
    """Width and height in pixels, and the number of colours: 1 for grey, 3 for colour."""

    width: int
    height: int
    colours: int


def size_of(data: bytes) -> JpegSize:
    """The size of a JPEG with eight bits a colour.

    Raises:
        NotAJpeg: If the bytes are not such a JPEG, end within its head, or are in the colours of a printing press.
    """
    if data[:2] != b"\xff\xd8":
        raise NotAJpeg("these bytes do not begin as a JPEG does")
    place = 2
    while place + 4 <= len(data):
        if data[place] != 0xFF:
            raise NotAJpeg("its head is damaged")
        marker = data[place + 1]
        if marker == 0xFF:  # fill bytes may stand before a marker
            place += 1
        elif marker in _BARE:
            place += 2
        elif marker in _FRAMES:
            return _frame(data[place + 4 : place + 10])
        elif marker in _OTHER_FRAMES or marker in (0xD9, 0xDA):
            raise NotAJpeg("it is a JPEG of a kind that cannot be printed")
        else:
            place += 2 + int.from_bytes(data[place + 2 : place + 4], "big")
    raise NotAJpeg("it ends before it says how large it is")


def _frame(head: bytes) -> JpegSize:
    if len(head) < 6:
        raise NotAJpeg("it ends before it says how large it is")
    bits, colours = head[0], head[5]
    height, width = int.from_bytes(head[1:3], "big"), int.from_bytes(head[3:5], "big")
    if bits != 8 or colours not in (1, 3) or not width or not height:
        raise NotAJpeg("it is a JPEG of a kind that cannot be printed")
    return JpegSize(width, height, colours)
