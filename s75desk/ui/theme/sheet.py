"""The one style sheet of the window, from tokens and sizes.

Widgets take their look by class and by dynamic property, so that no widget needs a sheet of its own:

==================  ===================================================================
property            values
==================  ===================================================================
``surface``         canvas, surface, sunken, raised, panel, well, popup, fault, ink (of a ``Surface``)
``textsize``        a text size of the tokens (of a ``Label``)
``colour``          a text token (of a ``Label``)
``bold``            true (of a ``Label``)
``kind``            primary, secondary, quiet, danger, link, card, on_ink, on_ink_first (of a push button)
``touch``           true: the height for a finger (of a push button)
``filter``          on, off (of a filter button)
``state``           fault, doubt, none (of a field)
``tabs``            top (of a tab bar)
``plain``           true: no edge (of a line edit in a bar)
``large``           true: a count in large figures (of a line edit)
``leading``         true: words at the left (of a push button)
==================  ===================================================================
"""

from __future__ import annotations

from collections.abc import Mapping

from s75desk.ui.theme.metrics import Metrics
from s75desk.ui.theme.tokens import Tokens

_TEXT_COLOURS = (
    "text",
    "muted",
    "faint",
    "accent",
    "on_accent",
    "good_text",
    "watch_text",
    "alert_text",
    "unknown_text",
    "info_text",
)
_SURFACES = ("canvas", "surface", "sunken", "raised", "hover", "selected")
_FIELDS = "QLineEdit, QComboBox, QPlainTextEdit, QTextEdit, QAbstractSpinBox"


def make_sheet(tokens: Tokens, metrics: Metrics, images: Mapping[str, str]) -> str:
    """The whole style sheet; ``images`` gives files for ticks and arrows, and may be empty."""
    parts = (
        _grounds(tokens, metrics),
        _labels(tokens, metrics),
        _buttons(tokens, metrics, images),
        _fields(tokens, metrics, images),
        _choices(tokens, metrics, images),
        _views(tokens, metrics, images),
        _menus(tokens, metrics, images),
        _small_parts(tokens, metrics, images),
    )
    return "\n".join(parts)


def _image(images: Mapping[str, str], name: str) -> str:
    return f'image: url("{images[name]}");' if name in images else ""


def _grounds(tokens: Tokens, metrics: Metrics) -> str:
    c = tokens.colour
    rules = [f'QWidget[surface="{name}"] {{ background: {c[name]}; }}' for name in _SURFACES]
    corner = metrics.radius("panel")
    rules += [
        f"QMainWindow, QDialog, QMessageBox {{ background: {c['canvas']}; }}",
        f'QFrame[surface="panel"] {{ background: {c["surface"]}; border: 1px solid {c["line"]};'
        f" border-radius: {corner}px; }}",
        f'QFrame[surface="well"] {{ background: {c["sunken"]}; border: 1px solid {c["line"]};'
        f" border-radius: {corner}px; }}",
        f'QFrame[surface="popup"] {{ background: {c["raised"]}; border: 1px solid {c["line_strong"]}; }}',
        f'QFrame[surface="fault"] {{ background: {c["alert_soft"]}; border: 1px solid {c["alert"]};'
        f" border-radius: {corner}px; }}",
        f'QFrame[surface="ink"], QFrame[surface="ink_frame"] {{ background: {c["text"]}; border: 0; }}',
        f'QFrame[surface="ink"] QLabel {{ color: {c["surface"]}; }}',
        *(f'QFrame[surface="{line}"] {{ background: {c[line]}; border: 0; }}' for line in ("line", "line_strong")),
        "QScrollArea, QScrollArea > QWidget > QWidget#scrolled, QStackedWidget { border: 0; background: transparent; }",
        f"QSplitter::handle {{ background: {c['line']}; }}",
        f"QStatusBar {{ background: {c['canvas']}; border-top: 1px solid {c['line']}; color: {c['muted']}; }}",
        "QStatusBar::item { border: 0; }",
    ]
    return "\n".join(rules)


