"""The prompt library above the system prompt: pick, save, rename, delete."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from app.panels.sampling.preset_bar import NameEditor
from app.theme.icons import icon
from app.theme.theme import Theme
from app.widgets.icon_button import IconButton
from app.widgets.select import Select
from app.widgets.undo_bar import UndoBar
from engine.store.records import PromptRecord


class PromptLibraryBar(QWidget):
    """A drop-down with the saved prompts and a menu for the one that is chosen."""

    picked = Signal(str)
    """The text of a prompt."""
    save_requested = Signal(str)
    """A name for the present text."""
    update_requested = Signal(str)
    """Id of the prompt that takes the present text."""
    rename_requested = Signal(str, str)
    delete_requested = Signal(str)
    restore_requested = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._prompts: dict[str, PromptRecord] = {}
        self._text = ""
        self._renaming: str | None = None
        self.select = Select(self.tr("Prompt library"), (), theme)
        self.select.setPlaceholderText(self.tr("From the library…"))
        self.select.selected.connect(self._on_picked)
        self.more = IconButton("ellipsis", self.tr("Prompt library"), theme)
        self.more.clicked.connect(self._open_menu)
        self.editor = NameEditor(self.tr("Name of the prompt"), theme)
        self.editor.named.connect(self._on_named)
        self.undo = UndoBar(theme)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.select, 1)
        row.addWidget(self.more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self.editor)
        column.addWidget(self.undo)

    def set_prompts(self, prompts: Sequence[PromptRecord]) -> None:
        """The library, in the order to show."""
        self._prompts = {prompt.id: prompt for prompt in prompts}
        self.select.set_choices([(prompt.id, prompt.name) for prompt in prompts])
        self.select.setEnabled(bool(prompts))
        self.set_text(self._text)

    def set_text(self, text: str) -> None:
        """The present system prompt: the drop-down names the saved prompt it is."""
        self._text = text
        same = next((prompt.id for prompt in self._prompts.values() if prompt.text == text and text), "")
        if same or not self._edited_from_current():
            self.select.set_current(same)

    def current(self) -> PromptRecord | None:
        return self._prompts.get(self.select.current())

    def build_menu(self) -> QMenu:
        """What the menu button opens."""
        menu = QMenu(self)
        current = self.current()
        save = menu.addAction(icon("save"), self.tr("Save to the library…"))
        save.setEnabled(bool(self._text.strip()))
        save.triggered.connect(self._ask_save)
        if current is not None:
            name = current.name.replace("&", "&&")
            update = menu.addAction(icon("save"), self.tr("Update “{name}”").format(name=name))
            update.setEnabled(current.text != self._text)
            update.triggered.connect(lambda: self.update_requested.emit(current.id))
            rename = menu.addAction(icon("pencil"), self.tr("Rename…"))
            rename.triggered.connect(self._ask_rename)
            menu.addSeparator()
            delete = menu.addAction(icon("trash-2"), self.tr("Delete “{name}”").format(name=name))
            delete.triggered.connect(self._delete)
        return menu

    def _edited_from_current(self) -> bool:
        """Whether the text came from the chosen prompt and was changed; then the choice stays."""
        return self.current() is not None and bool(self._text)

    def _open_menu(self) -> None:
        menu = self.build_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height() + 4)))

    def _on_picked(self, key: str) -> None:
        prompt = self._prompts.get(key)
        if prompt is not None:
            self._text = prompt.text
            self.picked.emit(prompt.text)

    def _ask_save(self) -> None:
        self._renaming = None
        first = self._text.strip().splitlines()[0][:40] if self._text.strip() else ""
        self.editor.ask(first)

    def _ask_rename(self) -> None:
        current = self.current()
        if current is not None:
            self._renaming = current.id
            self.editor.ask(current.name)

    def _on_named(self, name: str) -> None:
        if self._renaming is None:
            self.save_requested.emit(name)
        else:
            self.rename_requested.emit(self._renaming, name)

    def _delete(self) -> None:
        current = self.current()
        if current is None:
            return
        self.delete_requested.emit(current.id)
        self.undo.offer(
            self.tr("Deleted “{name}”").format(name=current.name),
            lambda: self.restore_requested.emit(current.id),
        )
