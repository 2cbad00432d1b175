"""The PDF itself in the window: pages, find and zoom."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMargins, QModelIndex, QPointF, Qt
from PySide6.QtGui import QAction, QPalette
from PySide6.QtPdf import QPdfBookmarkModel, QPdfDocument, QPdfSearchModel
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QFrame, QMenu, QVBoxLayout, QWidget

from s75desk.ui.pages.filter_row import SearchBox
from s75desk.ui.theme import Theme
from s75desk.ui.widgets.buttons import ToolIcon, make_button
from s75desk.ui.widgets.labels import Label
from s75desk.ui.widgets.layouts import row
from s75desk.ui.widgets.surface import Hairline, Surface

_ZOOMS = (0, 75, 93, 100, 125, 150, 200)
"""Percentages offered; 0 fits the width."""

_WIDE = 75.0
"""Width in multiples of b from which a page is not stretched to fit."""


class PdfPreview(Surface):
    """Shows a PDF held in memory."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("canvas", parent)
        self.document = QPdfDocument(self)
        self._bytes = QByteArray()
        self._zoomed = False
        self._buffer = QBuffer(self)
        self._search = QPdfSearchModel(self)
        self._search.setDocument(self.document)
        self._search.countChanged.connect(self._say_hits)
        self.view = QPdfView(self)
        self.view.setDocument(self.document)
        self.view.setSearchModel(self._search)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setAccessibleName("Pages of the briefing")
        self._page = Label("", parent=self)
        self._before = ToolIcon("chevron_left", "Previous page", parent=self)
        self._after = ToolIcon("chevron_right", "Next page", parent=self)
        self._find = SearchBox("Find in briefing", self)
        self._hits = Label("", colour="muted", parent=self)
        self._zoom = make_button("Fit width", "chevron", parent=self)
        self._zoom.setProperty("ownarrow", True)
        self._zoom.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self._zoom.setMenu(self._zoom_menu())
        bar = Surface("canvas", self)
        row(
            self._page,
            self._before,
            self._after,
            None,
            self._hits,
            self._find,
            self._zoom,
            gap=6,
            margins=(20, 8, 20, 8),
            parent=bar,
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(bar)
        layout.addWidget(Hairline(parent=self))
        layout.addWidget(self.view, 1)
        self._before.clicked.connect(self._go_before)
        self._after.clicked.connect(self._go_after)
        self._find.textChanged.connect(self._search.setSearchString)
        self._find.returnPressed.connect(self._next_hit)
        self.view.pageNavigator().currentPageChanged.connect(self._say_page)
        Theme.of(self).changed.connect(self._dress)
        self._dress()

    def show_pdf(self, data: bytes) -> None:
        """Show other bytes; the place in the document stays if it can."""
        if not self._zoomed:
            self._zoomed = True
            self._begin_zoom()
        page = self.view.pageNavigator().currentPage()
        self.document.close()
        self._buffer.close()
        self._bytes = QByteArray(data)
        self._buffer.setData(self._bytes)
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document.load(self._buffer)
        if 0 < page < self.document.pageCount():
            self.view.pageNavigator().jump(page, QPointF(), 0)
        self._say_page()

    def outline(self) -> dict[str, int]:
        """The page on which each chapter begins, by its title; pages count from 1."""
        marks = QPdfBookmarkModel()
        marks.setDocument(self.document)
        found = {}
        top = marks.index(0, 0, QModelIndex())
        for line in range(marks.rowCount(top)):
            index = marks.index(line, 0, top)
            title = str(index.data(int(QPdfBookmarkModel.Role.Title.value)))
            found[title] = int(index.data(int(QPdfBookmarkModel.Role.Page.value))) + 1
        return found

    def pages(self) -> int:
        """Number of pages on show."""
        return self.document.pageCount()

    def _go_before(self) -> None:
        self._go(-1)

    def _go_after(self) -> None:
        self._go(1)

    def _go(self, by: int) -> None:
        page = self.view.pageNavigator().currentPage() + by
        if 0 <= page < self.pages():
            self.view.pageNavigator().jump(page, QPointF(), 0)

    def _next_hit(self) -> None:
        count = self._search.rowCount(self._search.index(-1, 0).parent())
        if count:
            index = (self.view.currentSearchResultIndex() + 1) % count
            self.view.setCurrentSearchResultIndex(index)
            link = self._search.resultAtIndex(index)
            self.view.pageNavigator().jump(link.page(), link.location(), 0)

    def _say_hits(self) -> None:
        if not self._find.text():
            self._hits.setText("")
            return
        count = self._search.rowCount(self._search.index(-1, 0).parent())
        self._hits.setText("Not found" if count == 0 else f"{count} found")

    def _say_page(self) -> None:
        pages = self.pages()
        self._page.setText(f"Page {self.view.pageNavigator().currentPage() + 1} of {pages}" if pages else "")
        self._before.setEnabled(pages > 1)
        self._after.setEnabled(pages > 1)

    def _zoom_menu(self) -> QMenu:
        menu = QMenu(self)
        for percent in _ZOOMS:
            action = QAction(f"{percent}%" if percent else "Fit width", menu)
            action.setData(percent)
            menu.addAction(action)
        menu.triggered.connect(self._set_zoom)
        return menu

    def _set_zoom(self, action: QAction) -> None:
        percent = int(action.data())
        self._zoom.set_words(action.text())
        if percent:
            self.view.setZoomMode(QPdfView.ZoomMode.Custom)
            self.view.setZoomFactor(percent / 100)
        else:
            self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)

    def _begin_zoom(self) -> None:
        """Fit the width of a narrow pane; in a wide one a page at its own size reads better."""
        if self.width() > Theme.of(self).metrics.px(_WIDE):
            self.view.setZoomMode(QPdfView.ZoomMode.Custom)
            self.view.setZoomFactor(1.25)
            self._zoom.set_words("125%")

    def _dress(self) -> None:
        theme = Theme.of(self)
        gap = theme.metrics.space(16)
        self.view.setDocumentMargins(QMargins(gap * 2, gap, gap * 2, gap))
        self.view.setPageSpacing(gap)
        palette = self.view.palette()
        for role in (
            QPalette.ColorRole.Dark,
            QPalette.ColorRole.Window,
            QPalette.ColorRole.Base,
            QPalette.ColorRole.Mid,
        ):
            palette.setColor(role, theme.colour("canvas"))
        self.view.setPalette(palette)
