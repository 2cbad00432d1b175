"""Deeds of variation stand under the term, with what each changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from s75desk.domain.records import Variation
from s75desk.reporting.agreement.term import term
from s75desk.reporting.content import Table
from tests.unit.reporting.dossiers import r1

DEED = Variation(
    agreement="a", title="First deed", since=date(2026, 4, 1), made=date(2026, 3, 2), people="Adults", why="Growth."
)


def test_a_deed_is_printed_with_what_it_changes() -> None:
    dossier = replace(r1(), variations=(DEED,))
    tables = [block for block in term(dossier).blocks if isinstance(block, Table)]
    (table,) = [each for each in tables if each.key == "term.deeds"]
    words = [str(each) for each in table.rows[0].cells]
    assert "First deed" in words[0]
    assert "1 Apr 2026" in words[1]
    assert "Adults; Growth." in words[3]
    assert not [block for block in term(r1()).blocks if getattr(block, "key", "") == "term.deeds"]
