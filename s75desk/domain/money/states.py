"""How settled an amount is: its state, what it is for apart from that, and which of several statements counts."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from s75desk.domain.money.amounts import Sum
from s75desk.domain.records.money import Contribution, MoneyLine, MoneyState, MoneyType, NoAmount

Key = tuple[str, MoneyType | None, MoneyLine, int | None, int | None, str]

_WORDS = {
    "final": MoneyState.FINAL,
    "audited": MoneyState.FINAL,
    "actual": MoneyState.FINAL,
    "provisional": MoneyState.PROVISIONAL,
    "unaudited": MoneyState.PROVISIONAL,
    "draft": MoneyState.PROVISIONAL,
    "forecast": MoneyState.FORECAST,
    "projected": MoneyState.FORECAST,
    "revised": MoneyState.REVISED,
    "planned": MoneyState.PLANNED,
    "budgeted": MoneyState.PLANNED,
    "original": MoneyState.PLANNED,
}
_NOUNS = r"out-?\s?turn|budget|spend|spending|expenditure|contributions?|position|figures?|amount|accounts?"
_STATE = "|".join(_WORDS)
_MONTH = r"(?:(?:as\s+)?(?:at|to|from|in|of)\s+)?(?:month|period|quarter|m|p|q)\s?\d{1,2}"
_PHRASE = re.compile(
    rf"\b(?P<state>{_STATE})\s+(?:(?:year[- ]end|annual|total)\s+)*(?:{_NOUNS})\b(?:\s+(?:for|of|on)\b)?"
)
_ALONE = re.compile(rf"(?:{_MONTH}\s+)?(?P<state>{_STATE})(?:\s+{_MONTH})?")
_GENERIC = re.compile(rf"(?:(?:year[- ]end|annual|total|the)\s+)*(?:{_NOUNS})(?:\s+(?:for\s+)?\d{{4}}[-/]\d{{2,4}})?")
_PIECES = re.compile(r"[,;:()\[\]]|\s[-\u2013]\s")

_RANK = {
    MoneyState.PLANNED: 10,
    MoneyState.REVISED: 20,
    MoneyState.FORECAST: 30,
    MoneyState.PROVISIONAL: 40,
    MoneyState.FINAL: 50,
}
_UNSTATED_SPEND, _UNSTATED = 35, 15
"""Spending without a state is taken for spent, so no forecast is later; any other amount for more than a plan."""

ACTUAL = frozenset({MoneyState.PROVISIONAL, MoneyState.FINAL, None})
"""States in which spending has happened. One that is not stated is taken at its word."""


def _read(entry: Contribution) -> tuple[MoneyState | None, str]:
    """The state that the words of an entry tell, and what they say it is for without it."""
    words = " ".join((entry.what or "").casefold().split())
    found: MoneyState | None = None
    if phrase := _PHRASE.search(words):
        found = _WORDS[phrase["state"]]
        words = _PHRASE.sub(" ", words)
    pieces = []
    for piece in (" ".join(part.split()) for part in _PIECES.split(words)):
        if alone := _ALONE.fullmatch(piece):
            found = found or _WORDS[alone["state"]]
        elif piece and not _GENERIC.fullmatch(piece):
            pieces.append(piece)
    if found or entry.state:
        pieces = [piece for piece in pieces if not re.fullmatch(_MONTH, piece)]
    return found, ", ".join(pieces)


def state_of(entry: Contribution) -> MoneyState | None:
    """The state as recorded, else as the words say it ("Final outturn"); None where neither tells."""
    return entry.state or _read(entry)[0]


def purpose_of(entry: Contribution) -> str:
    """What an amount is for, without words for its state, so that two states of one amount meet."""
    return _read(entry)[1]


def key_of(entry: Contribution) -> Key:
    """What makes two lines statements of the same amount; an amount that names no line is in the pool."""
    line = entry.line or MoneyLine.POOLED
    return (entry.partner or "", entry.type, line, entry.year, entry.quarter, purpose_of(entry))


def rank_of(entry: Contribution) -> int:
    """How settled an entry is: the higher, the later its state."""
    state = state_of(entry)
    if state is None:
        return _UNSTATED_SPEND if entry.type is MoneyType.SPEND else _UNSTATED
    return _RANK[state]


def stated_sum(entry: Contribution) -> Sum | None:
    """The amount that an entry states; nothing for "nil" and "not applicable", None where there is none."""
    if entry.no_amount in (NoAmount.NIL, NoAmount.NOT_APPLICABLE):
        return Sum.of(Decimal(0))
    if entry.amount is None or entry.no_amount is not None:
        return None
    upto = entry.amount if entry.amount_to is None else entry.amount_to
    return Sum(min(entry.amount, upto), max(entry.amount, upto), bool(entry.about))


def latest(entries: list[Contribution]) -> Contribution:
    """Of statements of one amount the one that counts: the latest state that has an amount.

    Of several in one state the one stated last; where that does not tell, the larger, so that the order of recording
    does not matter.
    """
    return max(entries, key=_weight)


def _weight(entry: Contribution) -> tuple[bool, int, date, Decimal]:
    total = stated_sum(entry)
    return total is not None, rank_of(entry), entry.stated_on or date.min, total.high if total else Decimal(0)


def superseded(entry: Contribution, by: Contribution) -> bool:
    """Whether ``by`` is a later statement than ``entry``, and not the same one made twice.

    An amount without a state beside one with a state is left in doubt, but for spending, where it is taken for spent.
    """
    if rank_of(by) == rank_of(entry):
        return None not in (entry.stated_on, by.stated_on) and _weight(by)[2] > _weight(entry)[2]
    return rank_of(by) > rank_of(entry) and (state_of(by) is not None or entry.type is MoneyType.SPEND)
