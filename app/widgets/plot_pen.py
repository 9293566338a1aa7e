"""Pens for plots whose content is scaled."""

from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QWidget


def plot_pen(shade: QColor, widget: QWidget) -> QPen:
    """One logical pixel wide on the screen of `widget`; ask again after `DevicePixelRatioChange`.

    Cosmetic, as a plot needs it, counts device pixels: a pen of 1 would be a hair at 200 %. At 100 % it stays
    1, since anything wider is many times slower.
    """
    pen = QPen(shade, max(1, round(widget.devicePixelRatioF())))
    pen.setCosmetic(True)
    return pen
