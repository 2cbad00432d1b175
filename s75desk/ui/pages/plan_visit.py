"""Planning a visit from any page: what the form starts from, with questions to ask in every desk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject

from s75desk.domain.changes import Changes
from s75desk.domain.records import Visit
from s75desk.ui.pages.context import Context


def usual_visit(context: Context) -> tuple[str, Callable[[str], Visit]]:
    """What the form of a new visit is filled in with once its service is chosen: team and length of the last one."""
    return "service", context.office.visits.plan


def plan_visit(
    owner: QObject, context: Context, show: Callable[[Visit], None], service: str = "", planned: date | None = None
) -> None:
    """Hand a new visit to ``show``, with what is known of the last one to the service.

    A desk without questions to ask takes in the house set first, so that the visit can be made at once.

    Args:
        owner: The widget that asks; nothing is shown if it is gone.
        context: Operations and services.
        show: Opens the form.
        service: Uid of the service, "" for one that is chosen in the form.
        planned: The day, if that is known.
    """
    office = context.office

    def then(_: Changes) -> None:
        context.operations.read(owner, lambda: office.visits.plan(service, planned), show)

    context.operations.write(owner, office.question_sets.ready, then, silent=True)
