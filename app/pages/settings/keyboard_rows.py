"""Changing the keys of commands."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAccessible, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QKeySequenceEdit, QLabel, QLineEdit, QPushButton, QToolButton

from app.commands.registry import CommandRegistry
from app.pages.settings.rows import Row
from app.theme.icons import icon
from app.widgets.described import describe_as

KEY_WIDTH = 150


class KeyField(QKeySequenceEdit):
    """Takes one combination; Esc leaves it as it was, Backspace clears, Tab moves on."""

    def __init__(self) -> None:
        super().__init__()
        self.setMaximumSequenceLength(1)
        self.setFixedWidth(KEY_WIDTH)
        self.before = QKeySequence()
        describe_as(
            self,
            QAccessible.Role.HotkeyField,
            lambda: self.keySequence().toString(QKeySequence.SequenceFormat.NativeText),
        )

    def set_name(self, name: str) -> None:
        """For assistive technology; Qt puts a field of its own inside."""
        for part in (self, *self.findChildren(QLineEdit)):
            part.setAccessibleName(name)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
            if plain and event.key() == Qt.Key.Key_Escape:
                self.setKeySequence(self.before)
                self.clearFocus()
                return True
            if plain and event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
                self.setKeySequence(QKeySequence())
                self.editingFinished.emit()
                return True
            if event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                return self.focusNextPrevChild(event.key() == Qt.Key.Key_Tab)
        return super().event(event)


class ShortcutRow(Row):
    """One command. A combination that another command has is taken only after a second word."""

    def __init__(self, command: str, registry: CommandRegistry) -> None:
        field = KeyField()
        super().__init__(registry.title(command), "", field)
        self.command = command
        self._registry = registry
        self.field = field
        self.words = f"{registry.category(command)} {registry.title(command)} {registry.shortcut(command)}"
        self.field.set_name(self.tr("Keys of {command}").format(command=registry.title(command)))
        self._conflict = QLabel()
        self._conflict.setProperty("role", "warn")
        self._take = QPushButton(self.tr("Use here instead"))
        self._take.setProperty("kind", "ghost")
        self._take.clicked.connect(self._apply)
        self.reset_button = QToolButton()
        self.reset_button.setIcon(icon("rotate-ccw"))
        self.reset_button.setIconSize(QSize(14, 14))
        self.reset_button.setToolTip(self.tr("Back to the default"))
        self.reset_button.setAccessibleName(
            self.tr("Reset {setting}").format(setting=registry.title(command))
        )
        self.reset_button.clicked.connect(lambda: registry.reset_shortcut(command))
        policy = self.reset_button.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.reset_button.setSizePolicy(policy)
        self.row.setContentsMargins(16, 6, 10, 6)
        self.row.insertWidget(1, self._conflict)
        self.row.insertWidget(2, self._take)
        self.row.addWidget(self.reset_button)
        self.field.editingFinished.connect(self._edited)
        registry.shortcuts_changed.connect(self._follow)
        self._follow()

    def _keys(self) -> str:
        return self.field.keySequence().toString(QKeySequence.SequenceFormat.PortableText)

    def _edited(self) -> None:
        keys = self._keys()
        if keys == self._registry.shortcut(self.command):
            self._warn([])
            return
        conflicts = self._registry.conflicts(self.command, keys)
        self._warn(conflicts)
        if not conflicts:
            self._apply()

    def _warn(self, conflicts: list[str]) -> None:
        names = ", ".join(self._registry.title(command) for command in conflicts)
        self._conflict.setText(self.tr("Used by “{command}”").format(command=names))
        self._conflict.setVisible(bool(conflicts))
        self._take.setVisible(bool(conflicts))

    def _apply(self) -> None:
        self._registry.set_shortcut(self.command, self._keys())

    def _follow(self) -> None:
        keys = self._registry.shortcut(self.command)
        sequence = QKeySequence.fromString(keys, QKeySequence.SequenceFormat.PortableText)
        self.field.before = sequence
        self.field.setKeySequence(sequence)
        self.reset_button.setVisible(self.command in self._registry.overrides())
        self._warn([])
