"""A target as one line says it: "at least 95%", "no more than 4 weeks", "90 to 95", "3,500 ± 5%"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from s75desk.domain.parsing import parse_number
from s75desk.domain.records.kpi import Margin, TargetType
from s75desk.domain.refusals import NotUnderstood

_FIGURE = r"[£-]?\d[\d,. ]*(?:%|\s*per cent)?"
_BEFORE: tuple[tuple[TargetType, str], ...] = (
    (
        TargetType.AT_LEAST,
        r">=|≥|at least|(?:a )?minimum(?: of)?|min\.?|no fewer than|(?:no|not) less than",
    ),
    (TargetType.AT_MOST, r"<=|≤|at most|(?:a )?maximum(?: of)?|max\.?|(?:no|not) more than|up to|within"),
    (TargetType.MORE_THAN, r">|more than|over|above|exceeding"),
    (TargetType.LESS_THAN, r"<|less than|fewer than|under|below"),
)
_AFTER: tuple[tuple[TargetType, str], ...] = (
    (TargetType.AT_LEAST, r"or (?:more|above|over|higher|better)|and (?:above|over)|minimum|\+|at least"),
    (TargetType.AT_MOST, r"or (?:less|fewer|below|under|lower)|and (?:below|under)|maximum|at most"),
)
_UNIT = r"(?:\s*[a-z][a-z ]*)?"
_BAND = re.compile(rf"(?:between\s+)?(?P<low>{_FIGURE})\s*(?:-|–|to|and)\s*(?P<high>{_FIGURE}){_UNIT}")
_TOLERANCE = re.compile(
    rf"(?P<point>{_FIGURE})\s*(?:\+\s*/\s*-|±|plus or minus)\s*(?P<tolerance>{_FIGURE})(?P<points>\s*points?)?"
)


def target_said(text: str) -> Mapping[str, Any] | None:
    """The fields of a target that a line states, by name; None where it is no such line.

    Raises:
        NotUnderstood: The line states a band whose edges are crossed.
    """
    line = " ".join(text.strip().lower().split())
    for kind, words in _BEFORE:
        if found := re.fullmatch(rf"(?:{words})\s*(?P<figure>{_FIGURE}){_UNIT}", line):
            return {"type": kind, "value": _figure(found["figure"])}
    for kind, words in _AFTER:
        if found := re.fullmatch(rf"(?P<figure>{_FIGURE})\s*(?:{words})", line):
            return {"type": kind, "value": _figure(found["figure"])}
    if found := _TOLERANCE.fullmatch(line):
        shares = "%" in found["tolerance"] or "per cent" in found["tolerance"]
        margin = Margin.POINTS if found["points"] or not shares else None
        tolerance = _figure(found["tolerance"])
        return {
            "type": TargetType.TOLERANCE,
            "value": _figure(found["point"]),
            "tolerance": tolerance,
            "margin": margin,
        }
    if found := _BAND.fullmatch(line):
        low, high = _figure(found["low"]), _figure(found["high"])
        if low > high:
            raise NotUnderstood("The lower edge comes first: 90 to 95.")
        return {"type": TargetType.BAND, "lower": low, "upper": high}
    return None


def _figure(words: str) -> Decimal:
    return parse_number(words.replace("per cent", "%"))
