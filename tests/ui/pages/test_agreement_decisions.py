"""The likeliest step of an agreement where several decisions wait: a short list, the soonest first."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtWidgets import QMenu

from s75desk.domain.records import Agreement, Decision
from s75desk.domain.records.agreement import Stage
from s75desk.services.office import Office
from s75desk.ui.navigation import Destination
from s75desk.ui.pages.agreements.page import AgreementsPage
from tests.ui.pages.providers_help import Settle

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support grabbing the keyboard", extend=True)


def test_several_waiting_decisions_are_a_short_list(
    empty_desk: None, page_factory: Any, settle: Settle, recorder: Any, office: Office
) -> None:
    agreement = office.records.create(
        Agreement(title="Day care & respite", stage=Stage.AGREED, starts=date(2025, 4, 1))
    ).uid
    later = Decision(agreement=agreement, title="Whether to open a second lot", due=date(2026, 6, 1))
    sooner = Decision(agreement=agreement, title="Fees & uplift", due=date(2026, 4, 1))
    made = {one.title: office.records.create(one).uid for one in (later, sooner)}
    page = page_factory(AgreementsPage)
    page.table.select_uid(agreement)
    settle()
    step = page.record.first_step()
    assert step.accessibleName() == "Decide, 2 waiting"
    step.click()
    (menu,) = [one for one in page.record.findChildren(QMenu) if one.isVisible()]
    offered = [action for action in menu.actions() if not action.isSeparator()]
    assert [action.text() for action in offered] == [
        "Fees && uplift, by 1 Apr 2026",
        "Whether to open a second lot, by 1 Jun 2026",
        "Another decision",
    ]
    assert menu.activeAction() is offered[0], "Enter takes the one that is due first"
    offered[1].trigger()
    second = f"{Decision.KIND}:{made['Whether to open a second lot']}"
    assert recorder.wanted == [Destination("agreements", agreement, "Decisions", settle=second)]
    menu.close()
