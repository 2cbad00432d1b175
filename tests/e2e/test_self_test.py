"""``--self-test`` goes through every promise and says so; what has lost a part fails, and says which."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import ExifTags, Image
from PySide6.QtWidgets import QApplication
from sqlalchemy import text

from s75desk import selftest
from s75desk.importers import photo as importer
from s75desk.importers.photo import ReadPhoto
from s75desk.models.desk_file import DeskFile
from s75desk.selftest import visit
from s75desk.selftest.desk import create, encrypt
from s75desk.selftest.ground import SECRET, SelfTestFault
from s75desk.selftest.photo import PICTURE, phone_picture, read_photos

STEPS = (
    "Create a desk from the five reports",
    "Encrypt it",
    "Migrate a desk of an older version",
    "Edit",
    "Print",
    "Read the PDF back",
    "Read photos",
    "Make a quality visit",
    "Print its sheet and report",
    "Back up",
    "Restore",
    "Open the window",
)


def test_every_step_passes_and_says_what_it_did(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-m", "s75desk", "--self-test"],
        env=os.environ | {"PYTHONPATH": str(Path(selftest.__file__).parents[2])},
        cwd=tmp_path,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=180,
        check=False,
    )
    first, *lines, last = ran.stdout.splitlines()
    assert (ran.returncode, ran.stderr) == (0, ""), ran.stdout
    assert first.startswith("s75desk ")
    assert [re.fullmatch(r"\d+\. ([^:]+): .+", line)[1] for line in lines] == list(STEPS)  # type: ignore[index]
    assert last.startswith(f"Self-test passed: {len(STEPS)} steps in ")
    assert "its place gone" in ran.stdout
    assert "every fingerprint holds" in ran.stdout
    assert list(tmp_path.iterdir()) == [], "it leaves nothing where it was started, nor in the officer's folders"


def test_its_picture_tells_another_reader_where_it_was_taken(qapp: QApplication, tmp_path: Path) -> None:
    """Else the step would prove nothing by not finding the place again."""
    file = tmp_path / PICTURE
    file.write_bytes(phone_picture(90, 60))
    with Image.open(file) as picture:
        exif = picture.getexif()
        place = exif.get_ifd(ExifTags.IFD.GPSInfo)
        assert "icc_profile" in picture.info
    assert exif[ExifTags.Base.Orientation] == 6
    assert exif[ExifTags.Base.Artist] == "Camera of a person"
    assert place[ExifTags.GPS.GPSLatitudeRef] == "N"
    assert [float(part) for part in place[ExifTags.GPS.GPSLatitude]] == [52.0, 24.0, 45.67]
    assert place[ExifTags.GPS.GPSLongitudeRef] == "E"
    assert [float(part) for part in place[ExifTags.GPS.GPSLongitude]] == [0.0, 15.0, 44.12]


def test_a_photo_that_keeps_its_place_fails(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = importer.read_photo

    def careless(data: bytes, name: str = "") -> ReadPhoto:
        found = read(data, name)
        return replace(found, thumbnail=data) if name == PICTURE else found

    monkeypatch.setattr(importer, "read_photo", careless)
    with pytest.raises(SelfTestFault, match="the photo still holds what a camera wrote"):
        read_photos(tmp_path)


@pytest.mark.parametrize("plugin", ["WebPImagePlugin", "TiffImagePlugin", "GifImagePlugin", "BmpImagePlugin"])
def test_a_program_without_a_decoder_fails(plugin: str, tmp_path: Path) -> None:
    """As it would be if the frozen folder lacked one: in a process of its own, since Pillow loads each only once."""
    code = (
        "import sys; from pathlib import Path\n"
        f"sys.modules['PIL.{plugin}'] = None\n"
        "from s75desk.selftest.photo import read_photos\n"
        "read_photos(Path(sys.argv[1]))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)],
        env=os.environ | {"PYTHONPATH": str(Path(selftest.__file__).parents[2])},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert ran.returncode == 1
    assert "s75desk.domain.errors.DeskError: Not added: " in ran.stderr


def test_a_visit_that_does_not_hold_to_what_was_signed_fails(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    create(tmp_path)
    encrypt(tmp_path)
    read_photos(tmp_path)
    assert "a photo, signed" in visit.make_visit(tmp_path)
    assert "every fingerprint holds" in visit.print_visit(tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr(visit, "_SEEN", "Something else was seen.")
        with pytest.raises(SelfTestFault, match="does not say Something else was seen"):
            visit.print_visit(tmp_path)
    with DeskFile.open(tmp_path / "secret.s75desk", SECRET) as desk, desk.writing() as connection:
        connection.execute(text("UPDATE visit_answer SET rating = 4 WHERE question = '8.3' AND rating = 2"))
    with pytest.raises(SelfTestFault, match=r"8\.3.* was signed as"):
        visit.print_visit(tmp_path)
