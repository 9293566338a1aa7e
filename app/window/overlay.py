"""What lies over the whole window for a moment: a scrim, and a card that has the keyboard."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget
from shiboken6 import Shiboken

from app.theme.theme import Theme
from app.window.tab_way import go_to_next

SCRIM_DARK, SCRIM_LIGHT = 0.62, 0.42


class Scrim(QWidget):
    """Darkens its window but for one place. Mouse and keyboard go to what lies below."""

    def __init__(self, window: QWidget, theme: Theme) -> None:
        super().__init__(window)
        self._window, self._theme = window, theme
        self._hole = QRectF()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        theme.changed.connect(self.update)

    def cover(self, hole: QRectF) -> None:
        """Lie over all of the window; `hole` stays clear (in its coordinates; may be empty)."""
        self._hole = hole
        self.setGeometry(self._window.rect())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        dark = QPainterPath()
        dark.addRect(QRectF(self.rect()))
        if not self._hole.isNull():
            clear = QPainterPath()
            clear.addRoundedRect(self._hole, tokens.radius_card, tokens.radius_card)
            dark = dark.subtracted(clear)
        shade = self._theme.color("bg0" if tokens.dark else "fg")
        shade.setAlphaF(SCRIM_DARK if tokens.dark else SCRIM_LIGHT)
        painter.fillPath(dark, shade)
        if not self._hole.isNull():
            painter.setPen(self._theme.color("accent"))
            painter.drawRoundedRect(self._hole.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        painter.end()


class OverlayCard(QFrame):
    """A card above a scrim. Tab stays inside; Escape leaves, wherever the keyboard is."""

    left = Signal()

    def __init__(self, window: QWidget, theme: Theme, *, covers: bool) -> None:
        super().__init__(window)
        self._window, self._theme, self._covers = window, theme, covers
        self._before: QWidget | None = None
        self.gave_back = False
        """Once it was left: whether what had the keyboard before has it again."""
        self.scrim = Scrim(window, theme)
        # A card that covers the window keeps the mouse from what lies below.
        self.scrim.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, not covers)
        self.setProperty("surface", "card")
        self.setProperty("elevated", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def place(self) -> None:
        """Put scrim and card where they belong; called again when the window changes its size."""
        raise NotImplementedError

    def open(self) -> None:
        """Show it; the keyboard is the caller's to place."""
        self._before = self._window.focusWidget()
        self.scrim.show()
        self.scrim.raise_()
        self.show()
        self.raise_()
        self.place()
        self._window.installEventFilter(self)
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def leave(self) -> None:
        """Take it away; the keyboard goes back to where it was."""
        if self.isHidden():
            return
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        self._window.removeEventFilter(self)
        self.hide()
        self.scrim.hide()
        # It may be gone: a button of the card before this one.
        before, self._before = self._before, None
        self.gave_back = before is not None and Shiboken.isValid(before) and before.isVisible()
        if before is not None and self.gave_back:
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.left.emit()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self.place()  # texts and rows came or went
        return done

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() == QEvent.Type.Resize:
            self.place()
        kinds = (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride)
        if event.type() in kinds and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            popup = QApplication.activePopupWidget()
            if popup is None and QApplication.activeModalWidget() is None:
                event.accept()
                if event.type() == QEvent.Type.KeyPress:
                    self.leave()
                return True
        return False

    def focusNextPrevChild(self, forwards: bool) -> bool:
        """From the last control to the first, never out of it."""
        go_to_next(self, forwards=forwards)
        return True
