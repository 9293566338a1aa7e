"""A splitter whose divider is a hairline that can still be grabbed."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSplitter, QSplitterHandle, QWidget

from app.theme.theme import Theme


class HairlineSplitter(QSplitter):
    """One pixel between the parts; Qt widens the grab area of such handles by itself."""

    def __init__(self, orientation: Qt.Orientation, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(orientation, parent)
        self.theme = theme
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self.setOpaqueResize(True)

    def createHandle(self) -> QSplitterHandle:
        return HairlineHandle(self.orientation(), self)


class HairlineHandle(QSplitterHandle):
    """Lights up under the mouse."""

    def __init__(self, orientation: Qt.Orientation, splitter: HairlineSplitter) -> None:
        super().__init__(orientation, splitter)
        self._theme = splitter.theme
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._theme.changed.connect(self.update)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        role = "accent" if self.underMouse() else "line"
        painter.fillRect(self.rect(), self._theme.color(role))
        painter.end()
