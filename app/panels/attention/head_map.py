"""The full map of one head: which token reads which."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QBrush,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.theme.colormaps import index_table
from app.theme.focus import has_keyboard_focus
from app.theme.theme import Theme
from app.widgets.described import describe_as
from app.widgets.painting import color, focus_ring, text_font

_ZOOM = 1.25
_SMALLEST = 4.0
"""Tokens across at the largest zoom."""
_DRAG_PX = 4


class View(NamedTuple):
    """The part of the map on the screen, in tokens: query rows from `top`, keys from `left`."""

    top: float
    left: float
    queries: float
    keys: float


class Extent(NamedTuple):
    """What the map has: `queries` rows, the first at the position `first`, and `keys` columns."""

    first: int
    queries: int
    keys: int


class MaskLines(NamedTuple):
    """`window`: tokens that a query sees back, 0 for all; `sink`: tokens at the beginning seen by all."""

    window: int
    sink: int


class HeadMap(QWidget):
    """Wheel zooms, dragging moves, a double click shows everything, a click chooses a query."""

    chosen = Signal(int)
    """Position of the query, by the user."""
    hovered = Signal(int, int)
    """Query and key under the pointer, as positions; -1, -1 when it left."""
    view_changed = Signal()

    def __init__(
        self, theme: Theme, value: Callable[[int, int], float | None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._value = value
        self._label: Callable[[int], str] = str
        self._key_label: Callable[[int], str] = str
        self._causal = True
        self._image: QImage | None = None
        self._image_view: View | None = None
        self._extent = Extent(0, 0, 0)
        self._view: View | None = None
        self._mask: MaskLines | None = None
        self._chosen = -1
        self._hover: tuple[int, int] | None = None
        self._pressed: tuple[QPointF, View] | None = None
        self._dragged = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        describe_as(self, QAccessible.Role.Chart)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(80, 60)
        self.setAccessibleName(self.tr("Attention map of one head"))
        theme.changed.connect(self._recolor)

    def set_labels(self, label: Callable[[int], str], key_label: Callable[[int], str] | None = None) -> None:
        """How positions are called; `key_label` where another text is read than the one that reads."""
        self._label = label
        self._key_label = key_label or label

    def set_causal(self, causal: bool) -> None:
        """Whether keys after the query are masked."""
        self._causal = causal

    def show_map(self, image: QImage | None, view: View, extent: Extent, mask: MaskLines | None) -> None:
        """A picture of `view`, made for `picture_size`."""
        self._image, self._image_view, self._extent, self._mask = image, view, extent, mask
        self._recolor()
        self.setAccessibleDescription(
            self.tr("{queries} queries by {keys} keys").format(queries=extent.queries, keys=extent.keys)
        )

    def set_chosen(self, position: int) -> None:
        if position != self._chosen:
            self._chosen = position
            self.update()

    @property
    def view(self) -> View | None:
        """The part that is shown; None for all of it, however much that becomes."""
        return self._view

    def show_all(self) -> None:
        self._set_view(None)

    def picture_size(self) -> tuple[int, int]:
        """Width and height in device pixels."""
        ratio = self.devicePixelRatioF()
        return round(self.width() * ratio), round(self.height() * ratio)

    def sizeHint(self) -> QSize:
        return QSize(180, 180)

    # events

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.view_changed.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        steps = event.angleDelta().y() / 120
        if steps:
            self._zoom(_ZOOM**-steps, event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._dragged = (event.position(), self._shown()), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is not None:
            start, view = self._pressed
            moved = event.position() - start
            if self._dragged or moved.manhattanLength() > _DRAG_PX:
                self._dragged = True
                top = view.top - moved.y() / self.height() * view.queries
                left = view.left - moved.x() / self.width() * view.keys
                self._set_view(self._bounded(View(top, left, view.queries, view.keys)))
            return
        self._set_hover(self._at(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, None
        if pressed is None or self._dragged:
            return
        found = self._at(event.position())
        if found is not None:
            self.chosen.emit(found[0])

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.show_all()

    def leaveEvent(self, event: QEvent) -> None:
        self._set_hover(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Up:
                self._step(-1)
            case Qt.Key.Key_Down:
                self._step(1)
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self._zoom(1 / _ZOOM, QPointF(self.rect().center()))
            case Qt.Key.Key_Minus:
                self._zoom(_ZOOM, QPointF(self.rect().center()))
            case Qt.Key.Key_0 | Qt.Key.Key_Home:
                self.show_all()
            case _:
                super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            found = self._at(QPointF(event.pos()))
            if found is not None:
                QToolTip.showText(event.globalPos(), self._told(*found), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        plate = QPainterPath()
        plate.addRoundedRect(QRectF(self.rect()), tokens.radius_control, tokens.radius_control)
        painter.setClipPath(plate)
        painter.fillRect(self.rect(), color(tokens, "code" if tokens.dark else "bg0"))
        painter.fillRect(self.rect(), QBrush(color(tokens, "line2", 0.5), Qt.BrushStyle.BDiagPattern))
        if self._image is not None and self._image_view is not None:
            painter.drawImage(self._place(self._image_view), self._image)
            self._paint_mask(painter)
            self._paint_chosen(painter)
            self._paint_crosshair(painter)
        painter.setClipping(False)
        if has_keyboard_focus(self):
            focus_ring(painter, QRectF(self.rect()), tokens.radius_control, tokens)
        painter.end()

    # painting

    def _place(self, view: View) -> QRectF:
        """Where a part of the map lies on the screen now (while a new picture is on its way)."""
        return QRectF(
            self._x(view.left),
            self._y(view.top),
            view.keys / self._shown().keys * self.width(),
            view.queries / self._shown().queries * self.height(),
        )

    def _paint_mask(self, painter: QPainter) -> None:
        """Where the window of a layer ends, and what is seen from everywhere."""
        if self._mask is None or not self._mask.window:
            return
        painter.setPen(QPen(color(self._theme.tokens, "warn"), 1.0, Qt.PenStyle.DashLine))
        first, count = self._extent.first, self._extent.queries
        start = self._mask.window - first
        top = QPointF(self._x(max(0, -start)), self._y(max(0, start)))
        end = QPointF(self._x(first + count - self._mask.window), self._y(count))
        painter.drawLine(top, end)
        if self._mask.sink:
            x = self._x(self._mask.sink)
            painter.drawLine(QPointF(x, 0), QPointF(x, self.height()))

    def _paint_chosen(self, painter: QPainter) -> None:
        query = self._chosen - self._extent.first
        if not 0 <= query < self._extent.queries:
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(color(self._theme.tokens, "fg"), 1.0))
        top, bottom = self._y(query), self._y(query + 1)
        if bottom - top < 3:
            middle = (top + bottom) / 2
            top, bottom = middle - 1.5, middle + 1.5
        right = self._x(self._chosen + 1)
        painter.drawRect(
            QRectF(self._x(0), top, right - self._x(0), bottom - top).adjusted(0.5, 0.5, -0.5, -0.5)
        )

    def _paint_crosshair(self, painter: QPainter) -> None:
        if self._hover is None:
            return
        tokens = self._theme.tokens
        query, key = self._hover
        row = query - self._extent.first
        painter.setPen(QPen(color(tokens, "fg", 0.55), 1.0))
        y, x = (self._y(row) + self._y(row + 1)) / 2, (self._x(key) + self._x(key + 1)) / 2
        painter.drawLine(QPointF(0, y), QPointF(self.width(), y))
        painter.drawLine(QPointF(x, 0), QPointF(x, self.height()))
        value = self._value(query, key)
        shown = "" if value is None else f"{value:.3f}"
        text = f"{self._label(query)} → {self._key_label(key)}  {shown}"
        font = text_font(tokens, "xs", mono=True)
        painter.setFont(font)
        width = min(painter.fontMetrics().horizontalAdvance(text) + 12, self.width() - 8)
        left = 4.0 if x > self.width() / 2 else self.width() - width - 4.0
        top = 4.0 if y > self.height() / 2 else self.height() - 24.0
        box = QRectF(left, top, width, 20)
        painter.setPen(QPen(color(tokens, "line2"), 1))
        painter.setBrush(color(tokens, "bg3"))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(color(tokens, "fg"))
        elided = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, int(width) - 8)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, elided)

    # inside

    def _shown(self) -> View:
        extent = self._extent
        return self._view or View(0, 0, max(1, extent.queries), max(1, extent.keys))

    def _x(self, key: float) -> float:
        view = self._shown()
        return (key - view.left) / view.keys * self.width()

    def _y(self, query: float) -> float:
        view = self._shown()
        return (query - view.top) / view.queries * self.height()

    def _at(self, place: QPointF) -> tuple[int, int] | None:
        """Query and key as positions."""
        view = self._shown()
        query = int(view.top + place.y() / max(1, self.height()) * view.queries)
        key = int(view.left + place.x() / max(1, self.width()) * view.keys)
        if not (0 <= query < self._extent.queries and 0 <= key < self._extent.keys):
            return None
        return query + self._extent.first, key

    def _step(self, rows: int) -> None:
        first, count = self._extent.first, self._extent.queries
        if count:
            start = self._chosen if self._chosen >= 0 else first + count - 1
            self.chosen.emit(max(first, min(first + count - 1, start + rows)))

    def _zoom(self, factor: float, at: QPointF) -> None:
        view = self._shown()
        across, down = at.x() / max(1, self.width()), at.y() / max(1, self.height())
        keys = max(min(view.keys * factor, self._extent.keys), min(_SMALLEST, self._extent.keys))
        queries = max(min(view.queries * factor, self._extent.queries), min(_SMALLEST, self._extent.queries))
        if keys >= self._extent.keys and queries >= self._extent.queries:
            self._set_view(None)
            return
        left = view.left + across * (view.keys - keys)
        top = view.top + down * (view.queries - queries)
        self._set_view(self._bounded(View(top, left, queries, keys)))

    def _bounded(self, view: View) -> View:
        top = max(0.0, min(view.top, self._extent.queries - view.queries))
        left = max(0.0, min(view.left, self._extent.keys - view.keys))
        return View(top, left, view.queries, view.keys)

    def _set_view(self, view: View | None) -> None:
        if view != self._view:
            self._view = view
            self.update()
            self.view_changed.emit()

    def _set_hover(self, hover: tuple[int, int] | None) -> None:
        if hover != self._hover:
            self._hover = hover
            self.hovered.emit(*(hover or (-1, -1)))
            self.update()

    def _told(self, query: int, key: int) -> str:
        if self._causal and key > query:
            return self.tr("Masked: a token cannot read what comes after it.")
        value = self._value(query, key)
        if value is None:
            return self.tr("This row was not read.")
        text = self.tr("“{query}” (token {query_number}) reads “{key}” (token {key_number}): {value}")
        return text.format(
            query=self._label(query),
            query_number=query,
            key=self._key_label(key),
            key_number=key,
            value=f"{value:.4f}",
        )

    def _recolor(self) -> None:
        if self._image is not None:
            self._image.setColorTable(index_table(self._theme.tokens.dark))
        self.update()
