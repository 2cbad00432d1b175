"""Since you were last here: what time has brought, what was changed, worst first, each with one step; then folded."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from s75desk.domain.since import News, Since
from s75desk.domain.wording import number, plural, short_dates, weekday_date
from s75desk.ui.widgets.buttons import make_button
from s75desk.ui.widgets.chip import ShapeMark
from s75desk.ui.widgets.labels import ElidedLabel, Label
from s75desk.ui.widgets.layouts import boxed, column, row
from s75desk.ui.widgets.surface import Hairline, Surface

MOST_LINES = 4
"""So many are named; the rest are counted."""


class SincePanel(Surface):
    """See the module. Hidden on the first day.

    Signals:
        seen: The officer has seen it.
        step_asked: The step of a ``News``.
    """

    seen = Signal()
    step_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("panel", parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._title = Label("Since you were last here", "heading", bold=True)
        self._when = ElidedLabel("", "small", colour="muted")
        self._button = make_button("Seen", "", "quiet", tip="Fold this until the next time")
        self._button.clicked.connect(self.seen)
        self._list = QWidget(self)
        self._lines = QVBoxLayout(self._list)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(0)
        head = row(self._title, (self._when, 1), self._button, gap=8)
        column(head, self._list, gap=2, margins=(14, 6, 10, 8), parent=self)
        self.hide()

    def show_since(self, since: Since | None) -> None:
        """Show what is new; nothing on the first day."""
        self.setVisible(since is not None)
        if since is None:
            return
        news = since.news
        folded = since.seen or not news
        when = _when(since.at)
        self._when.setText(when if not since.seen or not news else f"{plural(len(news), 'thing')} seen")
        self._button.setVisible(not folded)
        self._list.setVisible(not since.seen)
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if not news:
            self._lines.addWidget(Label("Nothing has changed and nothing new has fallen due.", colour="muted"))
        for each in news[:MOST_LINES]:
            self._lines.addWidget(Hairline(parent=self._list))
            self._lines.addWidget(self._line(each))
        if len(news) > MOST_LINES:
            self._lines.addWidget(Hairline(parent=self._list))
            self._lines.addWidget(Label(f"and {number(len(news) - MOST_LINES)} more", "small", colour="muted"))

    def _line(self, news: News) -> QWidget:
        title = ElidedLabel(news.title, bold=news.shape.loud)
        text = ElidedLabel(news.text, "small", colour="muted")
        parts: list[QWidget] = []
        if news.step and (news.item is not None or news.uid):
            button = make_button(news.step, "", "link", tip=news.title)
            button.setAccessibleName(f"{news.step}: {news.title}")
            button.clicked.connect(lambda: self.step_asked.emit(news))
            parts.append(button)
        words = boxed(column(title, text, gap=0, margins=(0, 4, 0, 4)), self._list)
        return boxed(row(ShapeMark(news.shape), (words, 1), *parts, gap=9), self._list)


def _when(at: datetime) -> str:
    """When that was: "Fri 30 Jan, 17:12"."""
    local = at.astimezone()
    weekday, _, rest = weekday_date(local.date()).partition(" ")
    return f"{weekday[:3]} {short_dates(rest)}, {local:%H:%M}"
