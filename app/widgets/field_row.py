"""A field with buttons beside it."""

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.widgets.text_button import TextButton, show_words_where

_SPACING = 8
_COMFORT, _LEAST = 140, 64
"""Logical pixels of the field: below the first, the buttons give up their words."""


class FieldRow(QWidget):
    """The buttons show their icons alone where the words would take the field's room."""

    def __init__(self, field: QWidget, buttons: Sequence[TextButton], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field, self._buttons = field, tuple(buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_SPACING)
        row.addWidget(field, 1)
        for button in self._buttons:
            row.addWidget(button)
        self.setFocusProxy(field)

    def minimumSizeHint(self) -> QSize:
        shown = [button for button in self._buttons if not button.isHidden()]
        width = _LEAST + sum(button.bare_width() + _SPACING for button in shown)
        return QSize(width, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        shown = [button for button in self._buttons if not button.isHidden()]
        show_words_where(self.width() - _COMFORT - _SPACING * len(shown), shown)
