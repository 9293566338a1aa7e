"""Scroll areas whose content has their width: only the height scrolls."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget


class HeightScroll(QScrollArea):
    """The surface below shows through, the keyboard goes to what is inside.

    The scroll bar lies over the margin that the content has on its right (16 logical pixels): what scrolls
    ends where its neighbours that do not scroll end, and nothing moves when the bar comes.
    """

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content = content
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(content)
        self.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)
        self._laying = False
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self._lay_bar_over)
        self.verticalScrollBar().rangeChanged.connect(lambda _lowest, _highest: self._lay_bar_over())

    def _lay_bar_over(self) -> None:
        """Another width wraps texts differently, so the range may change once more while this goes on.

        That is looked at later: the two would call each other without end.
        """
        if self._laying:
            self._again.start(0)
            return
        bar = self.verticalScrollBar()
        over = bar.sizeHint().width() if bar.maximum() > bar.minimum() else 0
        if self.viewportMargins().right() == -over:
            return
        self._laying = True
        self.setViewportMargins(0, 0, -over, 0)
        self._laying = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Content that wants more is squeezed rather than cut off."""
        self._content.setMaximumWidth(self.viewport().width())
        super().resizeEvent(event)


class FittingScroll(HeightScroll):
    """As high as its content where there is room, and at least `least` logical pixels."""

    def __init__(self, content: QWidget, least: int, parent: QWidget | None = None) -> None:
        self._least = least
        super().__init__(content, parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def sizeHint(self) -> QSize:
        hint = self._content.sizeHint()
        if self._content.hasHeightForWidth():
            hint.setHeight(self._content.heightForWidth(self.width()))
        return hint

    def minimumSizeHint(self) -> QSize:
        return QSize(0, min(self._least, self.sizeHint().height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


class TextScroll(HeightScroll):
    """Texts only: it takes the keyboard itself while something is hidden."""

    def __init__(self, name: str, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(content, parent)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.StyledPanel)  # none, but for the focus ring
        self.verticalScrollBar().rangeChanged.connect(self._follow)

    def _follow(self, _lowest: int, highest: int) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if highest > 0 else Qt.FocusPolicy.NoFocus)
