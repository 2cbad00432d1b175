"""Paints what a table cell holds: two lines, a chip, a figure with its dots, a small chart, a bar."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen

from s75desk.domain.status import Shape, Status
from s75desk.ui.itemmodels.cells import Cell, Column, Spark
from s75desk.ui.theme import Theme
from s75desk.ui.theme.shapes import paint_shape, text_colour

_MIDDLE = Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Place:
    """Where and how one cell is painted.

    Attributes:
        area: Room for the contents, padding taken off.
        right: Whether words stand at the right edge.
        bold: Whether the first line is bold because the row is selected.
        hot: Whether the pointer is on it.
        ring: Whether the keyboard is on it and it can be opened.
    """

    area: QRectF
    right: bool
    bold: bool = False
    hot: bool = False
    ring: bool = False


_LEAST_WORDS = 2.0
"""Width in b below which a status is its mark alone."""


def paint_cell(painter: QPainter, theme: Theme, column: Column[object], cell: Cell, place: Place) -> None:
    """Paint the contents of one cell; the ground is painted already."""
    if column.kind == "spark" and cell.spark is not None and cell.spark.values:
        _paint_spark(painter, theme, cell.spark, place.area)
    elif column.kind == "bar" and cell.share is not None:
        _paint_bar(painter, theme, cell.share, place.area)
    elif column.kind == "status" and cell.status is not None:
        _paint_chip(painter, theme, column, cell, cell.status, place)
    else:
        _paint_words(painter, theme, column, cell, place)


def first_font(theme: Theme, cell: Cell, *, bold: bool) -> QFont:
    """The font of a cell's first line."""
    return theme.fonts.get(bold=bold or cell.bold)


def words_width(theme: Theme, column: Column[object], cell: Cell, *, bold: bool) -> float:
    """Room a cell needs to say everything, without padding."""
    wide = QFontMetrics(first_font(theme, cell, bold=bold)).horizontalAdvance(cell.words)
    if cell.status is not None:
        wide += _shape_side(theme) + theme.metrics.space(7)
    if cell.sub:
        wide = max(wide, QFontMetrics(theme.fonts.get("small")).horizontalAdvance(cell.sub))
    return wide


def word_width(theme: Theme, cell: Cell) -> float:
    """Room a cell needs so that no word of it is cut, without padding."""
    metrics, small = QFontMetrics(first_font(theme, cell, bold=True)), QFontMetrics(theme.fonts.get("small"))
    wide = max((metrics.horizontalAdvance(word) for word in cell.words.split()), default=0)
    wide = max([wide, *(small.horizontalAdvance(word) for word in cell.sub.split())])
    return wide + (_shape_side(theme) + theme.metrics.space(7) if cell.status is not None else 0)


def fitted(metrics: QFontMetrics, words: str, room: int, *, most: int = 2) -> tuple[str, ...]:
    """Words in as many lines as they need, broken between words; only what does not fit the last line is cut."""
    lines: list[str] = []
    left = words.split("\n")
    while left:
        most_here = most - len(lines)
        said, left = (" ".join(left), []) if most_here == 1 else (left[0], left[1:])
        lines += _wrapped(metrics, said, room, most_here - bool(left))
    return tuple(lines)


def _wrapped(metrics: QFontMetrics, words: str, room: int, most: int) -> tuple[str, ...]:
    """Lines of one paragraph; a word wider than the room stands alone and is cut, never broken."""
    lines: list[str] = []
    here, left = "", words.split(" ")
    for place, word in enumerate(left):
        longer = f"{here} {word}" if here else word
        if not here or metrics.horizontalAdvance(longer) <= room:
            here = longer
        elif len(lines) == most - 1:
            here = " ".join((here, *left[place:]))
            break
        else:
            lines.append(_cut(metrics, here, room))
            here = word
    return (*lines, _cut(metrics, here, room))


def _cut(metrics: QFontMetrics, words: str, room: int) -> str:
    """What fits is not asked to be cut: the measure of what is cut is finer than that of what fits."""
    if metrics.horizontalAdvance(words) <= room:
        return words
    return metrics.elidedText(words, Qt.TextElideMode.ElideMiddle, room)


def line_height(theme: Theme) -> int:
    """Height of one line of a cell that has several, in logical pixels."""
    return theme.metrics.px(1.36)


