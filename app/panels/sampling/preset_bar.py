"""The presets: three at hand, the others and the user's own in a menu."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from app.panels.sampling.words import preset_name, preset_summary
from app.theme.icons import icon
from app.theme.theme import Theme
from app.widgets.icon_button import IconButton
from app.widgets.segmented import SegmentedControl
from app.widgets.text_button import TextButton
from app.widgets.text_field import TextField
from app.widgets.undo_bar import UndoBar
from engine.sampling.presets import PRESETS
from engine.store.records import PresetRecord

AT_HAND = ("precise", "balanced", "creative")
RECOMMENDED = "recommended"


class NameEditor(QWidget):
    """A field for a name with a confirming button; Escape closes it."""

    named = Signal(str)

    def __init__(self, name: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = TextField(name, theme, placeholder=name)
        self.button = TextButton(self.tr("Save"), theme, kind="primary")
        self.field.returnPressed.connect(self._confirm)
        self.button.clicked.connect(self._confirm)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.field, 1)
        row.addWidget(self.button)
        self.hide()

    def ask(self, name: str) -> None:
        """Show with a proposal."""
        self.field.setText(name)
        self.show()
        self.field.setFocus()
        self.field.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            return
        super().keyPressEvent(event)

    def _confirm(self) -> None:
        name = self.field.text().strip()
        if name:
            self.hide()
            self.named.emit(name)


class PresetBar(QWidget):
    """Segments, a menu button, and below them what the menu asks for."""

    builtin_chosen = Signal(str)
    own_chosen = Signal(str)
    recommended_chosen = Signal()
    save_requested = Signal(str)
    rename_requested = Signal(str, str)
    delete_requested = Signal(str)
    restore_requested = Signal(str)
    model_default_requested = Signal()
    model_default_cleared = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._own: tuple[PresetRecord, ...] = ()
        self._current: str | None = None
        self._basis: str | None = None
        self._model = ""
        self._has_default = False
        self._has_recommendation = False
        self._renaming: str | None = None
        self.segments = SegmentedControl(
            self.tr("Preset"), [(key, preset_name(key)) for key in AT_HAND], theme
        )
        for key in AT_HAND:
            self.segments.button(key).setToolTip(preset_summary(key))
        self.segments.selected.connect(self.builtin_chosen)
        self.more = IconButton("ellipsis", self.tr("All presets"), theme, size=28)
        self.more.clicked.connect(self._open_menu)
        self.editor = NameEditor(self.tr("Name of the preset"), theme)
        self.editor.named.connect(self._on_named)
        self.undo = UndoBar(theme)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.segments, 1)
        row.addWidget(self.more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self.editor)
        column.addWidget(self.undo)

    def set_own(self, presets: Sequence[PresetRecord]) -> None:
        """The user's presets, in the order to show."""
        self._own = tuple(preset for preset in presets if preset.kind == "own")

    def set_model(self, name: str, *, has_default: bool, has_recommendation: bool) -> None:
        """The loaded model; whether the user gave it defaults and whether its own files recommend some."""
        self._model, self._has_default, self._has_recommendation = name, has_default, has_recommendation

    def set_current(self, preset_id: str | None) -> None:
        """The preset that the present values are (built-in or own), None for none."""
        self._current = preset_id
        if preset_id is not None:
            self._basis = preset_id
        self.segments.set_current(preset_id if preset_id in AT_HAND else None)

    def forget_basis(self) -> None:
        """What is shown now did not come about by changing the preset that was shown before."""
        self._basis = None

    def build_menu(self) -> QMenu:
        """What the menu button opens."""
        menu = QMenu(self)
        for preset in PRESETS:
            action = self._choice(menu, preset.id, preset_name(preset.id), preset_summary(preset.id))
            action.triggered.connect(lambda _on=False, key=preset.id: self.builtin_chosen.emit(key))
        if self._has_recommendation:
            action = self._choice(
                menu, RECOMMENDED, self.tr("Recommended by the model"), self.tr("From its own files")
            )
            action.triggered.connect(self.recommended_chosen)
        if self._own:
            menu.addSection(self.tr("Own presets"))
        for own in self._own:
            action = self._choice(menu, own.id, own.name.replace("&", "&&"), own.name)
            action.triggered.connect(lambda _on=False, key=own.id: self.own_chosen.emit(key))
        menu.addSeparator()
        self._add_actions(menu)
        return menu

    def _choice(self, menu: QMenu, key: str, text: str, hint: str) -> QAction:
        action = menu.addAction(text)
        action.setCheckable(True)
        action.setChecked(key == self._current)
        action.setToolTip(hint)
        action.setStatusTip(hint)
        return action

    def _add_actions(self, menu: QMenu) -> None:
        own = self._own_basis()
        if own is not None and self._current is None:
            text = self.tr("Save the changes to “{name}”").format(name=own.name)
            update = menu.addAction(icon("save"), text.replace("&", "&&"))
            update.triggered.connect(lambda: self.save_requested.emit(own.name))
        save = menu.addAction(icon("save"), self.tr("Save as a preset…"))
        save.triggered.connect(self._ask_save)
        rename = menu.addAction(icon("pencil"), self.tr("Rename…"))
        rename.setEnabled(own is not None)
        rename.triggered.connect(self._ask_rename)
        delete = menu.addAction(icon("trash-2"), self.tr("Delete"))
        delete.setEnabled(own is not None)
        delete.triggered.connect(self._delete)
        menu.addSeparator()
        text = self.tr("Use as default of {model}").format(model=self._model or self.tr("this model"))
        default = menu.addAction(icon("star"), text.replace("&", "&&"))
        default.setEnabled(bool(self._model))
        default.triggered.connect(self.model_default_requested)
        if self._has_default:
            clear = menu.addAction(icon("x"), self.tr("Forget the default of this model"))
            clear.triggered.connect(self.model_default_cleared)

    def _own_basis(self) -> PresetRecord | None:
        """The user's preset that is in use, or was before something was changed."""
        return next((preset for preset in self._own if preset.id == self._basis), None)

    def _open_menu(self) -> None:
        menu = self.build_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height() + 4)))

    def _ask_save(self) -> None:
        self._renaming = None
        self.editor.ask("")

    def _ask_rename(self) -> None:
        own = self._own_basis()
        if own is not None:
            self._renaming = own.id
            self.editor.ask(own.name)

    def _on_named(self, name: str) -> None:
        if self._renaming is None:
            self.save_requested.emit(name)
        else:
            self.rename_requested.emit(self._renaming, name)

    def _delete(self) -> None:
        own = self._own_basis()
        if own is None:
            return
        self.delete_requested.emit(own.id)
        self.undo.offer(
            self.tr("Deleted “{name}”").format(name=own.name),
            lambda: self.restore_requested.emit(own.id),
        )
