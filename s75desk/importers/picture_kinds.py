"""What a file is by its first bytes, whatever it is called: a picture that can be read, another kind, or no picture."""

from __future__ import annotations

from dataclasses import dataclass

_BMP_HEADERS = frozenset({12, 40, 52, 56, 64, 108, 124})
_TIFF = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_HEIC = frozenset({b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"hevm", b"hevs", b"mif1", b"msf1"})
_AVIF = frozenset({b"avif", b"avis"})

_PHONE = "On the phone choose “Most Compatible”, or share it as JPEG."
_AS_JPEG = "Save or share it as JPEG, then add that."

_OTHER_PICTURES = (
    (b"FUJIFILMCCD-RAW", "raw camera file"),
    (b"IIRO", "raw camera file"),
    (b"IIRS", "raw camera file"),
    (b"IIU\0", "raw camera file"),
    (b"II*\0\x10\0\0\0CR", "raw camera file"),
    (b"\0\0\0\x0cJXL ", "JPEG XL picture"),
    (b"\xff\x0a", "JPEG XL picture"),
    (b"\0\0\0\x0cjP  ", "JPEG 2000 picture"),
    (b"8BPS", "Photoshop file"),
)
_NO_PICTURES = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP file, as Word and Excel documents do"),
    (b"PK\x05\x06", "a ZIP file"),
    (b"\xd0\xcf\x11\xe0", "an older Word or Excel document"),
    (b"{\\rtf", "a Word document"),
    (b"SQLite format 3\0", "a database"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
    (b"Rar!", "an archive"),
    (b"7z\xbc\xaf", "an archive"),
    (b"\x1f\x8b", "an archive"),
    (b"\x1aE\xdf\xa3", "a video"),
    (b"ID3", "a sound recording"),
    (b"OggS", "a sound recording"),
)
_SAMPLE = 512


@dataclass(frozen=True, slots=True)
class Kind:
    """What a file begins like.

    Attributes:
        format: Pillow's name of the format if it can be read, else "".
        why: Why it cannot be read, going on from the file's name: "is a HEIC photo, which cannot be read here".
        remedy: What to do then.
    """

    format: str = ""
    why: str = ""
    remedy: str = ""


def kind_of(data: bytes) -> Kind:
    """The kind of a file by its first bytes; at most 512 of them are looked at."""
    return _read_here(data) or _other_picture(data) or _no_picture(data)


def _read_here(data: bytes) -> Kind | None:
    if data.startswith(b"\xff\xd8\xff"):
        return Kind("JPEG")
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind("PNG")
    if data.startswith((b"GIF87a", b"GIF89a")):
        return Kind("GIF")
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return Kind("WEBP")
    # Two letters are also the beginning of many a word, so the size of the header is asked as well.
    if data.startswith(b"BM") and int.from_bytes(data[14:18], "little") in _BMP_HEADERS:
        return Kind("BMP")
    if data.startswith(_TIFF) and not data.startswith(b"II*\0\x10\0\0\0CR"):
        return Kind("TIFF")
    return None


def _other_picture(data: bytes) -> Kind | None:
    if data[4:8] == b"ftyp":
        return _of_box(data)
    for start, words in _OTHER_PICTURES:
        if data.startswith(start):
            return _unreadable(words, _AS_JPEG)
    return None


def _of_box(data: bytes) -> Kind:
    """HEIC, AVIF and videos begin alike: a box that lists the brands they go by."""
    end = min(int.from_bytes(data[:4], "big"), _SAMPLE)
    brands = {data[8:12], *(data[at : at + 4] for at in range(16, end, 4))}
    if brands & _AVIF:
        return _unreadable("AVIF picture", _PHONE)
    if brands & _HEIC:
        return _unreadable("HEIC photo", _PHONE)
    if b"crx " in brands:
        return _unreadable("raw camera file", _AS_JPEG)
    return _not_a_photo("a video", "Add a photo instead; a still of the video will do.")


def _no_picture(data: bytes) -> Kind:
    for start, words in _NO_PICTURES:
        if data.startswith(start):
            return _not_a_photo(words)
    if data.startswith(b"RIFF"):
        return _not_a_photo("a sound recording" if data[8:12] == b"WAVE" else "a video")
    if _is_text(data):
        drawn = b"<svg" in data[:_SAMPLE].lower()
        return _not_a_photo("a drawing (SVG)" if drawn else "text")
    return Kind(why="is not a photo; it begins like no picture that is known here", remedy=_choose())


def _unreadable(words: str, remedy: str) -> Kind:
    article = "an" if words[0] in "AEIO" else "a"
    return Kind(why=f"is {article} {words}, which cannot be read here", remedy=remedy)


def _not_a_photo(words: str, remedy: str = "") -> Kind:
    return Kind(why=f"is not a photo; it begins like {words}", remedy=remedy or _choose())


def _choose() -> str:
    return "Choose a JPEG, PNG, WebP, GIF, BMP or TIFF picture."


def _is_text(data: bytes) -> bool:
    sample = data[:_SAMPLE]
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return not any(byte < 0x20 and byte not in b"\t\n\r\f\x1b" for byte in sample)
