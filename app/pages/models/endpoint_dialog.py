"""Adds an OpenAI-compatible server as a model."""

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.theme.theme import Theme
from app.widgets.painting import SEMIBOLD
from app.widgets.text_button import TextButton
from app.widgets.text_field import TextField
from app.widgets.text_label import TextLabel
from engine.store.records import EndpointRecord


class EndpointDialog(QDialog):
    """Name, address, model on the server, key. The key never reaches the database."""

    saved = Signal(object, str)
    """`EndpointRecord` and the key ("" for none)."""

    def __init__(self, theme: Theme, parent: QWidget, record: EndpointRecord | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._record = record or EndpointRecord("", "", "")
        self.setWindowTitle(self.tr("OpenAI-compatible endpoint"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(480)
        self.name = self._field(self.tr("Name"), self.tr("Workstation"))
        self.url = self._field(self.tr("Address"), "http://192.168.1.20:8000/v1")
        self.model = self._field(self.tr("Model on the server"), self.tr("empty: the first one it offers"))
        self.key = self._field(self.tr("Key"), self.tr("empty: none, or the one that is stored"))
        self.key.setEchoMode(QLineEdit.EchoMode.Password)
        self._problem = TextLabel("", theme, role="error", wrap=True)
        self._problem.hide()
        self.save_button = TextButton(self.tr("Save"), theme, kind="primary")
        self._build()
        self.name.setText(self._record.name)
        self.url.setText(self._record.base_url)
        self.model.setText(self._record.remote_model)

    def accept(self) -> None:
        """Save what is complete; otherwise say what is missing."""
        name, url = self.name.text().strip(), self.url.text().strip().rstrip("/")
        parsed = QUrl(url, QUrl.ParsingMode.StrictMode)
        valid = parsed.isValid() and parsed.scheme() in ("http", "https") and bool(parsed.host())
        self.name.set_invalid(not name)
        self.url.set_invalid(not valid)
        if not name:
            self._say(self.tr("Give it a name."), self.name)
        elif not valid:
            self._say(self.tr("Write the address like http://192.168.1.20:8000/v1."), self.url)
        else:
            record = EndpointRecord(self._record.id, name, url, self.model.text().strip())
            self.saved.emit(record, self.key.text())
            super().accept()

    def _say(self, text: str, field: QWidget) -> None:
        self._problem.set_text(text)
        self._problem.show()
        field.setFocus()

    def _field(self, name: str, placeholder: str) -> TextField:
        return TextField(name, self._theme, placeholder=placeholder, height=30)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        title = self.tr("OpenAI-compatible endpoint")
        column.addWidget(TextLabel(title, self._theme, role="fg", size="l", weight=SEMIBOLD))
        text = self.tr("A server on your network such as vLLM, SGLang or llama-server. Messages go to it.")
        column.addWidget(TextLabel(text, self._theme, wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        for row, field in enumerate((self.name, self.url, self.model, self.key)):
            label = TextLabel(field.accessibleName(), self._theme)
            label.setBuddy(field)
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)
        column.addLayout(grid)
        column.addWidget(self._problem)
        cancel = TextButton(self.tr("Cancel"), self._theme, kind="ghost")
        cancel.clicked.connect(self.reject)
        self.save_button.clicked.connect(self.accept)
        for field in (self.name, self.url, self.model, self.key):
            field.returnPressed.connect(self.accept)
        row_layout = QHBoxLayout()
        row_layout.addStretch(1)
        row_layout.addWidget(cancel)
        row_layout.addWidget(self.save_button)
        column.addLayout(row_layout)
