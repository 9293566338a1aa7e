"""The application's style sheet, written from tokens.

Widgets choose their look by properties, never by colours of their own:

- `QLabel[role]`: h1, section, caption, muted, faint, error
- `QPushButton[kind]`: primary, chip, pill, ghost, danger · `QLineEdit[kind]`: num, bare
- `QWidget[surface]`: rail, status, panel, canvas, topbar, card, code, input; `edge`: top, bottom, left, right
- `focusRing="true"` is set by `app.theme.focus.FocusRing` while a widget has the *keyboard's* focus.
"""

from dataclasses import asdict
from string import Template

from app.resource_paths import resource
from app.theme.fonts import heading_weight
from app.theme.tokens import Tokens

_SURFACES = """
QWidget[surface="rail"], QWidget[surface="status"] { background: $bg0; }
QWidget[surface="panel"] { background: $bg1; }
QWidget[surface="canvas"], QWidget[surface="topbar"] { background: $bg2; }
QWidget[surface="card"] { background: $bg3; border: 1px solid $line; border-radius: ${radius_card}px; }
QWidget[surface="input"] { background: $bg3; border: 1px solid $line2; border-radius: ${radius_bubble}px; }
QWidget[surface="input"][focusWithin="true"] { border-color: $accent; }
QWidget[surface="card"][elevated="true"] { border-color: $line2; }
QWidget[surface="banner"] { background: $bg3; border: 0; border-bottom: 1px solid $line; }
QWidget[surface="banner"][focusRing="true"] { border-bottom-color: $accent; }
QWidget[surface="code"] { background: $code; border: 1px solid $line; border-radius: ${radius_card}px; }
QWidget[edge="top"] { border-top: 1px solid $line; }
QWidget[edge="bottom"] { border-bottom: 1px solid $line; }
QWidget[edge="left"] { border-left: 1px solid $line; }
QWidget[edge="right"] { border-right: 1px solid $line; }
QFrame[role="line"] { background: $line; border: 0; }
"""

_LABELS = """
QLabel { background: transparent; }
QLabel[role="h1"] { font-size: ${text_l}px; font-weight: $heading_weight; }
QLabel[role="title"] { font-size: ${text_h}px; font-weight: $heading_weight; }
QLabel[role="section"] { color: $fg2; font-size: ${text_s}px; font-weight: $heading_weight; }
QLabel[role="caption"] { color: $fg3; font-size: ${text_xs}px; font-weight: 500; }
QLabel[role="muted"] { color: $fg2; font-size: ${text_s}px; }
QLabel[role="faint"] { color: $fg3; font-size: ${text_s}px; }
QLabel[role="body"] { color: $fg; font-size: ${text_m}px; }
QLabel[role="heading"] { font-size: ${text_xl}px; font-weight: $heading_weight; }
QLabel[role="prose"] { color: $fg; font-size: ${text_l}px; }
QLabel[role="strong"] { font-weight: $heading_weight; }
QLabel[role="error"] { color: $error; font-size: ${text_s}px; }
QLabel[role="warn"] { color: $warn; font-size: ${text_s}px; }
QLabel[role="tag"] { color: $fg2; background: $bg4; border-radius: ${radius_tag}px; padding: 1px 5px;
    font-size: ${text_xs}px; font-weight: 500; }
QLabel[role="key"] { color: $fg2; background: $bg3; border: 1px solid $line2; border-radius: ${radius_tag}px;
    padding: 1px 6px; font-size: ${text_xs}px; font-weight: 500; }
"""

