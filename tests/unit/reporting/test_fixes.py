"""reportlab's faults are still there to be mended; when one of these fails, a mend in ``fixes`` can go."""

from __future__ import annotations

import io
import subprocess
import sys

from reportlab.pdfgen.canvas import Canvas

import s75desk.reporting.tagged as tagged

SHOW_FAULTS = """
import io
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfbase import ttfonts
file = io.BytesIO()
canvas = Canvas(file, pageCompression=1)
canvas.drawString(10, 10, "x")
canvas.save()
print(file.getvalue().count(b"\\nendstream"))
print("<00> <0000>" in ttfonts.makeToUnicodeCMap("F", [0, 65]))
"""


def test_reportlab_itself_still_has_the_faults() -> None:
    said = subprocess.run([sys.executable, "-c", SHOW_FAULTS], capture_output=True, text=True, check=True).stdout
    assert said.split() == ["0", "True"]


def test_streams_end_with_a_line_end() -> None:
    assert tagged.fixes
    file = io.BytesIO()
    canvas = Canvas(file, pageCompression=1)
    canvas.drawString(10, 10, "x")
    canvas.save()
    data = file.getvalue()
    assert data.count(b"\r\nendstream\n") == data.count(b"endstream") > 0


def test_code_zero_has_no_unicode_value() -> None:
    from reportlab.pdfbase import ttfonts

    lines = ttfonts.makeToUnicodeCMap("F", [0, 65]).split("\n")
    assert "<01> <0041>" in lines
    assert "1 beginbfchar" in lines
    assert not any("<0000>" in line for line in lines)


def test_mending_twice_changes_nothing() -> None:
    from reportlab.pdfbase import pdfdoc

    before = pdfdoc.PDFStream.format
    tagged.fixes.apply()
    assert pdfdoc.PDFStream.format is before
