"""Faults of reportlab that PDF checkers report, mended once for the whole process, each with its reason.

Retest all of them at every reportlab upgrade: ``tests/unit/reporting/test_fixes.py`` fails if one is mended upstream.
"""

from __future__ import annotations

from typing import Any

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc, ttfonts

_applied = False


def apply() -> None:
    """Mend reportlab; calling it again does nothing."""
    global _applied
    if _applied:
        return
    _applied = True
    # Plain Flate: ASCII85 around it makes every stream a quarter longer and helps nobody.
    rl_config.useA85 = 0
    # A font subset of the characters used only, so that code 0 is .notdef and nothing else.
    rl_config.ttfAsciiReadable = 0
    pdfdoc.PDFStream.format = _with_line_end(pdfdoc.PDFStream.format)
    ttfonts.makeToUnicodeCMap = _without_code_zero(ttfonts.makeToUnicodeCMap)


def _with_line_end(write: Any) -> Any:
    """An end of line before ``endstream``.

    WORKAROUND(reportlab 5.1): a stream is written as ``...endstream``; ISO 19005-2, 6.1.7.1 wants an end of line
    before that word. It is CR LF rather than LF, because a checker takes the last byte of compressed data for half
    of the line end if it happens to be CR.
    """
    word = b"endstream\n"

    def write_stream(self: Any, document: Any) -> bytes:
        written: bytes = write(self, document)
        return written[: -len(word)] + b"\r\n" + word if written.endswith(word) else written

    return write_stream


def _without_code_zero(make: Any) -> Any:
    """No Unicode value for .notdef.

    WORKAROUND(reportlab 5.1): the ToUnicode map sends code 0 to U+0000, which ISO 14289-1, 7.21.7 forbids.
    """

    def make_map(font_name: str, subset: list[int]) -> str:
        lines: list[str] = make(font_name, subset).split("\n")
        kept = [line for line in lines if not line.endswith("> <0000>")]
        count = len(subset) - (len(lines) - len(kept))
        return "\n".join(kept).replace(f"{len(subset)} beginbfchar", f"{count} beginbfchar")

    return make_map
