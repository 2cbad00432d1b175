"""What every step of the self-test stands on: its day, its passphrase, and the way to say that a step failed."""

from __future__ import annotations

from datetime import date

TODAY = date(2026, 2, 2)
"""The as-at date of the self-test, so that every figure it looks for is known."""

SECRET = "correct horse battery staple"  # noqa: S105 - of a throw-away desk


class SelfTestFault(Exception):
    """A step did not come out as it must."""


def must(holds: bool, words: str) -> None:
    """Fail the step unless something is so."""
    if not holds:
        raise SelfTestFault(words)
