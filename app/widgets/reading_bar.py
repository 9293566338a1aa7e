"""Something long is running: what it is, how far it is, and a way to stop it."""

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QWidget

from app.theme.theme import Theme
from app.widgets.painting import color
from app.widgets.text_button import TextButton
from app.widgets.text_label import TextLabel


class ReadingBar(QWidget):
    """Hidden while nothing runs. Buttons that start it are disabled meanwhile, and lend it the keyboard."""

    cancelled = Signal()

    def __init__(self, text: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._fraction = 0.0
        self._starters: tuple[QAbstractButton, ...] = ()
        self._lender: QAbstractButton | None = None
        self.label = TextLabel(text, theme)
        self.button = TextButton(self.tr("Stop"), theme, kind="ghost", icon_name="circle-stop", height=24)
        self.button.clicked.connect(self.cancelled)
        self._share = TextLabel("", theme, role="fg3", tabular=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 3, 10, 5)
        row.setSpacing(8)
        row.addWidget(self.label)
        row.addWidget(self._share)
        row.addStretch(1)
        row.addWidget(self.button)
        self.setAccessibleName(text)
        self.hide()
        theme.changed.connect(self.update)

    def set_starters(self, *buttons: QAbstractButton | None) -> None:
        """The buttons that start what this bar shows."""
        self._starters = tuple(button for button in buttons if button is not None)

    def set_fraction(self, fraction: float | None) -> None:
        """From 0 to 1; None: it is over."""
        if fraction is None:
            self._give_back()
        elif self.isHidden():
            self._take_over()
        self._fraction = min(1.0, max(0.0, fraction or 0.0))
        shown = f"{self._fraction * 100:.0f} %" if self._fraction > 0 else ""
        self._share.set_text(shown)
        self.setAccessibleDescription(shown)
        self.update()

    def _take_over(self) -> None:
        self._lender = next((button for button in self._starters if button.hasFocus()), None)
        self.show()
        if self._lender is not None:
            self.button.setFocus()
        for button in self._starters:
            button.setEnabled(False)

    def _give_back(self) -> None:
        for button in self._starters:
            button.setEnabled(True)
        if self._lender is not None and self.button.hasFocus():
            self._lender.setFocus()
        self._lender = None
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        line = QRectF(0, self.height() - 2, self.width(), 2)
        painter.fillRect(line, color(tokens, "track"))
        line.setWidth(line.width() * self._fraction)
        painter.fillRect(line, color(tokens, "accent"))
        painter.end()
