"""All heads of all layers as thumbnails: one picture, with a frame around the chosen one."""

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.theme.colormaps import index_table
from app.theme.focus import has_keyboard_focus
from app.theme.fonts import ui_font
from app.theme.theme import Theme
from app.widgets.described import describe_as
from app.widgets.painting import MEDIUM, SEMIBOLD, color, focus_ring

_LEFT, _BOTTOM, _GAP = 20, 16, 2
_LABEL_PX = 9
_LARGEST = 40
_STEEPEST = 1.3
"""Height of a thumbnail to its width, at most."""
_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class Mosaic(QWidget):
    """Layers across, heads down. Arrow keys, Home and End move the choice; a click chooses."""

    chosen = Signal(int, int)
    """Layer and head, by the user."""
    resized = Signal()
    """Thumbnails of another size are needed."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._layers = self._heads = 0
        self._layer = self._head = 0
        self._image: QImage | None = None
        self._hover: tuple[int, int] | None = None
        self._known: frozenset[int] = frozenset()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        describe_as(self, QAccessible.Role.Chart)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 60)
        theme.changed.connect(self._recolor)
        self._describe()

    def set_shape(self, layers: int, heads: int) -> None:
        if (layers, heads) != (self._layers, self._heads):
            self._layers, self._heads = layers, heads
            self._image = None
            self._describe()
            self.resized.emit()
            self.update()

    def set_choice(self, layer: int, head: int) -> None:
        self._layer, self._head = layer, head
        self._describe()
        self.update()

    def show_image(self, image: QImage | None, known_layers: tuple[int, ...]) -> None:
        """A picture made for `thumb_size` with `gap` pixels between the thumbnails."""
        self._image = image
        self._known = frozenset(known_layers)
        self._recolor()

    def thumb_size(self) -> tuple[int, int]:
        """Width and height of one thumbnail in device pixels."""
        if not self._layers or not self._heads:
            return 0, 0
        pitch = self._pitch()
        ratio = self.devicePixelRatioF()
        return max(2, round(pitch.x() * ratio) - self.gap()), max(2, round(pitch.y() * ratio) - self.gap())

    def gap(self) -> int:
        """Device pixels between thumbnails."""
        small = self._pitch().y() < 10 or self._pitch().x() < 8
        return max(1, round((1 if small else _GAP) * self.devicePixelRatioF()))

    def fitting_height(self) -> int:
        """As high as the thumbnails become at this width."""
        return round(self._pitch(1e6).y() * max(1, self._heads)) + _BOTTOM + 4

    def sizeHint(self) -> QSize:
        return QSize(440, 180)

    # events

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self._at(event.position())
        if found is not None and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(*found)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        found = self._at(event.position())
        if found != self._hover:
            self._hover = found
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hover = None
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None:
            layer = max(0, min(self._layers - 1, self._layer + step[0]))
            self.chosen.emit(layer, max(0, min(self._heads - 1, self._head + step[1])))
        elif event.key() == Qt.Key.Key_Home:
            self.chosen.emit(0, self._head)
        elif event.key() == Qt.Key.Key_End:
            self.chosen.emit(max(0, self._layers - 1), self._head)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            found = self._at(QPointF(event.pos()))
            if found is not None:
                QToolTip.showText(event.globalPos(), self._told(*found), self, self._cell(*found).toRect())
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._layers and self._heads:
            self._paint_axes(painter)
            if self._image is not None:
                painter.drawImage(self._picture(), self._image)
            if self._hover is not None and self._hover != (self._layer, self._head):
                self._frame(painter, *self._hover, "fg3", 1.0)
            self._frame(painter, self._layer, self._head, "accent", 1.6)
        if has_keyboard_focus(self):
            focus_ring(painter, QRectF(self.rect()), tokens.radius_control, tokens)
        painter.end()

    # inside

    def _pitch(self, height: float = 0.0) -> QPointF:
        """From one thumbnail to the next, in logical pixels that are whole device pixels."""
        height = height or self.height()
        ratio = self.devicePixelRatioF()
        across = (self.width() - _LEFT - 2) * ratio / max(1, self._layers)
        down = (height - _BOTTOM - 2) * ratio / max(1, self._heads)
        largest = _LARGEST * ratio
        down = min(down, max(across, 6 * ratio) * _STEEPEST)
        return QPointF(max(3, int(min(across, largest))) / ratio, max(3, int(min(down, largest))) / ratio)

    def _picture(self) -> QRectF:
        pitch = self._pitch()
        return QRectF(_LEFT, 2, pitch.x() * self._layers, pitch.y() * self._heads)

    def _cell(self, layer: int, head: int) -> QRectF:
        pitch, gap = self._pitch(), self.gap() / self.devicePixelRatioF()
        return QRectF(_LEFT + layer * pitch.x(), 2 + head * pitch.y(), pitch.x() - gap, pitch.y() - gap)

    def _at(self, place: QPointF) -> tuple[int, int] | None:
        if not self._layers or not self._picture().contains(place):
            return None
        pitch = self._pitch()
        layer, head = int((place.x() - _LEFT) / pitch.x()), int((place.y() - 2) / pitch.y())
        return min(layer, self._layers - 1), min(head, self._heads - 1)

    def _frame(self, painter: QPainter, layer: int, head: int, role: str, width: float) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(color(self._theme.tokens, role), width))
        painter.drawRoundedRect(self._cell(layer, head).adjusted(-1.5, -1.5, 1.5, 1.5), 3, 3)

    def _paint_axes(self, painter: QPainter) -> None:
        pitch = self._pitch()
        every_head = max(1, -(-10 // max(1, int(pitch.y()))))
        every_layer = max(1, -(-18 // max(1, int(pitch.x()))))
        right_middle = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for head in range(self._heads):
            if self._label_pen(painter, head == self._head, head % every_head == 0):
                cell = self._cell(0, head)
                painter.drawText(QRectF(0, cell.center().y() - 7, 14, 14), right_middle, str(head))
        below = self._picture().bottom()
        for layer in range(self._layers):
            if self._label_pen(painter, layer == self._layer, self._labelled(layer, every_layer)):
                centre = self._cell(layer, 0).center().x()
                painter.drawText(QRectF(centre - 14, below, 28, 14), Qt.AlignmentFlag.AlignCenter, str(layer))

    def _labelled(self, layer: int, every: int) -> bool:
        """Labels that would touch the chosen layer's give way to it."""
        return layer % every == 0 and (layer == self._layer or abs(layer - self._layer) >= every)

    def _label_pen(self, painter: QPainter, chosen: bool, regular: bool) -> bool:
        if not chosen and not regular:
            return False
        painter.setFont(ui_font(_LABEL_PX, SEMIBOLD if chosen else MEDIUM, tabular=True))
        painter.setPen(color(self._theme.tokens, "fg" if chosen else "fg3"))
        return True

    def _recolor(self) -> None:
        if self._image is not None:
            self._image.setColorTable(index_table(self._theme.tokens.dark))
        self.update()

    def _told(self, layer: int, head: int) -> str:
        text = self.tr("Layer {layer} · Head {head}").format(layer=layer, head=head)
        if layer in self._known:
            return text
        return "{}\n{}".format(text, self.tr("Not read: choose it, or read all layers."))

    def _describe(self) -> None:
        name = self.tr("Attention of {layers} layers with {heads} heads").format(
            layers=self._layers, heads=self._heads
        )
        self.setAccessibleName(name)
        chosen = self.tr("Layer {layer}, head {head} is shown").format(layer=self._layer, head=self._head)
        self.setAccessibleDescription(chosen)

    def cell_rect(self, layer: int, head: int) -> QRect:
        """Where a thumbnail is, for tests and tours."""
        return self._cell(layer, head).toRect()

    def centre_of(self, layer: int, head: int) -> QPoint:
        return self._cell(layer, head).center().toPoint()
