"""Photos: pictures of every kind that an officer may add, read into photos that do not tell where they were taken.

The pictures do not come from the library that reads them: one is drawn and saved by Qt, the others are small enough to
stand here. So a frozen program that has lost a decoder fails here and not at a visit.
"""

from __future__ import annotations

import struct
from base64 import b64decode
from pathlib import Path

from s75desk.selftest.ground import must

PICTURE = "chart.jpg"
"""The picture that the visit takes in."""

_LATITUDE = struct.pack("<6I", 52, 1, 24, 1, 4567, 100)
_LONGITUDE = struct.pack("<6I", 0, 1, 15, 1, 4412, 100)
_OWNER = b"Camera of a person\0"

_LONG, _SHORT, _ASCII, _RATIONAL = 4, 3, 2, 5

_SMALL = {
    "PNG": "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFklEQVR4nGM8oaHBwMDAxMDAwMDAAAAN6gEcJJUQNAAAAABJRU5ErkJg"
    "gg==",
    "WebP": "UklGRjQAAABXRUJQVlA4ICgAAABwAQCdASoCAAIABABoJaACdAFAAAD+6Di64ubIij/4hz+tv+5TWIAA",
    "WebP without loss": "UklGRh4AAABXRUJQVlA4TBEAAAAvAUAAAAdQlCIXpf+BiOh/AAA=",
    "GIF": "R0lGODdhAgACAIEAAMgoKAAAAAAAAAAAACwAAAAAAgACAAAIBgABCAQQEAA7",
    "BMP": "Qk1GAAAAAAAAADYAAAAoAAAAAgAAAAIAAAABABgAAAAAABAAAADEDgAAxA4AAAAAAAAAAAAAKCjIKCjIAAAoKMgoKMgAAA==",
    "TIFF": "SUkqABQAAACAMgUCiBQSBwWAgAAKAAABAwABAAAAAgAAAAEBAwABAAAAAgAAAAIBAwADAAAAkgAAAAMBAwABAAAABQAAAAYBAwABAAAA"
    "AgAAABEBBAABAAAACAAAABUBAwABAAAAAwAAABYBAwABAAAAAgAAABcBBAABAAAACwAAABwBAwABAAAAAQAAAAAAAAAIAAgACAA=",
}
"""Two by two pixels, red, of every other kind that is read."""


def read_photos(folder: Path) -> str:
    """Read a photo as a phone takes it, and small pictures of the other kinds."""
    from PySide6.QtGui import QImage

    from s75desk.importers.photo import LONG_EDGE, read_photo
    from s75desk.ui.self_check import application

    application()
    taken = phone_picture(2400, 1600)
    must(_LATITUDE in taken and _OWNER in taken, "the picture to be read does not tell where it was taken")
    (folder / PICTURE).write_bytes(taken)
    photo = read_photo(taken, PICTURE)
    must((photo.wide, photo.high) == (LONG_EDGE * 2 // 3, LONG_EDGE), f"it is {photo.wide} by {photo.high} pixels")
    for data in (photo.picture, photo.thumbnail):
        kept = _extras(data)
        must(not kept, f"the photo still holds what a camera wrote beside the picture: {kept}")
        for secret in (_LATITUDE, _LONGITUDE, _OWNER, b"Exif"):
            must(secret not in data, "the photo still tells where it was taken, or whose camera took it")
    red = QImage.fromData(photo.picture).pixelColor(photo.wide // 2, photo.high // 2).red()
    must(red > 205, f"the colours of a phone's screen were not turned into everyone's: red is {red}")
    for kind, text in _SMALL.items():
        small = read_photo(b64decode(text), kind)
        must((small.wide, small.high) == (2, 2), f"the {kind} picture is {small.wide} by {small.high} pixels")
        must(QImage.fromData(small.picture).pixelColor(0, 0).red() > 150, f"the {kind} picture is not red")
    return f"a phone's turned upright, {photo.wide} by {photo.high}, its place gone; {len(_SMALL)} of other kinds"


def phone_picture(wide: int, high: int) -> bytes:
    """A JPEG as a phone takes it: lying on its side, in the colours of its screen, with its place and its owner."""
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice
    from PySide6.QtGui import QColor, QColorSpace, QImage, QImageWriter

    image = QImage(wide, high, QImage.Format.Format_RGB32)
    image.fill(QColor(200, 90, 80))
    image.setColorSpace(QColorSpace(QColorSpace.NamedColorSpace.DisplayP3))
    data, buffer = QByteArray(), QBuffer()
    buffer.setBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    must(QImageWriter(buffer, QByteArray(b"jpeg")).write(image), "Qt cannot write a JPEG")
    buffer.close()
    jpeg, block = bytes(data.data()), b"Exif\0\0" + _exif()
    return jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(block) + 2) + block + jpeg[2:]


def _exif() -> bytes:
    """What a camera writes beside a picture: to be turned by a quarter, whose camera, and where."""
    first, after = 8, 8 + 2 + 3 * 12 + 4
    place = after + len(_OWNER) + len(_OWNER) % 2
    numbers = place + 2 + 4 * 12 + 4
    head = _directory(
        (0x0112, _SHORT, 1, struct.pack("<HH", 6, 0)),
        (0x013B, _ASCII, len(_OWNER), struct.pack("<I", after)),
        (0x8825, _LONG, 1, struct.pack("<I", place)),
    )
    where = _directory(
        (1, _ASCII, 2, b"N\0\0\0"),
        (2, _RATIONAL, 3, struct.pack("<I", numbers)),
        (3, _ASCII, 2, b"E\0\0\0"),
        (4, _RATIONAL, 3, struct.pack("<I", numbers + len(_LATITUDE))),
    )
    owner = _OWNER + b"\0" * (len(_OWNER) % 2)
    return b"II*\0" + struct.pack("<I", first) + head + owner + where + _LATITUDE + _LONGITUDE


def _directory(*entries: tuple[int, int, int, bytes]) -> bytes:
    written = b"".join(struct.pack("<HHI", tag, kind, count) + value for tag, kind, count, value in entries)
    return struct.pack("<H", len(entries)) + written + bytes(4)


def _extras(jpeg: bytes) -> list[str]:
    """The blocks of a JPEG that are not needed to draw it: all of a program's own but the first, and comments."""
    found, place = [], 2
    while jpeg[place : place + 1] == b"\xff" and jpeg[place + 1] != 0xDA:
        mark, (length,) = jpeg[place + 1], struct.unpack(">H", jpeg[place + 2 : place + 4])
        if 0xE1 <= mark <= 0xEF or mark == 0xFE:
            found.append(f"block {mark:02X} of {length} bytes")
        place += 2 + length
    return found
