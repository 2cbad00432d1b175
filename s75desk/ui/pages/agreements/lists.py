"""Sub-pages of an agreement that are plain lists: forums, milestones, options, decisions, risks, lots."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from s75desk.domain.dossier import AgreementDossier
from s75desk.domain.membership import is_member
from s75desk.domain.records import (
    Agreement,
    Decision,
    Forum,
    Lot,
    Meeting,
    Membership,
    Milestone,
    Option,
    Recommendation,
    Record,
    Risk,
)
from s75desk.domain.statuses.counts import done_count
from s75desk.domain.wording import plural
from s75desk.ui.pages.child_columns import Names, columns_of
from s75desk.ui.pages.child_section import ChildSection
from s75desk.ui.pages.context import Context
from s75desk.ui.pages.record_view import SubPage


class Section(Enum):
    """The kinds of list; each with its class, heading and button."""

    FORUM = (Forum, "Forums", "Add a forum")
    MEETING = (Meeting, "Meetings", "Add a meeting")
    MILESTONE = (Milestone, "Milestones", "Add a milestone")
    RECOMMENDATION = (Recommendation, "Recommendations", "Add a recommendation")
    OPTION = (Option, "Options appraisal", "Add an option")
    DECISION = (Decision, "Decisions", "Add a decision")
    RISK = (Risk, "Risks", "Add a risk")
    LOT = (Lot, "Lots, tiers and zones", "Add a lot, tier or zone")
    MEMBERSHIP = (Membership, "Members", "Admit a provider")


def rows_of(section: Section, dossier: AgreementDossier) -> Sequence[Record]:
    """The records of a section, those dated after today last."""
    held: Sequence[Record] = {
        Section.FORUM: dossier.forums,
        Section.MEETING: tuple(reversed(dossier.meetings)),
        Section.MILESTONE: dossier.milestones,
        Section.RECOMMENDATION: dossier.recommendations,
        Section.OPTION: dossier.options,
        Section.DECISION: tuple(reversed(dossier.decisions)),
        Section.RISK: dossier.risks,
        Section.LOT: dossier.lots,
        Section.MEMBERSHIP: dossier.memberships,
    }[section]
    return dossier.listed(held, section.value[0])


def names_of(dossier: AgreementDossier) -> Names:
    """Names of everything a dossier's records refer to."""
    names = {uid: body.short_name or body.name for uid, body in dossier.organisations.items()}
    names |= {uid: provider.name for uid, provider in dossier.providers.items()}
    names |= {uid: other.title for uid, other in dossier.linked.items()}
    names |= {lot.uid: lot.title for lot in dossier.lots}
    names |= {forum.uid: forum.name for forum in dossier.forums}
    names[dossier.agreement.uid] = dossier.agreement.title
    return Names(names, dossier.as_at)


class ListsPage(SubPage):
    """One or two lists below each other.

    Signals:
        form_asked: A ``FormWish``.
    """

    form_asked = Signal(object)

    def __init__(
        self,
        context: Context,
        agreement: Callable[[], Agreement],
        sections: Sequence[Section],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(fills=len(sections) == 1, parent=parent)
        self._names: dict[str, str] = {}
        self._sections: dict[Section, ChildSection] = {}
        names = Names(self._names, context.today)
        for section in sections:
            cls, title, add = section.value
            columns = columns_of(cls, names)
            if section is Section.MEMBERSHIP:
                columns = [column for column in columns if column.key != "agreement"]

            def make(cls: type[Record] = cls) -> Record:
                return cls(agreement=agreement().uid)  # type: ignore[call-arg]

            part = ChildSection(
                context,
                title,
                columns,
                name=f"agreement {title.lower()}",
                make=make,
                add=add,
                of=lambda: agreement().title,
                fill=len(sections) == 1,
                parent=self,
            )
            part.form_asked.connect(self.form_asked)
            self._sections[section] = part
            self.put((part, 1) if len(sections) == 1 else part)

    def adder(self, section: Section) -> Callable[[], None]:
        """Asks for the form of a new record of a section."""
        return self._sections[section].add

    def show_dossier(self, dossier: AgreementDossier) -> None:
        """Show the records of a dossier."""
        self._names.clear()
        self._names.update(names_of(dossier).by_uid)
        for section, part in self._sections.items():
            rows = rows_of(section, dossier)
            part.set_rows(rows, _caption(section, rows, dossier))


def _caption(section: Section, rows: Sequence[Record], dossier: AgreementDossier) -> str:
    if not rows:
        return ""
    if section is Section.MILESTONE:
        done = done_count(rows, dossier.as_at)
        return f"{done} of {len(rows)} done"
    if section is Section.RECOMMENDATION:
        done = done_count(rows, dossier.as_at)
        return f"{done} of {len(rows)} done"
    if section is Section.OPTION:
        scored = sum(1 for o in dossier.options if o.score is not None)
        return f"{len(rows)} appraised, {scored or 'none'} scored"
    if section is Section.DECISION:
        return "every extension needs one, made before the end"
    if section is Section.MEMBERSHIP:
        now = [m for m in dossier.memberships if is_member(m, dossier.as_at)]
        return f"{plural(len({m.provider for m in now}), 'provider')} now"
    return plural(len(rows), rows[0].NOUN, rows[0].PLURAL)
