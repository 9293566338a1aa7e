"""How large a dialog opens."""

from PySide6.QtWidgets import QDialog

EDGE = 48
"""Logical pixels of the screen that stay free on both sides together: frame, title bar."""


def open_as_large_as(dialog: QDialog, width: int, height: int) -> None:
    """Give a dialog its size, or what its screen has: a small screen at 200 % is 960 × 540."""
    parent = dialog.parentWidget()
    room = (parent or dialog).screen().availableSize()
    dialog.resize(min(width, room.width() - EDGE), min(height, room.height() - EDGE))
