"""Lucide icons, drawn from SVG in the colours of the theme, sharp at every scale.

An icon names a colour *role* (a field of `Tokens`), not a colour: after `set_icon_tokens` every icon that is
on the screen paints itself in the new colours. Like the palette, the tint belongs to the application.
"""

import logging
from functools import lru_cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.resource_paths import resource
from app.theme.tokens import DARK, Tokens

STROKE = 1.75
DISABLED_OPACITY = 0.45

_log = logging.getLogger(__name__)
_tokens = DARK


def set_icon_tokens(tokens: Tokens) -> None:
    """Give all icons the colours of a theme; the caller repaints."""
    global _tokens
    _tokens = tokens


def icon(name: str, role: str = "fg2", on_role: str = "fg", px_stroke: float = STROKE) -> QIcon:
    """An icon by its lucide name (“message-square”).

    `role` names the field of `Tokens` with its colour; checked buttons use `on_role`.
    """
    return QIcon(TintedIconEngine(name, role, on_role, px_stroke))


def draw_icon(
    painter: QPainter, name: str, rect: QRectF | QRect, color: QColor | str, stroke: float = STROKE
) -> None:
    """Paint an icon into `rect` (logical pixels) in any colour."""
    box = QRectF(rect)
    ratio = painter.device().devicePixelRatio()
    size = QSize(round(box.width() * ratio), round(box.height() * ratio))
    pixmap = _pixmap(name, QColor(color).name(QColor.NameFormat.HexRgb), size.width(), size.height(), stroke)
    painter.drawPixmap(box, pixmap, QRectF(pixmap.rect()))


class TintedIconEngine(QIconEngine):
    """Paints one SVG in a role's colour. Sizes come in logical pixels, results carry the device's."""

    def __init__(self, name: str, role: str, on_role: str, stroke: float) -> None:
        super().__init__()
        self._name = name
        self._role = role
        self._on_role = on_role
        self._stroke = stroke

    def clone(self) -> QIconEngine:
        return TintedIconEngine(self._name, self._role, self._on_role, self._stroke)

    def key(self) -> str:
        return "lathe"

    def iconName(self) -> str:
        return self._name

    def isNull(self) -> bool:
        return False

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        if mode == QIcon.Mode.Disabled:
            painter.setOpacity(painter.opacity() * DISABLED_OPACITY)
        draw_icon(painter, self._name, rect, self._color(state), self._stroke)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        pixmap = QPixmap(QSize(round(size.width() * scale), round(size.height() * scale)))
        pixmap.setDevicePixelRatio(scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return pixmap

    def _color(self, state: QIcon.State) -> QColor:
        role = self._on_role if state == QIcon.State.On else self._role
        return QColor(getattr(_tokens, role))


@lru_cache(maxsize=256)
def _source(name: str) -> str:
    path = resource("icons", f"{name}.svg")
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        _log.error("there is no icon called %s", name)
        return '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"/>'


@lru_cache(maxsize=1024)
def _pixmap(name: str, color: str, width: int, height: int, stroke: float) -> QPixmap:
    """The icon in device pixels."""
    svg = _source(name).replace("currentColor", color).replace('stroke-width="2"', f'stroke-width="{stroke}"')
    pixmap = QPixmap(max(1, width), max(1, height))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(pixmap.rect()))
    painter.end()
    return pixmap
