"""Whether a provider has its place in a lot, tier or zone on a day."""

from __future__ import annotations

from datetime import date

from s75desk.domain.records import Membership


def is_member(membership: Membership, day: date) -> bool:
    """Admitted by then, or on a day not known, and not left before it. The day of leaving still counts."""
    admitted = membership.admitted is None or membership.admitted <= day
    return admitted and (membership.left is None or membership.left >= day)
