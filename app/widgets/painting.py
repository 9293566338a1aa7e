"""Shared strokes of the hand-painted controls: fonts by size, tinted brushes, boxes, the focus ring."""

from typing import Literal

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from app.theme.fonts import mono_font, ui_font
from app.theme.tokens import Tokens

TextSize = Literal["xs", "s", "m", "l", "xl", "h"]
NORMAL = QFont.Weight.Normal
MEDIUM = QFont.Weight.Medium
SEMIBOLD = QFont.Weight.DemiBold


def text_font(
    tokens: Tokens,
    size: TextSize = "s",
    weight: QFont.Weight = NORMAL,
    *,
    tabular: bool = False,
    mono: bool = False,
) -> QFont:
    """The interface (or code) font at one of the sizes of the theme."""
    px = int(getattr(tokens, f"text_{size}"))
    if not mono:
        return ui_font(px, weight, tabular)
    font = mono_font(px, weight)
    # No ligatures: “<|im_start|>” must look like what it is.
    font.setFeature(QFont.Tag("calt"), 0)
    return font


def color(tokens: Tokens, role: str, alpha: float = 1.0) -> QColor:
    """The colour of a token by its name, e.g. ``accent_soft``."""
    shade = QColor(str(getattr(tokens, role)))
    if alpha < 1.0:
        shade.setAlphaF(alpha)
    return shade


def rounded_box(
    painter: QPainter,
    rect: QRectF,
    radius: float,
    fill: QColor | None = None,
    border: QColor | None = None,
) -> None:
    """A filled and/or hairline-bordered rounded rectangle, the border inside `rect`."""
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    if border is None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(rect, radius, radius)
        return
    painter.setPen(QPen(border, 1.0))
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)


def focus_ring(painter: QPainter, rect: QRectF, radius: float, tokens: Tokens) -> None:
    """The visible keyboard focus: an accent outline inside `rect`."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(color(tokens, "accent"), 1.5))
    painter.drawRoundedRect(rect.adjusted(0.75, 0.75, -0.75, -0.75), radius, radius)
