"""The theme of the running program: which tokens hold now, and who is told when they change."""

from dataclasses import replace
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QToolTip

from app.theme.fonts import set_chinese, ui_font
from app.theme.icons import set_icon_tokens
from app.theme.stylesheet import style_sheet
from app.theme.tokens import DARK, LIGHT, Tokens

Mode = Literal["dark", "light", "system"]

SIZE_STEPS = (-1, 0, 1, 2, 3)
"""Offered changes of every text size, in pixels."""


class Theme(QObject):
    """Tokens of the moment. Widgets that paint by hand keep a reference and repaint on `changed`."""

    changed = Signal()

    def __init__(self, mode: Mode = "system", size_step: int = 0, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._mode: Mode = mode
        self._size_step = size_step
        self._reduced_motion = False
        self._application: QApplication | None = None
        self._tokens = self._resolve()
        # Linux desktops answer late: the first value is Unknown, the true one arrives as a change.
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)

    @property
    def tokens(self) -> Tokens:
        return self._tokens

    @property
    def mode(self) -> Mode:
        return self._mode

    @property
    def size_step(self) -> int:
        """Pixels added to every text size."""
        return self._size_step

    @property
    def reduced_motion(self) -> bool:
        """Whether widgets should jump instead of animate."""
        return self._reduced_motion

    def set_reduced_motion(self, reduced: bool) -> None:
        self._reduced_motion = reduced

    def set_mode(self, mode: Mode) -> None:
        """Switch at once; `changed` follows when a colour changes."""
        self._mode = mode
        self._update()

    def set_size_step(self, step: int) -> None:
        """Make all text larger or smaller by `step` pixels."""
        self._size_step = max(SIZE_STEPS[0], min(SIZE_STEPS[-1], step))
        self._update()

    def set_chinese(self, chinese: bool) -> None:
        """Fonts for a Chinese interface, or for another one."""
        if set_chinese(chinese):
            self._dress()
            self.changed.emit()

    def install(self, application: QApplication) -> None:
        """Dress the application: style, palette, font, style sheet, icons. Again at every change."""
        self._application = application
        application.setStyle("Fusion")
        self._dress()

    def color(self, role: str) -> QColor:
        """The colour of a field of `Tokens`."""
        return QColor(getattr(self._tokens, role))

    def _follow_system(self, _scheme: Qt.ColorScheme) -> None:
        if self._mode == "system":
            self._update()

    def _update(self) -> None:
        tokens = self._resolve()
        if tokens == self._tokens:
            return
        self._tokens = tokens
        self._dress()
        self.changed.emit()

    def _resolve(self) -> Tokens:
        base = {"dark": DARK, "light": LIGHT}.get(self._mode) or _system_tokens()
        step = self._size_step
        if step == 0:
            return base
        return replace(
            base,
            text_xs=base.text_xs + step,
            text_s=base.text_s + step,
            text_m=base.text_m + step,
            text_l=base.text_l + step,
            text_xl=base.text_xl + step,
            text_h=base.text_h + step,
        )

    def _dress(self) -> None:
        set_icon_tokens(self._tokens)
        application = self._application
        if application is None:
            return
        application.setFont(ui_font(self._tokens.text_m))
        application.setPalette(palette(self._tokens))
        application.setStyleSheet(style_sheet(self._tokens))
        QToolTip.setFont(ui_font(self._tokens.text_s))


def _system_tokens() -> Tokens:
    light = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Light
    return LIGHT if light else DARK


def palette(tokens: Tokens) -> QPalette:
    """The same colours for everything that no style sheet rule reaches."""
    result = QPalette()
    role = QPalette.ColorRole
    for which, color in (
        (role.Window, tokens.bg2),
        (role.Base, tokens.bg2),
        (role.AlternateBase, tokens.bg1),
        (role.WindowText, tokens.fg),
        (role.Text, tokens.fg),
        (role.BrightText, tokens.fg),
        (role.Button, tokens.bg3),
        (role.ButtonText, tokens.fg),
        (role.Highlight, tokens.accent_fill),
        (role.HighlightedText, tokens.on_accent),
        (role.ToolTipBase, tokens.bg3),
        (role.ToolTipText, tokens.fg),
        (role.PlaceholderText, tokens.fg3),
        (role.Link, tokens.accent_text),
        (role.LinkVisited, tokens.accent_text),
        (role.Accent, tokens.accent),
        (role.Light, tokens.bg3),
        (role.Midlight, tokens.line2),
        (role.Mid, tokens.line2),
        (role.Dark, tokens.line),
        (role.Shadow, tokens.bg0),
    ):
        result.setColor(which, QColor(color))
    for which in (role.WindowText, role.Text, role.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, which, QColor(tokens.fg3))
    return result
