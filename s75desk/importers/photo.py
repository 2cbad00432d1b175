"""A picture someone else made becomes a photo of the desk: upright, scaled down, without where and when it was taken.

Everything is decoded to bare points and encoded anew, so nothing of the file but what can be seen gets through: no
position, no name of a camera or its owner, no hidden preview, no bytes after the end. Pillow is loaded with the first
photo, not with the program. All of it may run on any thread.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

from s75desk.domain.errors import DeskError
from s75desk.importers.picture_kinds import kind_of

if TYPE_CHECKING:
    from PIL.Image import Image as Picture
    from PIL.Image import Transpose

MOST_BYTES = 60_000_000
"""The largest file that is read."""

MOST_PIXELS = 120_000_000
"""The largest picture that is decoded; a file of a few bytes may claim to hold billions."""

LONG_EDGE = 2000
"""Pixels of a photo's long edge: enough for a page of A4 at 170 to the inch."""

THUMBNAIL_EDGE = 320

_QUALITY, _THUMBNAIL_QUALITY = 85, 80
_PLAIN_MODES = frozenset({"1", "L", "LA", "La", "P", "PA", "RGB", "RGBA", "RGBa", "RGBX", "CMYK", "YCbCr"})
_DEEP_MODES = frozenset({"I;16", "I;16L", "I;16B", "I;16N", "I"})
_ORIENTATION, _DNG, _SUBFILE = 0x0112, 50706, 254
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class ReadPhoto:
    """A photo ready to be kept.

    Attributes:
        picture: Baseline JPEG, long edge at most 2000 pixels, no metadata.
        thumbnail: The same as JPEG, long edge at most 320 pixels.
        wide: Width of the picture in pixels.
        high: Height of the picture in pixels.
    """

    picture: bytes
    thumbnail: bytes
    wide: int
    high: int


def read_photo(data: bytes, name: str = "") -> ReadPhoto:
    """Read a picture from outside: JPEG (MPO too), PNG, WebP, BMP, TIFF, or the first picture of a GIF.

    The same bytes always give the same bytes.

    Args:
        data: The file, whole.
        name: What it is called, for messages; its ending says nothing about what it is.

    Raises:
        DeskError: If it is no photo, of a kind that cannot be read here, too large or damaged; in words.
    """
    called = _called(name)
    if not data:
        raise _refused(called, "is empty", "Wait until it has been copied whole, or take it again.")
    if len(data) > MOST_BYTES:
        raise _refused(called, f"is larger than {MOST_BYTES // 1_000_000} MB", "Choose a smaller copy.")
    kind = kind_of(data)
    if not kind.format:
        raise _refused(called, kind.why, kind.remedy)
    try:
        return _read(data, kind.format, called)
    except DeskError:
        raise
    except MemoryError as trouble:
        raise _refused(
            called, "needs more memory than this computer has free", "Close other programs, then add it again."
        ) from trouble
    except Exception as trouble:  # a decoder fails in any way it likes on a file made to break it
        raise _damaged(called) from trouble


def _read(data: bytes, format_: str, called: str) -> ReadPhoto:
    with _open(data, format_, called) as opened:
        wide, high = opened.size
        if wide * high > MOST_PIXELS:
            raise _too_many(called, wide * high)
        if format_ == "TIFF":
            _refuse_raw(opened, called)
        if format_ == "JPEG":
            # The decoder leaves out at once what would be scaled away: quick, and small in memory.
            opened.draft("RGB", _fitting(wide, high, LONG_EDGE))
        opened.load()
        profile = opened.info.get("icc_profile")
        turn = _turn(opened)
        scaled = _scaled(_eight_bits(opened, called), _fitting(wide, high, LONG_EDGE))
    upright = _seen_on_white(scaled, profile)
    if turn is not None:
        upright = upright.transpose(turn)
    small = _scaled(upright, _fitting(*upright.size, THUMBNAIL_EDGE))
    return ReadPhoto(_jpeg(upright, _QUALITY), _jpeg(small, _THUMBNAIL_QUALITY), *upright.size)


def _open(data: bytes, format_: str, called: str) -> Picture:
    """The picture with its header read; only the decoder of its own format is asked."""
    # A decoder that is not loaded by name would make Pillow load all it has. The others are loaded by themselves.
    import PIL.MpoImagePlugin
    import PIL.TiffImagePlugin
    import PIL.WebPImagePlugin  # noqa: F401
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    # For the whole process, as filters of one thread are filters of all: what Pillow doubts about a file is not told on
    # standard error. How large it is, is asked below.
    warnings.filterwarnings("ignore", category=Image.DecompressionBombWarning)
    warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.")
    try:
        return Image.open(io.BytesIO(data), formats=(format_,))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as trouble:
        raise _too_many(called) from trouble


