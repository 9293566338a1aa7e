"""The drawing of the card as a widget that scrolls."""

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt
from PySide6.QtGui import QAccessible, QHelpEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QToolTip, QWidget

from app.panels.model_card.document import CardDocument
from app.panels.model_card.drawing import LEAST_WIDTH, draw_card, height_for
from app.panels.model_card.figures import facts_of
from app.panels.model_card.pen import Pen
from app.theme.theme import Theme
from app.widgets.described import describe_as


class CardCanvas(QWidget):
    """Pointing at a part tells its parameters and bytes."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._document: CardDocument | None = None
        self._hints: list[tuple[QRectF, str]] = []
        self.setAccessibleName(self.tr("Drawing of the model"))
        theme.changed.connect(self._fit)

    def set_document(self, document: CardDocument | None) -> None:
        self._document = document
        if document is not None:
            facts = "; ".join(f"{name}: {value}" for name, value in facts_of(document.card))
            self.setAccessibleDescription(facts)
        self._fit()

    def hint_at(self, point: QPoint) -> str:
        """What stands at a place; the smallest part that encloses it."""
        found = [(box, text) for box, text in self._hints if box.contains(point)]
        if not found:
            return ""
        return min(found, key=lambda hint: hint[0].width() * hint[0].height())[1]

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.hint_at(event.pos()), self)
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        document = self._document
        if document is None:
            return
        painter = QPainter(self)
        pen = Pen(painter, self._theme.tokens)
        draw_card(pen, document, self.width())
        self._hints = pen.hints
        painter.end()

    def _fit(self) -> None:
        if self._document is not None:
            self.setFixedHeight(height_for(self._document, self.width(), self._theme.tokens))
        self.update()


class CardScroll(QScrollArea):
    """Scrolls the drawing; arrow keys and Page Up and Down too."""

    def __init__(self, canvas: CardCanvas, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        describe_as(self, QAccessible.Role.Document)
        self.setAccessibleName(self.tr("Model card"))
        canvas.setMinimumWidth(LEAST_WIDTH)
        self.setWidget(canvas)
        canvas.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