def _labels(tokens: Tokens, metrics: Metrics) -> str:
    c = tokens.colour
    rules = [f'QLabel[colour="{name}"] {{ color: {c[name]}; }}' for name in _TEXT_COLOURS]
    rules += [f'QLabel[textsize="{name}"] {{ font-size: {metrics.text(name)}px; }}' for name in tokens.scale]
    rules += [
        'QLabel[bold="true"] { font-weight: 700; }',
        'QLabel[bold="false"] { font-weight: 400; }',
        f"QLabel#kbd {{ color: {c['muted']}; border: 1px solid {c['line']}; border-radius: {metrics.radius('chip')}px;"
        f" padding: 0 {metrics.space(5)}px; background: {c['sunken']}; font-size: {metrics.text('caption')}px; }}",
        f"QLabel#badge {{ color: {c['alert_text']}; background: {c['alert_soft']}; font-weight: 700;"
        f" border-radius: {metrics.radius('chip')}px; padding: 0 {metrics.space(6)}px;"
        f" font-size: {metrics.text('caption')}px; }}",
    ]
    return "\n".join(rules)


def _buttons(tokens: Tokens, metrics: Metrics, images: Mapping[str, str]) -> str:
    c = tokens.colour
    inner = metrics.size("control") - 2
    touch = metrics.size("touch") - 2
    corner = metrics.radius("control")
    side, quiet_side, touch_side = metrics.space(12), metrics.space(8), metrics.space(18)
    return f"""
QPushButton {{ min-height: {inner}px; padding: 0 {side}px; border-radius: {corner}px;
    border: 1px solid {c["line_strong"]}; background: {c["surface"]}; color: {c["text"]}; }}
QPushButton:hover {{ background: {c["hover"]}; }}
QPushButton:pressed {{ background: {c["selected"]}; }}
QPushButton:checked {{ background: {c["accent_soft"]}; border-color: {c["accent"]}; }}
QPushButton[kind="primary"] {{ background: {c["accent"]}; border-color: {c["accent"]}; color: {c["on_accent"]};
    font-weight: 700; }}
QPushButton[kind="primary"]:hover {{ background: {c["accent_hover"]}; border-color: {c["accent_hover"]}; }}
QPushButton[kind="primary"]:pressed {{ background: {c["accent_press"]}; border-color: {c["accent_press"]}; }}
QPushButton[kind="quiet"] {{ background: transparent; border-color: transparent; color: {c["accent"]};
    padding: 0 {quiet_side}px; }}
QPushButton[kind="quiet"]:hover {{ background: {c["hover"]}; }}
QPushButton[kind="quiet"]:pressed {{ background: {c["selected"]}; }}
QPushButton[kind="link"] {{ background: transparent; border: 0; color: {c["accent"]}; padding: 0; text-align: left;
    min-height: {metrics.px(1.43)}px; }}
QPushButton[kind="link"]:hover {{ color: {c["accent_hover"]}; text-decoration: underline; }}
QPushButton[kind="card"] {{ text-align: left; padding: 0; border-radius: {metrics.radius("panel")}px; }}
QPushButton[kind="card"]:checked {{ background: {c["accent_soft"]}; border: 2px solid {c["accent"]}; }}
QPushButton[kind="danger"] {{ color: {c["alert_text"]}; border-color: {c["alert"]}; }}
QPushButton[kind="danger"]:hover {{ background: {c["alert_soft"]}; }}
QPushButton[kind="on_ink"] {{ background: transparent; border-color: {c["line_strong"]}; color: {c["surface"]}; }}
QPushButton[kind="on_ink"]:hover, QPushButton[kind="on_ink"]:pressed {{ border-color: {c["surface"]}; }}
QPushButton[kind="on_ink_first"] {{ background: {c["surface"]}; border-color: {c["surface"]}; color: {c["text"]};
    font-weight: 700; }}
QPushButton[touch="true"] {{ min-height: {touch}px; padding: 0 {touch_side}px;
    font-size: {metrics.text("visit_body")}px; }}
QPushButton[leading="true"] {{ text-align: left; padding: 0 {side}px; }}
QPushButton[filter="on"] {{ background: {c["accent_soft"]}; border-color: {c["accent"]}; color: {c["accent"]}; }}
QPushButton[finder="true"] {{ background: {c["sunken"]}; text-align: left; padding: 0 {quiet_side}px;
    color: {c["muted"]}; }}
QPushButton:disabled, QPushButton[kind="primary"]:disabled, QPushButton[kind="danger"]:disabled {{
    color: {c["faint"]}; border-color: {c["line"]}; background: {c["canvas"]}; font-weight: 400; }}
QPushButton:checked:disabled {{ color: {c["text"]}; border-color: {c["accent"]}; background: {c["accent_soft"]}; }}
QPushButton[kind="quiet"]:disabled, QPushButton[kind="link"]:disabled {{ color: {c["faint"]};
    background: transparent; border-color: transparent; }}
QPushButton::menu-indicator {{ {_image(images, "chevron")} width: {metrics.space(16)}px; height: {metrics.space(16)}px;
    subcontrol-origin: padding; subcontrol-position: center right; right: {metrics.space(8)}px; }}
QPushButton[ownarrow="true"]::menu-indicator {{ image: none; width: 0; }}
QToolButton {{ border: 1px solid transparent; border-radius: {corner}px; background: transparent;
    padding: {metrics.space(5)}px; color: {c["text"]}; }}
QToolButton:hover {{ background: {c["hover"]}; }}
QToolButton:pressed {{ background: {c["selected"]}; }}
QToolButton:checked {{ background: {c["accent_soft"]}; border-color: {c["accent"]}; }}
QToolButton:disabled {{ color: {c["faint"]}; }}
QToolButton::menu-indicator {{ image: none; width: 0; }}
QTabBar QToolButton {{ padding: 0; background: {c["surface"]}; border: 1px solid {c["line"]}; }}
QTabBar QToolButton::left-arrow {{ {_image(images, "left")} }}
QTabBar QToolButton::right-arrow {{ {_image(images, "right")} }}
QTabBar::scroller {{ width: {metrics.px(3.4)}px; }}
"""