_BUTTONS = """
QToolButton { background: transparent; color: $fg2; border: 1px solid transparent;
    border-radius: ${radius_control}px; padding: 5px; }
QToolButton:hover { background: $bg4; color: $fg; }
QToolButton:pressed, QToolButton:checked { background: $bg5; color: $fg; }
QToolButton:disabled { color: $fg3; }
QToolButton[focusRing="true"] { border-color: $accent; }
QToolButton::menu-indicator { image: none; width: 0; }
QPushButton { background: $bg3; color: $fg; border: 1px solid $line2; border-radius: ${radius_control}px;
    padding: 0 12px; min-height: 28px; font-weight: 500; }
QPushButton:hover { background: $bg4; }
QPushButton:pressed, QPushButton:checked { background: $bg5; }
QPushButton:disabled { color: $fg3; border-color: $line; }
QPushButton[focusRing="true"] { border-color: $accent; }
QPushButton::menu-indicator { image: none; width: 0; }
QPushButton[kind="primary"] { background: $accent_fill; border-color: $accent_fill; color: $on_accent; }
QPushButton[kind="primary"]:hover { background: $accent_fill_hover; border-color: $accent_fill_hover; }
QPushButton[kind="primary"]:disabled { background: $bg4; border-color: $bg4; color: $fg3; }
QPushButton[kind="primary"][focusRing="true"] { border-color: $fg; }
QPushButton[kind="danger"] { color: $error; }
QPushButton[kind="ghost"] { background: transparent; border-color: transparent; color: $fg2; }
QPushButton[kind="ghost"]:hover { background: $bg4; color: $fg; }
QPushButton[kind="ghost"]:checked { background: $bg5; color: $fg; }
QPushButton[kind="ghost"][focusRing="true"] { border-color: $accent; }
QPushButton[kind="link"] { background: transparent; border-color: transparent; color: $accent_text;
    padding: 0 4px; }
QPushButton[kind="link"]:hover { text-decoration: underline; }
QPushButton[kind="link"][focusRing="true"] { border-color: $accent; }
QPushButton[kind="pill"] { border-radius: 14px; min-height: 26px; padding: 0 10px 0 8px;
    font-size: ${text_s}px; }
QPushButton[kind="chip"] { background: transparent; border-radius: 13px; min-height: 24px; padding: 0 9px;
    color: $fg2; font-size: ${text_s}px; }
QPushButton[kind="chip"]:hover { background: $bg4; color: $fg; }
QPushButton[kind="chip"]:checked { background: $accent_soft; color: $accent_text; border-color: $accent; }
QPushButton[kind="chip"][focusRing="true"] { border-color: $accent; }
"""

