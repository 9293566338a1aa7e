"""A quiet field for a number: type a value, or step with the arrow keys."""

import math
from collections.abc import Mapping

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.theme.theme import Theme
from app.widgets.painting import text_font


class NumberField(QLineEdit):
    """Shows its frame only under the pointer or the cursor.

    Up and Down step, Page Up and Page Down step ten times as far, Enter commits, Escape goes back.
    A value outside [minimum, maximum] is brought inside when committed. `set_words` shows a word instead of
    some values while the field has no focus, e.g. “off” for 0; the word can be typed too, and such a value
    may lie outside, e.g. “all” for 0 where the least is 512. `exact`: nothing is rounded; for values of any
    size, like learning rates.
    """

    number_changed = Signal(float)
    """By the user only."""

    def __init__(
        self,
        name: str,
        theme: Theme,
        *,
        minimum: float,
        maximum: float,
        step: float = 1.0,
        decimals: int = 0,
        width: int = 58,
        framed: bool = False,
        exact: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._minimum, self._maximum = minimum, maximum
        self._step, self._decimals = step, decimals
        self._number = minimum
        self._words: dict[float, str] = {}
        self._framed = framed
        self._exact = exact
        self._muted = False
        self._invalid = False
        self.setAccessibleName(name)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setFixedWidth(width)
        self.textEdited.connect(self._check)
        self.editingFinished.connect(self._commit)
        theme.changed.connect(self._restyle)
        self._restyle()
        self._show()

    def number(self) -> float:
        return self._number

    def set_number(self, number: float) -> None:
        """Show a value without emitting; kept as it is also outside the range."""
        self._number = number
        self._show()

    def set_limits(self, minimum: float, maximum: float) -> None:
        self._minimum, self._maximum = minimum, maximum

    def set_words(self, words: Mapping[float, str]) -> None:
        """Words shown for single values."""
        self._words = dict(words)
        self._show()

    def set_muted(self, muted: bool) -> None:
        if muted != self._muted:
            self._muted = muted
            self._restyle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Up: 1,
            Qt.Key.Key_Down: -1,
            Qt.Key.Key_PageUp: 10,
            Qt.Key.Key_PageDown: -10,
        }.get(Qt.Key(event.key()))
        if steps is not None:
            self._commit()
            self._take(self._number + steps * self._step)
            self._show(editing=True)
            self.selectAll()
            return
        if event.key() == Qt.Key.Key_Escape and (self._invalid or self.isModified()):
            self._show(editing=True)
            self.selectAll()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._show(editing=True)
        super().focusInEvent(event)
        self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show()

    def _parse(self) -> float | None:
        text = self.text().strip().replace("−", "-")
        for number, word in self._words.items():
            if text.casefold() == word.casefold():
                return number
        for candidate in (text, text.replace(",", ".")):
            try:
                value = float(candidate)
            except ValueError:
                continue
            return value if math.isfinite(value) else None
        local, ok = QLocale().toDouble(text)
        return local if ok and math.isfinite(local) else None

    def _check(self, _text: str) -> None:
        value = self._parse()
        self._set_invalid(value is None or value != self._inside(value))

    def _inside(self, value: float) -> float:
        return value if value in self._words else min(max(value, self._minimum), self._maximum)

    def _commit(self) -> None:
        if self.isModified():
            value = self._parse()
            if value is not None:
                self._take(value)
        self._show(editing=self.hasFocus())

    def _take(self, value: float) -> None:
        value = self._inside(value)
        if not self._exact:
            value = round(value, max(self._decimals, 6))
        if self._decimals == 0 and not self._exact:
            value = float(round(value))
        if value != self._number:
            self._number = value
            self.number_changed.emit(value)

    def _show(self, *, editing: bool = False) -> None:
        if not editing and self._number in self._words:
            text = self._words[self._number]
        elif self._exact:
            text = f"{self._number:.6g}"
        elif self._decimals == 0:
            text = str(round(self._number))
        else:
            text = f"{self._number:.{self._decimals}f}"
            if float(text) != self._number:
                text = f"{self._number:.6g}"
        self.setText(text)
        self.setModified(False)
        self._set_invalid(False)

    def _set_invalid(self, invalid: bool) -> None:
        if invalid != self._invalid:
            self._invalid = invalid
            self._restyle()

    def _restyle(self) -> None:
        tokens = self._theme.tokens
        font = text_font(tokens, "s", tabular=True)
        self.setFont(font)
        height = 24 if self._framed else 20
        edge = tokens.error if self._invalid else tokens.accent
        rest = tokens.line2 if self._framed else "transparent"
        ink = tokens.error if self._invalid else tokens.fg3 if self._muted else tokens.fg
        fill = tokens.bg2 if self._framed else "transparent"
        self.setStyleSheet(
            f"QLineEdit{{background:{fill};border:1px solid {rest};border-radius:{tokens.radius_tag}px;"
            f"padding:0 5px;min-height:{height}px;max-height:{height}px;"
            f"color:{ink};font-size:{font.pixelSize()}px;"
            f"selection-background-color:{tokens.accent_fill};selection-color:{tokens.on_accent};}}"
            f"QLineEdit:hover{{border-color:{tokens.line2};}}"
            f"QLineEdit:focus{{border-color:{edge};background:{tokens.bg2};color:"
            f"{tokens.error if self._invalid else tokens.fg};}}"
        )
