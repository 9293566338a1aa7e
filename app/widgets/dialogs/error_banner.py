"""An error above the page: one sentence, what to do next, and details for those who want them."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.i18n.errors import describe
from app.theme.icons import icon
from app.theme.theme import Theme
from app.widgets.described import describe_as

if TYPE_CHECKING:
    from engine.protocol.events import Failed


class ErrorBanner(QFrame):
    """Stays until it is dismissed or replaced; never takes the keyboard away."""

    dismissed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._causes: set[str] = set()
        self.setProperty("surface", "banner")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        describe_as(self, QAccessible.Role.AlertMessage)
        self._mark = QLabel()
        self._message = self._text("strong")
        self._hint = self._text("muted")
        self._details = QPlainTextEdit(readOnly=True)
        self._details.setFixedHeight(140)
        self._more = self._button(self.tr("Details"))
        self._more.setCheckable(True)
        self._more.toggled.connect(self._details.setVisible)
        self._copy = self._button(self.tr("Copy"))
        self._copy.clicked.connect(self._copy_all)
        close = QToolButton()
        close.setIcon(icon("x"))
        close.setIconSize(QSize(14, 14))
        close.setToolTip(self.tr("Dismiss (Esc)"))
        close.setAccessibleName(self.tr("Dismiss"))
        close.clicked.connect(self.dismiss)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._message)
        words.addWidget(self._hint)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        for button in (self._more, self._copy, close):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 10, 10)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self._details)
        self.hide()
        theme.changed.connect(self._tint)
        self._tint()

    def show_error(self, error: "BaseException | Failed", cause: str = "") -> None:
        """Replace what was shown. `cause` lets `settle` take it away again, and the error's code does."""
        self._causes = {cause, getattr(error, "code", "")} - {""}
        told = describe(error)
        self._message.setText(told.message)
        self._hint.setText(told.hint)
        self._hint.setVisible(bool(told.hint))
        self._details.setPlainText(told.details)
        self._details.setAccessibleName(self.tr("Details"))
        self._more.setVisible(bool(told.details))
        self._copy.setVisible(bool(told.details))
        self._more.setChecked(False)
        self._details.setVisible(False)
        self.setAccessibleName(f"{told.message} {told.hint}".strip())
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def details(self) -> str:
        """The technical part; empty for errors that the user can fix."""
        return self._details.toPlainText()

    def settle(self, cause: str) -> None:
        """What went wrong there went right since: an error of that cause is past."""
        if cause in self._causes and not self.isHidden():
            self.dismiss()

    def dismiss(self) -> None:
        self.hide()
        self.dismissed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def _copy_all(self) -> None:
        parts = (self._message.text(), self._hint.text(), self._details.toPlainText())
        QGuiApplication.clipboard().setText("\n".join(part for part in parts if part))

    def _tint(self) -> None:
        self._mark.setPixmap(icon("circle-alert", "error").pixmap(QSize(18, 18), self.devicePixelRatio()))

    def _text(self, role: str) -> QLabel:
        label = QLabel()
        label.setProperty("role", role)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label

    @staticmethod
    def _button(text: str) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("kind", "ghost")
        return button