_INPUTS = """
QLineEdit, QAbstractSpinBox, QComboBox { background: $bg2; color: $fg; border: 1px solid $line2;
    border-radius: ${radius_control}px; min-height: 28px; padding: 0 8px;
    selection-background-color: $accent_fill; selection-color: $on_accent; }
QLineEdit:focus, QAbstractSpinBox:focus, QComboBox:focus { border-color: $accent; }
QLineEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled { color: $fg3; background: $bg1; }
QLineEdit[invalid="true"], QAbstractSpinBox[invalid="true"] { border-color: $error; }
QLineEdit[kind="num"] { min-height: 22px; max-height: 22px; padding: 0 6px; background: transparent;
    border-color: transparent; }
QLineEdit[kind="num"]:hover { border-color: $line2; background: $bg2; }
QLineEdit[kind="num"]:focus { border-color: $accent; background: $bg2; }
QLineEdit[kind="palette"] { background: transparent; border: 0; border-bottom: 1px solid $line;
    border-radius: 0; min-height: 44px; padding: 0 16px; font-size: ${text_l}px; }
QLineEdit[kind="bare"] { background: transparent; border: 0; padding: 0; }
QAbstractSpinBox QLineEdit { min-height: 0; padding: 0; border: 0; background: transparent; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { width: 18px; border: 0;
    background: transparent; }
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover { background: $bg4; }
QAbstractSpinBox::up-arrow { image: url("$images/chevron-up.svg"); width: 10px; height: 10px; }
QAbstractSpinBox::down-arrow { image: url("$images/chevron-down.svg"); width: 10px; height: 10px; }
QComboBox { padding-right: 24px; }
QComboBox:hover { background: $bg4; }
QComboBox::drop-down { border: 0; width: 24px; }
QComboBox::down-arrow { image: url("$images/chevron-down.svg"); width: 12px; height: 12px; }
QComboBox QAbstractItemView { background: $bg3; color: $fg; border: 1px solid $line2; padding: 4px;
    selection-background-color: $bg5; selection-color: $fg; }
QPlainTextEdit, QTextEdit, QTextBrowser { background: $bg2; color: $fg; border: 1px solid $line2;
    border-radius: ${radius_control}px; selection-background-color: $accent_fill;
    selection-color: $on_accent; }
QPlainTextEdit:focus, QTextEdit:focus { border-color: $accent; }
QPlainTextEdit[kind="bare"], QTextEdit[kind="bare"], QTextBrowser { background: transparent; border: 0; }
QTextBrowser[focusRing="true"] { border: 1px solid $accent; }
QCheckBox, QRadioButton { color: $fg; spacing: 8px; background: transparent; }
QCheckBox:disabled, QRadioButton:disabled { color: $fg3; }
QCheckBox::indicator, QRadioButton::indicator, QListView::indicator { width: 14px; height: 14px;
    border: 1px solid $fg3; background: $bg2; }
QCheckBox::indicator, QListView::indicator { border-radius: ${radius_tag}px; }
QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: $accent; }
QCheckBox[focusRing="true"]::indicator, QRadioButton[focusRing="true"]::indicator { border-color: $accent; }
QCheckBox::indicator:checked, QListView::indicator:checked { background: $accent_fill;
    border-color: $accent_fill; image: url("$images/check.svg"); }
QCheckBox[focusRing="true"]::indicator:checked { border-color: $fg; }
QCheckBox::indicator:indeterminate { background: $accent_fill; border-color: $accent_fill;
    image: url("$images/minus.svg"); }
QRadioButton::indicator:checked { border: 4px solid $accent_fill; width: 8px; height: 8px;
    background: $on_accent; }
QSlider { min-height: 18px; background: transparent; }
QSlider::groove:horizontal { height: 4px; background: $track; border-radius: 2px; }
QSlider::sub-page:horizontal { background: $accent; border-radius: 2px; }
QSlider::handle:horizontal { width: 12px; height: 12px; margin: -5px 0; border-radius: 7px;
    background: $on_accent; border: 1px solid $fg3; }
QSlider::handle:horizontal:hover { border-color: $accent; }
QSlider[focusRing="true"]::handle:horizontal { border: 2px solid $accent; width: 10px; height: 10px; }
QSlider::sub-page:horizontal:disabled { background: $fg3; }
QProgressBar { background: $track; border: 0; border-radius: 3px; min-height: 6px; max-height: 6px;
    color: transparent; text-align: center; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
"""

