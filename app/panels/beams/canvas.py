"""The beam tree as a picture that can be moved and zoomed."""

import math

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QHelpEvent,
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

from app.models.inspection_subject import visible
from app.panels.beams.tree import BeamTree, Placed
from app.panels.probabilities.words import share
from app.theme.focus import has_keyboard_focus
from app.theme.theme import Theme
from app.widgets.described import describe_as
from app.widgets.numbers import decimal
from app.widgets.painting import color, focus_ring, rounded_box, text_font

NODE_WIDTH = 78.0
NODE_HEIGHT = 19.0
MARGIN = 14.0
SMALLEST, LARGEST = 0.25, 2.0


class BeamCanvas(QWidget):
    """Drag moves, the wheel zooms, a click chooses a hypothesis; arrows walk the tree, 0 fits it."""

    chosen = Signal(int)
    """The node; -1 for the best path."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.tree = BeamTree({})
        self._zoom = 1.0
        self._offset = QPointF(MARGIN, MARGIN)
        self._follow = True
        self._chosen = -1
        self._hover = -1
        self._pressed: QPointF | None = None
        self._moved = False
        self.setAccessibleName(self.tr("Tree of beams"))
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        describe_as(self, QAccessible.Role.Chart)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self.update)

    def set_tree(self, tree: BeamTree) -> None:
        """The tree has grown, or is another one."""
        if self._chosen not in tree.nodes:
            self._chosen = -1
        if len(tree.nodes) < len(self.tree.nodes):
            self._follow = True
        self.tree = tree
        self.setAccessibleDescription(tree.text(tree.best[-1]) if tree.best else "")
        if self._follow:
            self._show_end()
        self.update()

    def show_best(self) -> None:
        """The search is over: bring the end of the best path into view."""
        self._follow = False
        placed = self.tree.placed.get(self.tree.best[-1]) if self.tree.best else None
        if placed is not None:
            self._reveal(placed)
        self.update()

    def show_start(self) -> None:
        """A tree that was grown before is read from its root."""
        self._follow = False
        self._offset = QPointF(MARGIN, MARGIN)
        self.update()

    def choose(self, node_id: int) -> None:
        """Mark a hypothesis, and bring its end into view."""
        self._chosen = node_id
        placed = self.tree.placed.get(node_id)
        if placed is not None:
            self._reveal(placed)
        self.update()
        self.chosen.emit(node_id)

    @property
    def selected(self) -> int:
        return self._chosen

    def sizeHint(self) -> QSize:
        return QSize(480, 170)

    # view

    def fit(self) -> None:
        """All of it in the picture, as far as it can be read."""
        across = (self.width() - 2 * MARGIN) / max(1.0, self.tree.width)
        down = (self.height() - 2 * MARGIN) / max(1.0, self.tree.height)
        self._zoom = max(SMALLEST, min(1.0, across, down))
        self._offset = QPointF(MARGIN, MARGIN)
        self._follow = False
        self.update()

    def zoom_by(self, factor: float, around: QPointF | None = None) -> None:
        """Larger or smaller; the point under the mouse stays."""
        centre = around if around is not None else QPointF(self.width() / 2, self.height() / 2)
        before = (centre - self._offset) / self._zoom
        self._zoom = max(SMALLEST, min(LARGEST, self._zoom * factor))
        self._offset = centre - before * self._zoom
        self._follow = False
        self.update()

    def _show_end(self) -> None:
        """The newest tokens at the right edge."""
        room = self.width() - 2 * MARGIN
        self._offset = QPointF(min(MARGIN, MARGIN + room - self.tree.width * self._zoom), MARGIN)

    def _reveal(self, placed: Placed) -> None:
        box = self._box(placed)
        dx = max(0.0, MARGIN - box.left()) - max(0.0, box.right() - self.width() + MARGIN)
        dy = max(0.0, MARGIN - box.top()) - max(0.0, box.bottom() - self.height() + MARGIN)
        self._offset += QPointF(dx, dy)

    def _box(self, placed: Placed) -> QRectF:
        zoom = self._zoom
        corner = QPointF(placed.x, placed.y) * zoom + self._offset
        return QRectF(corner.x(), corner.y(), NODE_WIDTH * zoom, NODE_HEIGHT * zoom)

    def _at(self, point: QPointF) -> int:
        found = (key for key, each in self.tree.placed.items() if self._box(each).contains(point))
        return next(found, -1)

    # events

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._follow:
            self._show_end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed, self._moved = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is not None and event.buttons() & Qt.MouseButton.LeftButton:
            step = event.position() - self._pressed
            if self._moved or step.manhattanLength() > 4:
                self._moved, self._follow = True, False
                self._offset += step
                self._pressed = event.position()
                self.setCursor(Qt.CursorShape.ClosedHandCursor)
                self.update()
            return
        hover = self._at(event.position())
        if hover != self._hover:
            self._hover = hover
            self.setCursor(Qt.CursorShape.PointingHandCursor if hover >= 0 else Qt.CursorShape.OpenHandCursor)
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pressed is not None and not self._moved:
            self.choose(self._at(event.position()))
        self._pressed = None
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover = -1
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier or event.angleDelta().x():
            self._offset += QPointF(event.angleDelta().x() or event.angleDelta().y(), 0) / 2
            self._follow = False
            self.update()
        else:
            self.zoom_by(1.0015 ** event.angleDelta().y(), event.position())

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self._tip(self._at(QPointF(event.pos()))), self)
            return True
        return super().event(event)

    def _tip(self, node_id: int) -> str:
        node = self.tree.nodes.get(node_id)
        if node is None:
            return ""
        states = {
            "alive": self.tr("goes on"),
            "dropped": self.tr("dropped: other beams were better"),
            "finished": self.tr("finished"),
        }
        return self.tr("“{text}”: {p} after what stands before it\nScore {score}, {state}").format(
            text=visible(node.text.encode()),
            p=share(math.exp(min(0.0, node.logprob))),
            score=decimal(self.tree.score(node), 3),
            state=states[node.state],
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_by(1.2)
        elif key == Qt.Key.Key_Minus:
            self.zoom_by(1 / 1.2)
        elif key == Qt.Key.Key_0:
            self.fit()
        elif key == Qt.Key.Key_Escape and self._chosen >= 0:
            self.choose(-1)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._walk(Qt.Key(key))
        else:
            super().keyPressEvent(event)

    def _walk(self, key: Qt.Key) -> None:
        tree = self.tree
        if not tree.best:
            return
        here = tree.placed.get(self._chosen) or tree.placed[tree.best[-1]]
        if self._chosen < 0 or key == Qt.Key.Key_Left:
            target = here.node.id if self._chosen < 0 else here.node.parent
        elif key == Qt.Key.Key_Right:
            below = tree.children(here.node.id)
            target = min(below, key=lambda each: tree.placed[each].y, default=-1)
        else:
            step = -1 if key == Qt.Key.Key_Up else 1
            column = sorted(
                (each for each in tree.placed.values() if each.depth == here.depth), key=lambda each: each.y
            )
            place = max(0, min(column.index(here) + step, len(column) - 1))
            target = column[place].node.id
        if target in tree.placed:
            self.choose(target)

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        path = set(self.tree.path(self._chosen)) if self._chosen >= 0 else set(self.tree.best)
        visible_area = QRectF(self.rect()).adjusted(-200, -50, 200, 50)
        shown = [each for each in self.tree.placed.values() if visible_area.intersects(self._box(each))]
        for each in shown:
            self._paint_edge(painter, each, on_path=each.node.id in path)
        for each in shown:
            self._paint_node(painter, each, on_path=each.node.id in path)
        if has_keyboard_focus(self):
            focus_ring(painter, QRectF(self.rect()), self._theme.tokens.radius_control, self._theme.tokens)
        painter.end()

    def _paint_edge(self, painter: QPainter, child: Placed, *, on_path: bool) -> None:
        parent = self.tree.placed.get(child.node.parent)
        if parent is None:
            return
        tokens, zoom = self._theme.tokens, self._zoom
        start, end = self._box(parent), self._box(child)
        first = QPointF(start.right(), start.center().y())
        last = QPointF(end.left(), end.center().y())
        middle = (first.x() + last.x()) / 2
        line = QPainterPath(first)
        line.cubicTo(QPointF(middle, first.y()), QPointF(middle, last.y()), last)
        p = math.exp(min(0.0, child.node.logprob))
        muted = child.node.state == "dropped"
        ink = color(tokens, "accent") if on_path else color(tokens, "line2" if muted else "fg3")
        painter.setPen(QPen(ink, (0.8 + 3.2 * p) * zoom))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(line)

    def _paint_node(self, painter: QPainter, placed: Placed, *, on_path: bool) -> None:
        tokens, node = self._theme.tokens, placed.node
        box = self._box(placed)
        muted = node.state == "dropped" and not on_path
        border = (
            "accent" if on_path or node.id == self._hover else "ok" if node.state == "finished" else "line2"
        )
        fill = color(tokens, "accent_soft" if on_path else "bg2" if muted else "bg3")
        rounded_box(painter, box, tokens.radius_tag * self._zoom, fill, color(tokens, border))
        if self._zoom < 0.5:
            return
        font = text_font(tokens, "xs", mono=True)
        font.setPixelSize(max(6, round(font.pixelSize() * self._zoom)))
        painter.setFont(font)
        painter.setPen(color(tokens, "fg" if on_path else "fg3" if muted else "fg2"))
        label = visible(node.text.encode()) or ("∅" if node.token < 0 else f"#{node.token}")
        if node.state == "finished":
            label += " ■"
        room = box.adjusted(5 * self._zoom, 0, -4 * self._zoom, 0)
        text = painter.fontMetrics().elidedText(label, Qt.TextElideMode.ElideRight, int(room.width()) + 1)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)