def _fields(tokens: Tokens, metrics: Metrics, images: Mapping[str, str]) -> str:
    c = tokens.colour
    inner = metrics.size("control") - 2
    corner = metrics.radius("control")
    pad, block = metrics.space(8), metrics.space(5)
    named = _FIELDS.split(", ")

    def of(state: str) -> str:
        return ", ".join(f"{name}{state}" for name in named)

    return f"""
{_FIELDS} {{ border: 1px solid {c["line_strong"]}; border-radius: {corner}px; background: {c["surface"]};
    color: {c["text"]}; padding: 0 {pad}px; min-height: {inner}px; placeholder-text-color: {c["muted"]};
    selection-background-color: {c["accent"]}; selection-color: {c["on_accent"]}; }}
QPlainTextEdit, QTextEdit {{ padding: {block}px {max(2, pad - 4)}px; }}
{of(":focus")} {{ border: 2px solid {c["accent"]}; padding: 0 {pad - 1}px; min-height: {inner - 2}px; }}
QPlainTextEdit:focus, QTextEdit:focus {{ padding: {block - 1}px {max(1, pad - 5)}px; }}
{of('[state="fault"]')} {{ border: 2px solid {c["alert"]}; padding: 0 {pad - 1}px; min-height: {inner - 2}px; }}
QPlainTextEdit[state="fault"], QTextEdit[state="fault"] {{ padding: {block - 1}px {max(1, pad - 5)}px; }}
{of(":disabled")} {{ color: {c["faint"]}; border-color: {c["line"]}; background: {c["canvas"]}; }}
{of('[readOnly="true"]')} {{ background: {c["sunken"]}; border-color: {c["line"]}; }}
QLineEdit[large="true"] {{ font-size: {metrics.text("visit_figure")}px; font-weight: 700; }}
QLineEdit[plain="true"] {{ border: 0; background: transparent; min-height: {metrics.px(3.14)}px; padding: 0;
    font-size: {metrics.px(1.3)}px; }}
QComboBox::drop-down {{ border: 0; width: {metrics.space(24)}px; subcontrol-origin: padding; }}
QComboBox::down-arrow {{ {_image(images, "chevron")} width: {metrics.space(16)}px; height: {metrics.space(16)}px; }}
QComboBox {{ combobox-popup: 0; }}
QComboBox QAbstractItemView, QAbstractItemView#completions {{ background: {c["raised"]}; color: {c["text"]};
    border: 1px solid {c["line_strong"]}; selection-background-color: {c["selected"]}; selection-color: {c["text"]};
    padding: {metrics.space(4)}px 0; }}
QAbstractItemView#completions {{ padding: 0; }}
QComboBox QAbstractItemView::item, QAbstractItemView#completions::item {{ min-height: {metrics.px(2)}px;
    padding: 0 {pad}px; }}
QComboBox QAbstractItemView::item:selected, QAbstractItemView#completions::item:selected {{
    background: {c["selected"]}; color: {c["text"]}; }}
"""