_VIEWS = """
QAbstractItemView { background: transparent; color: $fg; border: 0; alternate-background-color: $bg1;
    selection-background-color: $bg5; selection-color: $fg; outline: 0; }
QAbstractItemView:window { background: $bg3; border: 1px solid $line2; }
QListView::item, QTreeView::item { min-height: 28px; padding: 0 8px; border-radius: ${radius_control}px; }
QListView::item:hover, QTreeView::item:hover { background: $bg4; }
QListView::item:selected, QTreeView::item:selected, QTableView::item:selected { background: $bg5;
    color: $fg; }
QAbstractItemView[focusRing="true"] { border: 1px solid $accent; border-radius: ${radius_control}px; }
QTableView { gridline-color: $line; }
QTableView::item { padding: 0 5px; border-bottom: 1px solid $line; }
QHeaderView { background: transparent; border: 0; }
QHeaderView::section { background: transparent; color: $fg2; border: 0; border-bottom: 1px solid $line;
    padding: 6px 8px; font-size: ${text_s}px; font-weight: $heading_weight; }
QTreeView::branch { background: transparent; }
QTreeView::branch:has-children:closed { image: url("$images/chevron-right.svg"); }
QTreeView::branch:has-children:open { image: url("$images/chevron-down.svg"); }
QTableCornerButton::section { background: transparent; border: 0; }
QScrollArea { background: transparent; border: 0; }
QScrollArea[focusRing="true"] { border: 1px solid $accent; border-radius: ${radius_control}px; }
QAbstractScrollArea::corner { background: transparent; border: 0; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 2px; border: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 2px; border: 0; }
QScrollBar::handle { background: $bg5; border-radius: 3px; }
QScrollBar::handle:vertical { min-height: 36px; }
QScrollBar::handle:horizontal { min-width: 36px; }
QScrollBar::handle:hover, QScrollBar::handle:pressed { background: $fg3; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page
    { background: none; border: 0; height: 0; width: 0; }
QTabWidget::pane { border: 0; border-top: 1px solid $line; }
QTabBar { background: transparent; border: 0; }
QTabBar::tab { background: transparent; color: $fg2; border: 0; border-bottom: 2px solid transparent;
    padding: 0 2px; margin: 0 9px; min-height: 34px; font-size: ${text_s}px; font-weight: 500; }
QTabBar::tab:selected { color: $fg; border-bottom-color: $accent; }
QTabBar::tab:hover { color: $fg; }
QTabBar::scroller { width: 44px; }
QTabBar::tear { width: 0; border: 0; }
QTabBar QToolButton { background: $bg1; border: 1px solid transparent; border-radius: 0;
  margin: 0; padding: 0; }
QTabBar QToolButton:hover, QTabBar QToolButton:focus { background: $bg4; }
QTabBar QToolButton::left-arrow { image: url("$images/chevron-left.svg"); }
QTabBar QToolButton::right-arrow { image: url("$images/chevron-right.svg"); }
QTabBar::tab:disabled { color: $fg3; }
QTabBar[focusRing="true"]::tab:selected { color: $accent_text; background: $bg4; }
QSplitter::handle { background: transparent; }
QGroupBox { border: 1px solid $line; border-radius: ${radius_card}px; margin-top: 20px; padding: 12px; }
QGroupBox::title { subcontrol-origin: margin; color: $fg2; padding: 0 4px; }
"""

_WINDOWS = """
QToolTip { background: $bg3; color: $fg; border: 1px solid $line2; padding: 5px 8px; }
QMenuBar { background: $bg0; color: $fg2; border: 0; border-bottom: 1px solid $line; padding: 2px 8px; }
QMenuBar::item { background: transparent; padding: 4px 9px; border-radius: ${radius_tag}px; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: $bg4; color: $fg; }
QMenu { background: $bg3; color: $fg; border: 1px solid $line2; border-radius: ${radius_card}px;
    padding: 5px; }
QMenu::item { padding: 6px 28px 6px 10px; border-radius: ${radius_tag}px; min-height: 16px; }
QMenu::item:selected { background: $bg5; }
QMenu::item:disabled { color: $fg3; }
QMenu::separator { height: 1px; background: $line; margin: 5px 4px; }
QMenu::icon { padding-left: 8px; }
QMenu::indicator { width: 14px; height: 14px; padding-left: 8px; }
QMenu::indicator:checked { image: url("$images/menu-check.svg"); }
QMenu::right-arrow { image: url("$images/chevron-right.svg"); width: 12px; height: 12px; margin-right: 6px; }
QDialog, QMessageBox { background: $bg2; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QDockWidget { color: $fg2; }
QStatusBar { background: $bg0; color: $fg2; border-top: 1px solid $line; }
QMainWindow { background: $bg2; }
"""

_TEMPLATE = Template(_SURFACES + _LABELS + _BUTTONS + _INPUTS + _VIEWS + _WINDOWS)


def style_sheet(tokens: Tokens) -> str:
    """QSS for every stock widget and for the properties above."""
    images = resource("themes", tokens.name).as_posix()
    return _TEMPLATE.substitute(asdict(tokens), images=images, heading_weight=heading_weight().value)
