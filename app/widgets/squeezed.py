"""Text that has less room than it needs."""

from PySide6.QtWidgets import QWidget


def explain_squeezed(widget: QWidget, text: str, *, squeezed: bool) -> None:
    """The whole text as tooltip while it is not shown whole, where the owner has not set another."""
    if squeezed and not widget.toolTip():
        widget.setToolTip(text)
    elif not squeezed and widget.toolTip() == text:
        widget.setToolTip("")