def _choices(tokens: Tokens, metrics: Metrics, images: Mapping[str, str]) -> str:
    c = tokens.colour
    box = metrics.space(16)
    return f"""
QCheckBox, QRadioButton {{ spacing: {metrics.space(8)}px; color: {c["text"]}; background: transparent;
    min-height: {metrics.space(24)}px; }}
QCheckBox:disabled, QRadioButton:disabled {{ color: {c["faint"]}; }}
QCheckBox::indicator, QMenu::indicator:non-exclusive, QAbstractItemView::indicator {{ width: {box}px; height: {box}px;
    border: 1px solid {c["line_strong"]}; border-radius: 3px; background: {c["surface"]}; }}
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked {{ background: {c["accent"]};
    border-color: {c["accent"]}; {_image(images, "tick")} }}
QCheckBox::indicator:indeterminate, QAbstractItemView::indicator:indeterminate {{ background: {c["accent"]};
    border-color: {c["accent"]}; {_image(images, "dash")} }}
QCheckBox::indicator:disabled {{ border-color: {c["line"]}; background: {c["canvas"]}; }}
QRadioButton::indicator {{ width: {box}px; height: {box}px; border: 1px solid {c["line_strong"]};
    border-radius: {box // 2 + 1}px; background: {c["surface"]}; }}
QRadioButton::indicator:checked {{ border: {metrics.space(5)}px solid {c["accent"]}; width: {box - metrics.space(8)}px;
    height: {box - metrics.space(8)}px; border-radius: {box // 2 + 1}px; }}
"""


def _views(tokens: Tokens, metrics: Metrics, images: Mapping[str, str]) -> str:
    c = tokens.colour
    pad = metrics.space(10)
    return f"""
QAbstractItemView {{ border: 0; background: {c["surface"]}; color: {c["text"]}; outline: 0;
    selection-background-color: {c["selected"]}; selection-color: {c["text"]}; }}
QAbstractItemView[ground="raised"] {{ background: {c["raised"]}; }}
QAbstractItemView[ground="sunken"] {{ background: {c["sunken"]}; }}
QAbstractItemView[ground="canvas"] {{ background: {c["canvas"]}; }}
QHeaderView {{ background: {c["surface"]}; border: 0; }}
QHeaderView::section {{ background: {c["surface"]}; color: {c["muted"]}; border: 0;
    border-bottom: 1px solid {c["line_strong"]}; padding: 0 {pad}px; font-weight: 700; }}
QHeaderView::section:hover {{ color: {c["text"]}; }}
QHeaderView::down-arrow {{ {_image(images, "down")} width: {metrics.space(14)}px; height: {metrics.space(14)}px;
    subcontrol-position: center right; right: {metrics.space(2)}px; }}
QHeaderView::up-arrow {{ {_image(images, "up")} width: {metrics.space(14)}px; height: {metrics.space(14)}px;
    subcontrol-position: center right; right: {metrics.space(2)}px; }}
QTableCornerButton::section {{ background: {c["surface"]}; border: 0; }}
QScrollBar:vertical {{ width: {metrics.space(12)}px; background: transparent; margin: 0; border: 0; }}
QScrollBar:horizontal {{ height: {metrics.space(12)}px; background: transparent; margin: 0; border: 0; }}
QScrollBar::handle {{ background: {c["line_strong"]}; border-radius: {metrics.space(3)}px;
    margin: {metrics.space(3)}px; }}
QScrollBar::handle:hover {{ background: {c["muted"]}; }}
QScrollBar::handle:vertical {{ min-height: {metrics.space(32)}px; }}
QScrollBar::handle:horizontal {{ min-width: {metrics.space(32)}px; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent;
    border: 0; width: 0; height: 0; }}
QAbstractScrollArea::corner {{ background: transparent; border: 0; }}
"""


