"""Asks before anything leaves the program for the browser."""

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

SCHEMES = ("http", "https", "mailto")


class LinkDialog(QDialog):
    """Shows the whole address; opens it only on the user's word."""

    def __init__(self, url: QUrl, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._url = url
        self.setWindowTitle(self.tr("Open a link"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(460)
        question = QLabel(self.tr("Open this address in your browser?"))
        question.setProperty("role", "h1")
        self.note = QLabel(self.tr("It leads to {host}.").format(host=url.host() or url.path()))
        self.note.setProperty("role", "muted")
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        # Encoded: look-alike letters and text direction marks cannot hide where the link goes.
        address = QPlainTextEdit(url.toString(QUrl.ComponentFormattingOption.FullyEncoded), readOnly=True)
        address.setAccessibleName(self.tr("Address"))
        address.setFixedHeight(72)
        address.document().setDocumentMargin(8)
        address.setTabChangesFocus(True)
        buttons = QDialogButtonBox()
        open_button = buttons.addButton(self.tr("Open"), QDialogButtonBox.ButtonRole.AcceptRole)
        open_button.setProperty("kind", "primary")
        copy = buttons.addButton(self.tr("Copy address"), QDialogButtonBox.ButtonRole.ActionRole)
        cancel = buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        cancel.setDefault(True)
        buttons.accepted.connect(self._open)
        buttons.rejected.connect(self.reject)
        copy.clicked.connect(self._copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(10)
        for widget in (question, self.note, address, buttons):
            column.addWidget(widget)

    def _open(self) -> None:
        if QDesktopServices.openUrl(self._url):
            self.accept()
        else:
            self.note.setText(self.tr("No program opened it. Copy the address instead."))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._url.toString(QUrl.ComponentFormattingOption.FullyEncoded))
        self.reject()


def ask_to_open(address: str, parent: QWidget | None) -> LinkDialog | None:
    """Show the question; None for addresses that are never opened (files, scripts, other schemes)."""
    url = QUrl(address, QUrl.ParsingMode.StrictMode)
    if not url.isValid() or url.scheme().lower() not in SCHEMES:
        return None
    dialog = LinkDialog(url, parent)
    dialog.open()
    return dialog
