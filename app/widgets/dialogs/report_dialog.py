"""A bug was caught: here is the report, to be copied by hand. Nothing is sent."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from app.theme.fonts import mono_font
from app.widgets.dialogs.room import open_as_large_as


class ReportDialog(QDialog):
    """Not modal: what was going on can go on."""

    def __init__(self, report: str, path: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._report = report
        self.setWindowTitle(self.tr("Bug report"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(False)
        open_as_large_as(self, 640, 440)
        title = QLabel(self.tr("Something went wrong inside Lathe"))
        title.setProperty("role", "h1")
        saved = self.tr("The report was saved as {path}.").format(path=path) if path else ""
        told = self.tr(
            "Your chats are safe. The report below contains versions and a traceback, none of your texts. "
            "Copy it into an issue if you want this to be fixed; nothing is sent by itself."
        )
        words = QLabel(f"{told} {saved}".strip())
        words.setProperty("role", "muted")
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setWordWrap(True)
        text = QPlainTextEdit(report, readOnly=True)
        text.setFont(mono_font(12))
        text.document().setDocumentMargin(8)
        text.setAccessibleName(self.tr("Report"))
        text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        text.setTabChangesFocus(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self._copy = buttons.addButton(self.tr("Copy report"), QDialogButtonBox.ButtonRole.ActionRole)
        self._copy.setProperty("kind", "primary")
        self._copy.clicked.connect(self.copy)
        buttons.rejected.connect(self.close)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(10)
        column.addWidget(title)
        column.addWidget(words)
        column.addWidget(text, 1)
        column.addWidget(buttons)

    def copy(self) -> None:
        """Put the whole report on the clipboard."""
        QGuiApplication.clipboard().setText(self._report)
        self._copy.setText(self.tr("Copied"))