@dataclass(frozen=True, slots=True)
class Lines:
    """The words of a cell and what stands below them, in the lines that they take."""

    words: tuple[str, ...]
    sub: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many lines there are together."""
        return len(self.words) + len(self.sub)


def lines_of(theme: Theme, column: Column[object], cell: Cell, room: float, *, bold: bool, most: int) -> Lines:
    """The words of a cell in at most so many lines of so much room; figures and links keep to one."""
    if cell.status is not None:
        room -= _shape_side(theme) + theme.metrics.space(7)
    metrics = QFontMetrics(first_font(theme, cell, bold=bold))
    single = column.kind == "link" or column.right
    words = fitted(metrics, cell.words, int(room), most=1 if single else max(1, most - bool(cell.sub)))
    if not cell.sub:
        return Lines(words, ())
    small = QFontMetrics(theme.fonts.get("small"))
    return Lines(words, fitted(small, cell.sub, int(room), most=1 if single else max(1, most - len(words))))


def words_rect(theme: Theme, column: Column[object], cell: Cell, place: Place) -> QRectF:
    """Where the first line of a cell stands: what a press must hit and what a sheet points at."""
    metrics = QFontMetrics(first_font(theme, cell, bold=place.bold))
    wide = min(metrics.horizontalAdvance(cell.words), place.area.width())
    area, _ = _areas(theme, _lines_in(theme, column, cell, place), place.area)
    x = area.right() - wide if place.right else area.left()
    return QRectF(x, area.center().y() - metrics.height() / 2, wide, metrics.height())


def _shape_side(theme: Theme) -> int:
    return theme.metrics.size("status_shape")


def _lines_in(theme: Theme, column: Column[object], cell: Cell, place: Place) -> Lines:
    most = max(1, int((place.area.height() + 1) // line_height(theme)))
    return lines_of(theme, column, cell, place.area.width(), bold=place.bold, most=most)


def _areas(theme: Theme, lines: Lines, area: QRectF) -> tuple[QRectF, QRectF]:
    """Where the words stand and what is below them, together in the middle of the cell."""
    line = line_height(theme)
    top = area.top() + (area.height() - lines.count * line) / 2
    words = QRectF(area.left(), top, area.width(), len(lines.words) * line)
    return words, QRectF(area.left(), words.bottom(), area.width(), len(lines.sub) * line)


def _paint_sub(painter: QPainter, theme: Theme, lines: Lines, area: QRectF, side: Qt.AlignmentFlag) -> None:
    if lines.sub:
        painter.setFont(theme.fonts.get("small"))
        painter.setPen(theme.colour("muted"))
        painter.drawText(area, int(side | _MIDDLE), "\n".join(lines.sub))


def _paint_words(painter: QPainter, theme: Theme, column: Column[object], cell: Cell, place: Place) -> None:
    lines = _lines_in(theme, column, cell, place)
    first, second = _areas(theme, lines, place.area)
    if cell.status is not None:
        side = _shape_side(theme)
        mark = QRectF(first.left(), first.center().y() - side / 2, side, side)
        paint_shape(painter, cell.status.shape, mark, theme.colour)
        shift = side + theme.metrics.space(7)
        first.setLeft(first.left() + shift)
        second.setLeft(first.left())
    font = first_font(theme, cell, bold=place.bold)
    side_flag = Qt.AlignmentFlag.AlignRight if place.right else Qt.AlignmentFlag.AlignLeft
    painter.setFont(font)
    painter.setPen(theme.colour(_words_colour(column, cell)))
    painter.drawText(first, int(side_flag | _MIDDLE), "\n".join(lines.words))
    wide = QFontMetrics(font).horizontalAdvance(lines.words[0])
    if column.kind == "link" and place.hot:
        _underline(painter, theme, first, wide, place, solid=True)
    if cell.figure is not None and cell.figure.working is not None:
        _underline(painter, theme, first, wide, place, solid=place.hot)
    _paint_sub(painter, theme, lines, second, side_flag)


def _words_colour(column: Column[object], cell: Cell) -> str:
    if cell.colour:
        return cell.colour
    if column.kind == "link":
        return "accent"
    return "muted" if cell.unknown or column.kind == "spark" else "text"


def _underline(painter: QPainter, theme: Theme, line: QRectF, wide: float, place: Place, *, solid: bool) -> None:
    """Dots below a figure that has a working; a ring round it while the keyboard is on it."""
    left = line.right() - wide if place.right else line.left()
    y = line.center().y() + theme.metrics.px(0.62)
    pen = QPen(theme.colour("accent"), 1, Qt.PenStyle.SolidLine if solid else Qt.PenStyle.DotLine)
    painter.setPen(pen)
    painter.drawLine(QPointF(left, y), QPointF(left + wide, y))
    if place.ring:
        corner = theme.metrics.radius("control")
        painter.setPen(QPen(theme.colour("focus"), theme.tokens.line["focus"]))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        high = theme.metrics.px(1.6)
        painter.drawRoundedRect(QRectF(left - 4, line.center().y() - high / 2, wide + 8, high), corner, corner)


def _paint_chip(
    painter: QPainter, theme: Theme, column: Column[object], cell: Cell, status: Status, place: Place
) -> None:
    side, gap = _shape_side(theme), theme.metrics.space(7)
    lines = _lines_in(theme, column, cell, place)
    area, second = _areas(theme, lines, place.area)
    mark = QRectF(area.left(), area.center().y() - side / 2, side, side)
    if area.width() < side + gap + theme.metrics.px(_LEAST_WORDS):
        mark.moveTop(place.area.center().y() - side / 2)
        paint_shape(painter, status.shape, mark, theme.colour)
        return
    font = theme.fonts.get(bold=cell.bold)
    metrics = QFontMetrics(font)
    if status.shape.loud:
        pad, high = (
            theme.metrics.space(6),
            min(len(lines.words) * metrics.height() + theme.metrics.space(5), int(place.area.height()) - 1),
        )
        wide = side + gap + max(metrics.horizontalAdvance(line) for line in lines.words) + 2 * pad + 1
        corner = theme.metrics.radius("chip")
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(f"{status.shape.family}_soft"))
        fill = QRectF(area.left() - pad, area.center().y() - high / 2, wide, high)
        painter.drawRoundedRect(fill, corner, corner)
    paint_shape(painter, status.shape, mark, theme.colour)
    painter.setFont(font)
    painter.setPen(theme.colour(cell.colour or text_colour(status.shape)))
    left = Qt.AlignmentFlag.AlignLeft
    painter.drawText(area.adjusted(side + gap, 0, 2, 0), int(left | _MIDDLE), "\n".join(lines.words))
    _paint_sub(painter, theme, lines, second.adjusted(side + gap, 0, 0, 0), left)


def _paint_bar(painter: QPainter, theme: Theme, share: float, area: QRectF) -> None:
    high = theme.metrics.space(5)
    whole = QRectF(area.left(), area.center().y() - high / 2, area.width(), high)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("line"))
    painter.drawRoundedRect(whole, high / 2, high / 2)
    painter.setBrush(theme.colour("accent"))
    filled = max(0.0, min(1.0, share)) * whole.width()
    painter.drawRoundedRect(QRectF(whole.left(), whole.top(), filled, high), high / 2, high / 2)


def _paint_spark(painter: QPainter, theme: Theme, spark: Spark, area: QRectF) -> None:
    known = [value for value in spark.values if value is not None]
    if not known:
        painter.setFont(theme.fonts.get())
        painter.setPen(theme.colour("muted"))
        painter.drawText(area, int(Qt.AlignmentFlag.AlignLeft | _MIDDLE), spark.empty)
        return
    edges = [edge for edge in (spark.lower, spark.upper) if edge is not None]
    low, high = min(known + edges), max(known + edges)
    span = (high - low) or 1.0
    radius = theme.metrics.space(4) - 0.5
    pad = max(theme.metrics.space(7), radius)
    box = area.adjusted(0, pad, -theme.metrics.space(6), -pad)

    def y_of(value: float) -> float:
        return box.bottom() - (value - low) / span * box.height()

    def x_of(place: int) -> float:
        if len(spark.values) == 1:  # the last point stands at the right, also where it is the only one
            return box.right()
        return box.left() + place * box.width() / (len(spark.values) - 1)

    right = box.right() + theme.metrics.space(6)
    if spark.lower is not None and spark.upper is not None and spark.lower != spark.upper:
        top, bottom = y_of(spark.upper), y_of(spark.lower)
        painter.fillRect(QRectF(box.left(), top, right - box.left(), max(2.0, bottom - top)), theme.colour("band"))
    elif edges:
        painter.setPen(QPen(theme.colour("band_edge"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(box.left(), y_of(edges[0])), QPointF(right, y_of(edges[0])))
    painter.setPen(QPen(theme.colour("spc_common"), 1.5))
    run: list[QPointF] = []
    for place, value in enumerate(spark.values):
        if value is None:
            _polyline(painter, run)
            run = []
        else:
            run.append(QPointF(x_of(place), y_of(value)))
    _polyline(painter, run)
    last = max(place for place, value in enumerate(spark.values) if value is not None)
    painter.setPen(QPen(theme.colour("surface"), 1))
    painter.setBrush(theme.colour(_end_colour(spark.end)))
    painter.drawEllipse(QPointF(x_of(last), y_of(known[-1])), radius, radius)


def _polyline(painter: QPainter, points: list[QPointF]) -> None:
    if len(points) > 1:
        painter.drawPolyline(points)
    elif points:
        painter.drawPoint(points[0])


def _end_colour(shape: Shape | None) -> str:
    return shape.family if shape is not None and shape.family in ("good", "watch", "alert") else "text"
