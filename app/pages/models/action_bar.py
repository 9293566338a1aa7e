"""What can be done with the marked model: one main action, the others in a row and in a menu."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.models.library_rows import LibraryRow
from app.theme.theme import Theme
from app.widgets.icon_button import IconButton
from app.widgets.text_button import TextButton
from engine.library.entries import ModelEntry


class ActionBar(QWidget):
    """Buttons are shown only for what is possible. `triggered` tells which by its name."""

    triggered = Signal(str)
    """chat, unload, card, compare, quantize, convert, reveal, copy, trash, edit, remove."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.load = TextButton(self.tr("Open in chat"), theme, kind="primary", icon_name="message-square")
        self.unload = TextButton(self.tr("Unload"), theme, icon_name="power")
        self.convert = TextButton(self.tr("Convert to GGUF…"), theme, icon_name="arrow-left-right")
        self.edit = TextButton(self.tr("Edit…"), theme, icon_name="pencil")
        self.remove = TextButton(self.tr("Remove"), theme, kind="danger", icon_name="trash-2")
        self.card = IconButton("network", self.tr("Show what it is made of"), theme)
        self.metadata = IconButton("square-pen", self.tr("Edit metadata…"), theme)
        self.compare = IconButton("scale", self.tr("Compare with others…"), theme)
        self.quantize = IconButton("shrink", self.tr("Quantize…"), theme)
        self.reveal = IconButton("folder-open", self.tr("Show in folder"), theme)
        self.copy = IconButton("copy", self.tr("Copy the path"), theme)
        self.trash = IconButton("trash-2", self.tr("Move to the trash"), theme)
        self.buttons = {
            "chat": self.load,
            "unload": self.unload,
            "convert": self.convert,
            "edit": self.edit,
            "remove": self.remove,
            "card": self.card,
            "metadata": self.metadata,
            "compare": self.compare,
            "quantize": self.quantize,
            "reveal": self.reveal,
            "copy": self.copy,
            "trash": self.trash,
        }
        for name, button in self.buttons.items():
            button.clicked.connect(lambda _checked=False, name=name: self.triggered.emit(name))
        self._build()

    def show_row(self, row: LibraryRow | None, loaded: bool) -> None:
        """What is possible with this row."""
        possible = possible_actions(row, loaded)
        for name, button in self.buttons.items():
            button.setVisible(name in possible)
        self.load.setEnabled(True)

    def _build(self) -> None:
        main = QHBoxLayout()
        main.setSpacing(6)
        for button in (self.load, self.convert, self.unload, self.edit, self.remove):
            main.addWidget(button)
        main.addStretch(1)
        small = QHBoxLayout()
        small.setSpacing(2)
        for icon in (
            self.card,
            self.metadata,
            self.compare,
            self.quantize,
            self.reveal,
            self.copy,
            self.trash,
        ):
            small.addWidget(icon)
        small.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(main)
        column.addLayout(small)


def possible_actions(row: LibraryRow | None, loaded: bool) -> set[str]:
    """Names as `ActionBar.triggered` tells them."""
    if row is None:
        return set()
    if row.entry is None:
        return {"edit", "remove", "unload" if loaded else "chat"}
    entry = row.entry
    actions = {"reveal", "copy"}
    if entry.source == "home":
        actions.add("trash")
    if entry.problem is not None:
        return actions
    if is_usable(entry):
        actions.add("unload" if loaded else "chat")
    if entry.format == "gguf":
        actions |= {"card", "compare", "quantize"}
        if entry.parts == 1:
            actions.add("metadata")
    if (entry.format == "safetensors" and entry.kind == "decoder") or (
        entry.format == "lora" and not entry.path.endswith(".gguf")
    ):
        actions.add("convert")
    return actions


def is_usable(entry: ModelEntry) -> bool:
    """Whether it can be loaded as it is."""
    if entry.problem is not None:
        return False
    return entry.format == "gguf" or (entry.format == "safetensors" and entry.kind != "decoder")
