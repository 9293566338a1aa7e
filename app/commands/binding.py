"""Buttons that carry out commands."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton


def bind(button: QAbstractButton, action: QAction) -> None:
    """Make a button follow an action: click, check mark, enabled state, tooltip with the key, name."""

    def follow() -> None:
        button.setEnabled(action.isEnabled())
        button.setCheckable(action.isCheckable())
        button.setChecked(action.isChecked())
        button.setToolTip(action.toolTip())
        button.setAccessibleName(action.text())

    def carry_out() -> None:
        action.trigger()
        follow()

    def switched(on: bool) -> None:
        """Also what assistive technology does, which switches without a click."""
        if on != action.isChecked():
            carry_out()

    def clicked() -> None:
        if not action.isCheckable():
            carry_out()

    action.changed.connect(follow)
    button.toggled.connect(switched)
    button.clicked.connect(clicked)
    follow()