def _menus(tokens: Tokens, metrics: Metrics, images: Mapping[str, str]) -> str:
    c = tokens.colour
    return f"""
QMenu {{ background: {c["raised"]}; color: {c["text"]}; border: 1px solid {c["line_strong"]};
    padding: {metrics.space(4)}px 0; }}
QMenu::item {{ min-height: {metrics.px(2)}px; padding: 0 {metrics.space(24)}px 0 {metrics.space(16)}px; }}
QMenu::item:selected {{ background: {c["selected"]}; color: {c["text"]}; }}
QMenu::item:disabled {{ color: {c["faint"]}; }}
QMenu::icon {{ padding-left: {metrics.space(10)}px; }}
QMenu::separator {{ height: 1px; background: {c["line"]}; margin: {metrics.space(4)}px 0; }}
QMenu::indicator {{ width: {metrics.space(16)}px; height: {metrics.space(16)}px; left: {metrics.space(10)}px; }}
QMenu::indicator:non-exclusive:checked {{ background: {c["accent"]}; border-color: {c["accent"]};
    {_image(images, "tick")} }}
QMenu::indicator:exclusive {{ border: 0; background: transparent; image: none; }}
QMenu::indicator:exclusive:checked {{ {_image(images, "menu_tick")} }}
QMenuBar {{ background: {c["surface"]}; color: {c["text"]}; }}
QMenuBar::item {{ padding: {metrics.space(4)}px {metrics.space(8)}px; background: transparent; }}
QMenuBar::item:selected {{ background: {c["selected"]}; }}
QToolTip {{ background: {c["raised"]}; color: {c["text"]}; border: 1px solid {c["line_strong"]};
    padding: {metrics.space(4)}px {metrics.space(6)}px; }}
"""


def _small_parts(tokens: Tokens, metrics: Metrics, images: Mapping[str, str]) -> str:
    c = tokens.colour
    bar = metrics.space(6)
    tab_bar = int(tokens.line["tab_bar"])
    return f"""
QTabBar[tabs="top"]::tab {{ height: {metrics.size("top_bar") - 2 * tab_bar}px; padding: 0 {metrics.space(12)}px;
    border: 0; border-top: {tab_bar}px solid transparent; border-bottom: {tab_bar}px solid transparent;
    color: {c["muted"]}; background: {c["surface"]}; }}
QTabBar[tabs="top"]::tab:selected {{ color: {c["text"]}; border-bottom-color: {c["accent"]}; font-weight: 700; }}
QTabBar[tabs="top"]::tab:hover:!selected {{ color: {c["text"]}; background: {c["hover"]}; }}
QProgressBar {{ border: 0; border-radius: {bar // 2}px; background: {c["line"]}; min-height: {bar}px;
    max-height: {bar}px; text-align: center; }}
QProgressBar::chunk {{ background: {c["accent"]}; border-radius: {bar // 2}px; }}
QCalendarWidget QWidget {{ background: {c["raised"]}; color: {c["text"]}; }}
QCalendarWidget QAbstractItemView {{ background: {c["raised"]}; color: {c["text"]};
    selection-background-color: {c["accent"]}; selection-color: {c["on_accent"]}; }}
QCalendarWidget QAbstractItemView:disabled {{ color: {c["faint"]}; }}
QCalendarWidget QToolButton {{ font-weight: 700; min-height: {metrics.px(1.7)}px; }}
QCalendarWidget QToolButton#qt_calendar_prevmonth {{ qproperty-icon: none; {_image(images, "left")} }}
QCalendarWidget QToolButton#qt_calendar_nextmonth {{ qproperty-icon: none; {_image(images, "right")} }}
QCalendarWidget QSpinBox {{ min-width: {metrics.px(5)}px; }}
"""
