"""What is searched for, and how."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.theme.theme import Theme
from app.widgets.icon_button import IconButton
from app.widgets.select import Select
from app.widgets.text_button import TextButton
from app.widgets.text_field import TextField

ANY = "any"


class SearchBar(QWidget):
    """A text, a format and an order. Nothing is asked before the user says so."""

    search_requested = Signal()
    settings_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = TextField(
            self.tr("Search models"),
            theme,
            placeholder=self.tr("A name such as Qwen3 4B, or a repository such as org/model"),
            icon_name="search",
            height=32,
        )
        self.format = Select(
            self.tr("Format"),
            (
                ("gguf", self.tr("GGUF: runs here")),
                ("safetensors", self.tr("safetensors: to convert, to fine-tune")),
                (ANY, self.tr("Any format")),
            ),
            theme,
            height=32,
        )
        self.format.set_current("gguf")
        self.order = Select(
            self.tr("Order"),
            (
                ("downloads", self.tr("Most downloaded")),
                ("likes", self.tr("Most liked")),
                ("last_modified", self.tr("Newest")),
                ("trending_score", self.tr("Trending")),
            ),
            theme,
            height=32,
        )
        self.order.set_current("downloads")
        self.button = TextButton(self.tr("Search"), theme, kind="primary", height=32)
        self.settings = IconButton("settings-2", self.tr("Hub, key, offline…"), theme, size=32)
        for select in (self.format, self.order):
            select.setFixedWidth(select.sizeHint().width())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.text, 1)
        for widget in (self.format, self.order, self.button, self.settings):
            row.addWidget(widget)
        self.setFocusProxy(self.text)
        self.text.returnPressed.connect(self.search_requested)
        self.button.clicked.connect(self.search_requested)
        self.settings.clicked.connect(self.settings_requested)

    def set_busy(self, busy: bool) -> None:
        """A question is under way."""
        self.button.setText(self.tr("Searching…") if busy else self.tr("Search"))
        self.button.setEnabled(not busy)
        self.button.updateGeometry()