def _refuse_raw(opened: Picture, called: str) -> None:
    """Raw camera files pass for TIFF, and what opens first is a preview the size of a stamp."""
    tags = getattr(opened, "tag_v2", {})
    subfile = tags.get(_SUBFILE, 0)
    if _DNG in tags or (isinstance(subfile, int) and subfile & 1):
        raise _refused(
            called, "is a raw camera file, which cannot be read here", "Save or share it as JPEG, then add that."
        )


def _turn(opened: Picture) -> Transpose | None:
    """How the picture has to be turned to stand upright, or None.

    As ``ImageOps.exif_transpose``, which would also write the metadata anew and fail where a camera wrote them badly.
    """
    from PIL.Image import Transpose

    turns = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }
    try:
        return turns.get(opened.getexif().get(_ORIENTATION, 1))
    except Exception:  # noqa: BLE001 - metadata that cannot be read do not cost the officer the photo
        return None


def _fitting(wide: int, high: int, edge: int) -> tuple[int, int]:
    """A size of the same shape whose long edge is at most ``edge``; never larger than it was."""
    scale = min(1.0, edge / max(wide, high))
    return max(1, round(wide * scale)), max(1, round(high * scale))


def _eight_bits(opened: Picture, called: str) -> Picture:
    """The picture with eight bits a colour and no palette, as it can be scaled; alpha is kept."""
    if opened.mode in _DEEP_MODES:
        deep = opened.convert("I")
        low, high = deep.getextrema()
        if isinstance(low, (int, float)) and isinstance(high, (int, float)) and low >= 0 and high < 65536:
            return deep.point(lambda value: value * (1 / 256)).convert("L")
    elif opened.has_transparency_data:
        return opened.convert("RGBA")
    elif opened.mode in _PLAIN_MODES:
        kept = {"L": "L", "1": "L", "CMYK": "CMYK"}.get(opened.mode, "RGB")
        return opened if opened.mode == kept else opened.convert(kept)
    raise _refused(called, f"is a kind of {opened.format} that cannot be read here", "Save it as JPEG, then add that.")


def _scaled(picture: Picture, size: tuple[int, int]) -> Picture:
    from PIL.Image import Resampling

    return picture if picture.size == size else picture.resize(size, Resampling.LANCZOS, reducing_gap=3.0)


def _seen_on_white(picture: Picture, profile: object) -> Picture:
    """The picture in sRGB, with white behind what can be seen through."""
    from PIL import Image

    if picture.mode != "RGBA":
        return _in_srgb(picture, profile)
    white = Image.new("RGB", picture.size, (255, 255, 255))
    white.paste(_in_srgb(picture.convert("RGB"), profile), mask=picture.getchannel("A"))
    return white


def _in_srgb(picture: Picture, profile: object) -> Picture:
    """The colours as its profile means them; a profile that cannot be used is left aside."""
    if isinstance(profile, bytes) and profile:
        from PIL import ImageCms

        try:
            meant = ImageCms.profileToProfile(
                picture,
                ImageCms.ImageCmsProfile(io.BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                renderingIntent=ImageCms.Intent.PERCEPTUAL,
                outputMode="RGB",
            )
            if meant is not None:
                return meant
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            pass
    return picture if picture.mode == "RGB" else picture.convert("RGB")


def _jpeg(picture: Picture, quality: int) -> bytes:
    """Baseline JPEG of what can be seen, and nothing else."""
    picture.info = {}
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=quality, optimize=True, progressive=False, subsampling="4:2:0")
    return written.getvalue()


def _called(name: str) -> str:
    """A name fit for a message: the last part of a path, on one line, not longer than a line."""
    last = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    words = " ".join("".join(sign if sign.isprintable() else " " for sign in last).split())
    if len(words) > _LONGEST_NAME:
        half = _LONGEST_NAME // 2
        words = f"{words[:half]}…{words[-half:]}"
    return words or "the picture"


def _refused(called: str, why: str, remedy: str) -> DeskError:
    return DeskError(f"Not added: {called} {why}.", remedy)


def _damaged(called: str) -> DeskError:
    why = "is damaged; part of the picture is missing"
    return _refused(called, why, "Copy it again from the phone or camera, or take it again.")


def _too_many(called: str, pixels: int = 0) -> DeskError:
    has = f"has {pixels / 1_000_000:,.0f} million pixels; " if pixels else "has too many pixels; "
    return _refused(called, f"{has}at most {MOST_PIXELS // 1_000_000} million are read", "Choose a smaller copy.")
