"""What can be done with the marked model: one main action, the others in a row and in a menu."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.models.library_rows import LibraryRow
from app.theme.theme import Theme
from app.widgets.icon_button import IconButton
from app.widgets.text_button import TextButton
from engine.library.entries import ModelEntry

ICONS = {
    "chat": "message-square",
    "unload": "power",
    "convert": "arrow-left-right",
    "edit": "pencil",
    "remove": "trash-2",
    "card": "network",
    "metadata": "square-pen",
    "compare": "scale",
    "quantize": "shrink",
    "reveal": "folder-open",
    "copy": "copy",
    "trash": "trash-2",
}
"""By what a button does; the menu of the table shows them too."""


class ActionBar(QWidget):
    """Buttons are shown only for what is possible. `triggered` tells which by its name."""

    triggered = Signal(str)
    """chat, unload, card, compare, quantize, convert, reveal, copy, trash, edit, remove."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.load = TextButton(self.tr("Open in chat"), theme, kind="primary", icon_name=ICONS["chat"])
        self.unload = TextButton(self.tr("Unload"), theme, icon_name=ICONS["unload"])
        self.convert = TextButton(self.tr("Convert to GGUF…"), theme, icon_name=ICONS["convert"])
        self.edit = TextButton(self.tr("Edit…"), theme, icon_name=ICONS["edit"])
        self.remove = TextButton(self.tr("Remove"), theme, kind="danger", icon_name=ICONS["remove"])
        self.card = IconButton(ICONS["card"], self.tr("Show what it is made of"), theme)
        self.metadata = IconButton(ICONS["metadata"], self.tr("Edit metadata…"), theme)
        self.compare = IconButton(ICONS["compare"], self.tr("Compare with others…"), theme)
        self.quantize = IconButton(ICONS["quantize"], self.tr("Quantize…"), theme)
        self.reveal = IconButton(ICONS["reveal"], self.tr("Show in folder"), theme)
        self.copy = IconButton(ICONS["copy"], self.tr("Copy the path"), theme)
        self.trash = IconButton(ICONS["trash"], self.tr("Move to the trash"), theme)
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
