"""Photos from outside: each is read whole and made safe, or refused in words."""

from __future__ import annotations

import io
import threading
import tracemalloc
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image, ImageCms, ImageDraw, ImageFile, PngImagePlugin

from s75desk.domain.errors import DeskError
from s75desk.importers.photo import LONG_EDGE, MOST_BYTES, ReadPhoto, read_photo
from s75desk.importers.picture_kinds import kind_of

RED, GREEN, BLUE, YELLOW = (200, 30, 30), (30, 160, 40), (30, 40, 190), (220, 200, 40)


def corners(wide: int = 640, high: int = 480) -> Image.Image:
    """A picture whose four quarters differ, so that any turn and any missing part shows."""
    made = Image.new("RGB", (wide, high), RED)
    draw = ImageDraw.Draw(made)
    draw.rectangle((wide // 2, 0, wide, high // 2), fill=GREEN)
    draw.rectangle((0, high // 2, wide // 2, high), fill=BLUE)
    draw.rectangle((wide // 2, high // 2, wide, high), fill=YELLOW)
    return made


def saved(picture: Image.Image, format_: str = "JPEG", **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, format_, **options)  # type: ignore[arg-type]
    return out.getvalue()


def seen(read: ReadPhoto) -> Image.Image:
    return Image.open(io.BytesIO(read.picture))


def quarters(read: ReadPhoto) -> list[tuple[int, int, int]]:
    """The colours in the middle of the four quarters: top left, top right, bottom left, bottom right."""
    picture = seen(read).convert("RGB")
    wide, high = picture.size
    places = ((0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75))
    return [picture.getpixel((int(wide * x), int(high * y))) for x, y in places]  # type: ignore[misc]


def like(found: tuple[int, int, int], meant: tuple[int, int, int], by: int = 12) -> bool:
    return all(abs(one - other) <= by for one, other in zip(found, meant, strict=True))


def markers(jpeg: bytes) -> list[int]:
    """The segments of a JPEG up to its first scan, by marker."""
    found, at = [], 2
    while jpeg[at] == 0xFF and jpeg[at + 1] != 0xDA:
        found.append(jpeg[at + 1])
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
    return found


def refusal(data: bytes, name: str = "photo.jpg") -> DeskError:
    with pytest.raises(DeskError) as caught:
        read_photo(data, name)
    return caught.value


def with_place(picture: Image.Image, orientation: int = 1) -> bytes:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.Make] = "Secret Camera Works"
    exif[ExifTags.Base.Artist] = "A Person"
    exif.get_ifd(ExifTags.IFD.GPSInfo).update({1: "N", 2: (52.0, 24.0, 0.0), 3: "E", 4: (0.0, 15.0, 44.0)})
    return saved(picture, exif=exif, comment=b"kept by A Person", xmp=b"<x:xmpmeta>A Person</x:xmpmeta>", quality=95)


# What comes out


def test_a_photo_keeps_what_can_be_seen_and_nothing_else() -> None:
    data = with_place(corners())
    assert Image.open(io.BytesIO(data)).getexif().get_ifd(ExifTags.IFD.GPSInfo), "the test needs a place to remove"
    read = read_photo(data + b"appended by A Person", "IMG_0001.JPG")
    for jpeg in (read.picture, read.thumbnail):
        assert markers(jpeg).count(0xC0) == 1, "baseline"
        # The JFIF header, tables and frame; no Exif, XMP, ICC, comment.
        assert set(markers(jpeg)) <= {0xE0, 0xDB, 0xC0, 0xC4, 0xDD}
        assert not any(word in jpeg for word in (b"Exif", b"Person", b"Secret", b"xmp", b"GPS"))
    assert not seen(read).getexif()
    assert (read.wide, read.high) == seen(read).size == (640, 480)
    assert all(map(like, quarters(read), (RED, GREEN, BLUE, YELLOW)))


@pytest.mark.parametrize(
    ("orientation", "seen_as"),
    [
        (1, (RED, GREEN, BLUE, YELLOW)),
        (2, (GREEN, RED, YELLOW, BLUE)),
        (3, (YELLOW, BLUE, GREEN, RED)),
        (4, (BLUE, YELLOW, RED, GREEN)),
        (5, (RED, BLUE, GREEN, YELLOW)),
        (6, (BLUE, RED, YELLOW, GREEN)),
        (7, (YELLOW, GREEN, BLUE, RED)),
        (8, (GREEN, YELLOW, RED, BLUE)),
    ],
)
def test_a_photo_stands_upright(orientation: int, seen_as: tuple[tuple[int, int, int], ...]) -> None:
    read = read_photo(with_place(corners(), orientation))
    assert (read.wide, read.high) == ((480, 640) if orientation > 4 else (640, 480))
    assert all(map(like, quarters(read), seen_as))


def test_a_place_in_badly_written_metadata_costs_neither_photo_nor_privacy() -> None:
    data = with_place(corners(), 6)
    start = data.index(b"Exif\0\0") + 6
    broken = data[: start + 4] + b"\xff\xff\xff\x7f" + data[start + 8 :]
    read = read_photo(broken)
    assert (read.wide, read.high) == (640, 480), "as it lies in the file: which way is up cannot be read"
    assert b"Exif" not in read.picture


@pytest.mark.parametrize(
    ("size", "then", "small"),
    [
        ((3000, 1500), (2000, 1000), (320, 160)),
        ((1500, 3000), (1000, 2000), (160, 320)),
        ((2000, 1333), (2000, 1333), (320, 213)),
        ((100, 60), (100, 60), (100, 60)),
        ((1, 1), (1, 1), (1, 1)),
        ((6000, 1), (2000, 1), (320, 1)),
    ],
)
def test_it_is_scaled_down_but_never_up(size: tuple[int, int], then: tuple[int, int], small: tuple[int, int]) -> None:
    for format_ in ("JPEG", "PNG"):
        read = read_photo(saved(corners(*size), format_))
        assert (read.wide, read.high) == then
        assert Image.open(io.BytesIO(read.thumbnail)).size == small


def test_the_same_bytes_give_the_same_bytes() -> None:
    for data in (with_place(corners(2600, 1900), 6), saved(corners().convert("P"), "GIF")):
        assert read_photo(data, "a.jpg") == read_photo(data, "b.jpg")


def test_it_can_be_read_on_another_thread() -> None:
    data, found = with_place(corners()), []
    thread = threading.Thread(target=lambda: found.append(read_photo(data)))
    thread.start()
    thread.join()
    assert found == [read_photo(data)]


def test_forty_megapixels_are_read_without_decoding_all_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a good phone writes, 7,300 by 5,500: the decoder is told to leave out what would be scaled away."""
    data = with_place(corners(7300, 5500), 6)
    assert Image.open(io.BytesIO(data)).size == (7300, 5500)
    decoded = []
    load = ImageFile.ImageFile.load

    def noted(self: ImageFile.ImageFile) -> object:
        if self.tile:
            decoded.append(self.size)
        return load(self)

    monkeypatch.setattr(ImageFile.ImageFile, "load", noted)
    read = read_photo(data, "big.jpg")
    assert decoded == [(3650, 2750)]
    assert (read.wide, read.high) == (1507, LONG_EDGE)
    assert all(map(like, quarters(read), (BLUE, RED, YELLOW, GREEN)))


# Formats


def cmyk() -> bytes:
    return saved(corners().convert("CMYK"), quality=95)


def mpo() -> bytes:
    """Two pictures in one file, as a stereo camera writes; the first counts."""
    return saved(corners(), "MPO", save_all=True, append_images=[Image.new("RGB", (640, 480), "black")], quality=95)


def gif() -> bytes:
    return saved(corners().quantize(16), "GIF", save_all=True, append_images=[Image.new("P", (640, 480))], duration=100)


def grey_alpha() -> bytes:
    return saved(corners().convert("LA"), "PNG")


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(lambda: saved(corners(), quality=95), id="JPEG"),
        pytest.param(lambda: saved(corners(), quality=95, progressive=True), id="progressive JPEG"),
        pytest.param(mpo, id="MPO"),
        pytest.param(cmyk, id="CMYK"),
        pytest.param(lambda: saved(corners(), "PNG"), id="PNG"),
        pytest.param(lambda: saved(corners(), "PNG", interlace=True), id="interlaced PNG"),
        pytest.param(lambda: saved(corners().quantize(16), "PNG"), id="palette PNG"),
        pytest.param(lambda: saved(corners().convert("RGBA"), "PNG"), id="PNG with alpha"),
        pytest.param(lambda: saved(corners(), "WEBP", quality=95), id="WebP"),
        pytest.param(lambda: saved(corners(), "WEBP", lossless=True), id="lossless WebP"),
        pytest.param(gif, id="GIF"),
        pytest.param(lambda: saved(corners(), "BMP"), id="BMP"),
        pytest.param(lambda: saved(corners(), "TIFF"), id="TIFF"),
        pytest.param(lambda: saved(corners(), "TIFF", compression="tiff_lzw"), id="packed TIFF"),
        pytest.param(lambda: saved(corners(), "TIFF", compression="jpeg", quality=95), id="TIFF of JPEG"),
    ],
)
def test_every_format_on_the_list_is_read(data: Callable[[], bytes]) -> None:
    read = read_photo(data())
    assert all(like(one, meant, 30) for one, meant in zip(quarters(read), (RED, GREEN, BLUE, YELLOW), strict=True))
    assert set(markers(read.picture)) <= {0xE0, 0xDB, 0xC0, 0xC4, 0xDD}


@pytest.mark.parametrize(("format_", "mode"), [("PNG", "I;16"), ("TIFF", "I;16"), ("TIFF", "I")])
def test_sixteen_bits_of_grey_keep_their_steps(format_: str, mode: str) -> None:
    deep = Image.new("I", (300, 100))
    for part, value in enumerate((1000, 32896, 65000)):
        deep.paste(value, (part * 100, 0, part * 100 + 100, 100))
    read = read_photo(saved(deep if mode == "I" else deep.convert("I;16"), format_))
    picture = seen(read).convert("L")
    found = [picture.getpixel((part * 100 + 50, 50)) for part in range(3)]
    assert all(abs(one - meant) <= 3 for one, meant in zip(found, (4, 128, 254), strict=True)), found  # type: ignore[operator]


def test_sixteen_bits_of_colour_are_read() -> None:
    """A PNG Pillow cannot write: red, 16 bits a colour."""
    high, wide = 40, 60
    rows = b"".join(b"\0" + b"\xc8\x00\x1e\x00\x1e\x00" * wide for _ in range(high))
    data = png(wide, high, rows, depth=16, colour=2)
    assert like(quarters(read_photo(data))[0], RED)


def test_one_bit_is_read() -> None:
    drawn = Image.new("1", (200, 100), 1)
    drawn.paste(0, (0, 0, 100, 100))
    found = quarters(read_photo(saved(drawn, "PNG")))
    assert like(found[0], (0, 0, 0))
    assert like(found[1], (255, 255, 255))


def test_what_is_seen_through_is_white() -> None:
    clear = Image.new("RGBA", (200, 100), (*RED, 0))
    clear.paste((*BLUE, 255), (100, 0, 200, 100))
    palette = clear.convert("RGB").quantize(8)
    transparent = palette.getpixel((10, 10))
    for data in (
        saved(clear, "PNG"),
        saved(clear, "WEBP", lossless=True),
        saved(palette, "PNG", transparency=transparent),
        saved(palette, "GIF", transparency=transparent),
        saved(clear.convert("RGB"), "PNG", transparency=RED),
        saved(clear.convert("LA"), "PNG"),
    ):
        found = quarters(read_photo(data))
        assert like(found[0], (255, 255, 255))
        assert not like(found[1], (255, 255, 255), 60)


def test_half_seen_through_is_half_white_without_dark_edges_when_scaled() -> None:
    half = Image.new("RGBA", (4000, 2000), (0, 0, 0, 0))
    half.paste((*BLUE, 255), (2000, 0, 4000, 2000))
    picture = seen(read_photo(saved(half, "PNG"))).convert("L")
    assert min(picture.getpixel((x, 500)) for x in range(960, 1000)) > 120  # type: ignore[type-var, operator]


def test_colours_are_those_the_profile_means() -> None:
    swapped = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    lab_profile_on_rgb = saved(corners(), quality=95, icc_profile=swapped)
    assert all(map(like, quarters(read_photo(lab_profile_on_rgb)), (RED, GREEN, BLUE, YELLOW))), "of no use: left aside"
    assert all(
        map(like, quarters(read_photo(saved(corners(), quality=95, icc_profile=b"no profile"))), (RED, GREEN, BLUE))
    )
    plain = saved(Image.new("L", (64, 64), 128), "PNG", icc_profile=linear_grey())
    found = quarters(read_photo(plain))[0]
    # Half the light is 188 of 255 in sRGB.
    assert like(found, (188, 188, 188), 3), found


def linear_grey() -> bytes:
    """A grey profile whose numbers are light itself, by the letter of the ICC specification."""

    def tag(kind: bytes, body: bytes) -> bytes:
        return kind + bytes(4) + body

    white = tag(b"XYZ ", bytes.fromhex("0000f6d6 00010000 0000d32d"))
    curve = tag(b"curv", (0).to_bytes(4, "big"))
    words = tag(b"desc", (5).to_bytes(4, "big") + b"grey\0" + bytes(8 + 3 + 67))
    rights = tag(b"text", b"none\0")
    parts = [(b"desc", words), (b"cprt", rights), (b"wtpt", white), (b"kTRC", curve)]
    at, table, body = 128 + 4 + 12 * len(parts), b"", b""
    for name, part in parts:
        part += bytes(-len(part) % 4)
        table += name + at.to_bytes(4, "big") + len(part).to_bytes(4, "big")
        body, at = body + part, at + len(part)
    head = at.to_bytes(4, "big") + b"none" + bytes.fromhex("02400000") + b"mntrGRAYXYZ "
    head += bytes(12) + b"acsp" + bytes(4) + bytes(24) + bytes.fromhex("0000f6d6 00010000 0000d32d")
    return head.ljust(128, b"\0") + len(parts).to_bytes(4, "big") + table + body


def png(wide: int, high: int, rows: bytes, *, depth: int = 8, colour: int = 2) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return len(body).to_bytes(4, "big") + name + body + zlib.crc32(name + body).to_bytes(4, "big")

    head = wide.to_bytes(4, "big") + high.to_bytes(4, "big") + bytes((depth, colour, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


# What is refused


@pytest.mark.parametrize(
    ("start", "name", "said"),
    [
        (
            b"Notes of the visit, 3 February.\nTwo charts.",
            "photo.jpg",
            "photo.jpg is not a photo; it begins like text.",
        ),
        ("Grüße aus dem Heim – 3. Februar".encode(), "a.png", "a.png is not a photo; it begins like text."),
        ("Notizen".encode("utf-16"), "a.png", "a.png is not a photo; it begins like text."),
        (b"BMI of residents, by month", "bmi.bmp", "bmi.bmp is not a photo; it begins like text."),
        (b"%PDF-1.7\n%\xe2\xe3", "scan.jpg", "scan.jpg is not a photo; it begins like a PDF."),
        (b"PK\x03\x04\x14\0", "x.jpeg", "begins like a ZIP file, as Word and Excel documents do."),
        (b"MZ\x90\0\x03", "photo.jpg", "begins like a program."),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "a.svg", "begins like a drawing (SVG)."),
        (b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom", "clip.mp4", "begins like a video."),
        (b"\x01\x02\x03\x04 nothing known", "thing", "thing is not a photo; it begins like no picture"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "IMG_1.HEIC", "IMG_1.HEIC is a HEIC photo, which cannot be read here."),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", "IMG_1.jpg", "IMG_1.jpg is a HEIC photo, which cannot be read here."),
        (b"\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf", "a.avif", "a.avif is an AVIF picture, which cannot be read here."),
        (b"II*\0\x10\0\0\0CR\x02\0", "a.cr2", "a.cr2 is a raw camera file, which cannot be read here."),
        (b"8BPS\0\x01", "a.psd", "a.psd is a Photoshop file, which cannot be read here."),
    ],
)
def test_what_is_no_photo_is_named_for_what_it_is(start: bytes, name: str, said: str) -> None:
    trouble = refusal(start, name)
    assert said in trouble.what
    assert trouble.what.startswith("Not added: ")
    assert trouble.remedy.endswith(".")


def test_a_heic_photo_is_told_how_to_come_again() -> None:
    trouble = refusal(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "IMG_1.HEIC")
    assert trouble.remedy == "On the phone choose “Most Compatible”, or share it as JPEG."


def test_an_empty_file_says_so() -> None:
    assert refusal(b"", "IMG_2.jpg").what == "Not added: IMG_2.jpg is empty."


def test_a_file_that_is_too_large_is_not_even_looked_at() -> None:
    data = saved(corners()) + bytes(MOST_BYTES)
    trouble = refusal(data, "huge.jpg")
    assert trouble.what == "Not added: huge.jpg is larger than 60 MB."
    assert trouble.remedy


@pytest.mark.parametrize(
    ("wide", "high", "said"),
    [
        (50_000, 50_000, "has too many pixels; at most 120 million are read"),
        (12_500, 10_000, "has 125 million pixels; at most 120 million are read"),
        (2**31 - 1, 2**31 - 1, ""),
    ],
)
def test_a_small_file_that_claims_to_be_huge_is_refused_before_it_is_unpacked(wide: int, high: int, said: str) -> None:
    tracemalloc.start()
    trouble = refusal(png(wide, high, bytes(1000)), "bomb.png")
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert said in trouble.what
    assert most < 5_000_000


def test_a_bomb_hidden_in_a_packed_text_is_no_danger() -> None:
    info = PngImagePlugin.PngInfo()
    info.add_text("comment", "x" * 40_000_000, zip=True)
    refusal(saved(corners(), "PNG", pnginfo=info), "bomb.png")


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9, 0.98])
@pytest.mark.parametrize(
    "data",
    [
        pytest.param(lambda: saved(corners(), quality=95), id="JPEG"),
        pytest.param(lambda: saved(corners(), quality=95, progressive=True), id="progressive JPEG"),
        pytest.param(lambda: with_place(corners(3000, 2000)), id="large JPEG"),
        pytest.param(cmyk, id="CMYK"),
        pytest.param(lambda: saved(corners(), "PNG"), id="PNG"),
        pytest.param(lambda: saved(corners(), "WEBP", quality=95), id="WebP"),
        pytest.param(lambda: saved(corners().quantize(16), "GIF"), id="GIF"),
        pytest.param(lambda: saved(corners(), "BMP"), id="BMP"),
        pytest.param(lambda: saved(corners(), "TIFF"), id="TIFF"),
        pytest.param(lambda: saved(corners(), "TIFF", compression="tiff_lzw"), id="packed TIFF"),
    ],
)
def test_a_photo_that_was_cut_short_is_not_half_read(data: Callable[[], bytes], share: float) -> None:
    whole = data()
    trouble = refusal(whole[: int(len(whole) * share)], "IMG_3.jpg")
    assert trouble.what == "Not added: IMG_3.jpg is damaged; part of the picture is missing."
    assert trouble.remedy == "Copy it again from the phone or camera, or take it again."


def test_a_raw_camera_file_is_not_taken_for_its_preview() -> None:
    preview = Image.new("RGB", (160, 120), RED)
    for tags in ({254: 1}, {50706: b"\x01\x04\0\0"}):
        assert "is a raw camera file" in refusal(saved(preview, "TIFF", tiffinfo=tags), "DSC_1.tif").what
    assert read_photo(saved(preview, "TIFF", tiffinfo={254: 0})).wide == 160


def test_a_kind_of_picture_that_means_nothing_as_a_photo_is_refused() -> None:
    assert "kind of TIFF that cannot be read" in refusal(saved(Image.new("F", (9, 9)), "TIFF"), "a.tif").what
    below = Image.new("I", (9, 9), -5)
    assert "kind of TIFF that cannot be read" in refusal(saved(below, "TIFF"), "a.tif").what


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("", "the picture"),
        ("C:\\Photos\\of home\\a.jpg", "a.jpg"),
        ("/media/phone/a.jpg", "a.jpg"),
        ("two\nlines\0.jpg", "two lines .jpg"),
        ("ก" * 200 + ".jpg", "ก" * 30 + "…" + "ก" * 26 + ".jpg"),
        ("  \t ", "the picture"),
    ],
)
def test_a_name_is_fit_for_a_sentence(name: str, called: str) -> None:
    assert refusal(b"", name).what == f"Not added: {called} is empty."


# Anything at all

JPEGS = (saved(corners(160, 120)), saved(corners(160, 120), progressive=True), saved(corners(160, 120).convert("CMYK")))
OTHERS = tuple(saved(corners(60, 40), format_) for format_ in ("PNG", "GIF", "BMP", "TIFF", "WEBP"))
STARTS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"II*\0", b"RIFF\x20\0\0\0WEBPVP8 ", b"\0\0\0\x18ftyp")


def reads_or_says_why(data: bytes) -> None:
    try:
        read = read_photo(data, "any.jpg")
    except DeskError as fault:
        trouble = fault
    else:
        assert seen(read).size == (read.wide, read.high)
        return
    assert trouble.what.startswith("Not added: any.jpg ")
    assert trouble.remedy


@given(start=st.sampled_from((b"", *STARTS)), rest=st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_in_words(start: bytes, rest: bytes) -> None:
    reads_or_says_why(start + rest)


@given(data=st.binary(max_size=600))
def test_any_bytes_have_a_kind(data: bytes) -> None:
    kind = kind_of(data)
    assert bool(kind.format) != bool(kind.why and kind.remedy)


@settings(max_examples=200)
@given(
    whole=st.sampled_from(JPEGS),
    changes=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=12),
    head=st.booleans(),
)
def test_a_jpeg_with_bytes_changed_is_read_or_refused(
    whole: bytes, changes: list[tuple[float, int]], head: bool
) -> None:
    made = bytearray(whole)
    for place, value in changes:
        made[int(place * (700 if head else len(made)))] = value
    reads_or_says_why(bytes(made))


@settings(max_examples=200)
@given(
    whole=st.sampled_from(OTHERS),
    changes=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=8),
)
def test_another_picture_with_bytes_changed_is_read_or_refused(whole: bytes, changes: list[tuple[float, int]]) -> None:
    made = bytearray(whole)
    for place, value in changes:
        made[int(place * min(300, len(made)))] = value
    reads_or_says_why(bytes(made))
