"""The one list of commands."""

from collections.abc import Callable, Iterator, Mapping

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence

from app.commands.spec import CONTEXT, CommandSpec
from app.theme.icons import icon

__all__ = ["CommandRegistry", "CommandSpec", "portable"]


class CommandRegistry(QObject):
    """Holds a `QAction` for every command. GUI thread only.

    Whoever changes the state that an `enabled_when` looks at calls `refresh`; calls within one turn of the
    event loop are answered once.
    """

    registered = Signal(str)
    triggered = Signal(str)
    shortcuts_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._specs: dict[str, CommandSpec] = {}
        self._actions: dict[str, QAction] = {}
        self._handlers: dict[str, Callable[[], object]] = {}
        self._overrides: dict[str, str] = {}
        self._refresh = QTimer(self, singleShot=True, interval=0)
        self._refresh.timeout.connect(self.refresh_now)

    def register(self, spec: CommandSpec, handler: Callable[[], object], *, checked: bool = False) -> QAction:
        """Add a command. Raises `ValueError` for an id that is taken."""
        if spec.id in self._specs:
            raise ValueError(f"the command {spec.id} is registered twice")
        action = QAction(self)
        action.setObjectName(spec.id)
        action.setCheckable(spec.checkable)
        action.setChecked(checked)
        if spec.icon:
            action.setIcon(icon(spec.icon))
            action.setIconVisibleInMenu(not spec.checkable)  # the mark takes its place
        action.triggered.connect(lambda _checked=False: self._run(spec.id, handler))
        self._specs[spec.id] = spec
        self._actions[spec.id] = action
        self._handlers[spec.id] = handler
        self._label(spec.id)
        self._apply_shortcut(spec.id)
        self.registered.emit(spec.id)
        self.refresh()
        return action

    def action(self, command_id: str) -> QAction:
        """The action of a command. Raises `KeyError` for an unknown id."""
        return self._actions[command_id]

    def spec(self, command_id: str) -> CommandSpec:
        return self._specs[command_id]

    def __iter__(self) -> Iterator[CommandSpec]:
        return iter(tuple(self._specs.values()))

    def __contains__(self, command_id: object) -> bool:
        return command_id in self._specs

    def title(self, command_id: str) -> str:
        """The translated title."""
        return QCoreApplication.translate(CONTEXT, self._specs[command_id].title)

    def category(self, command_id: str) -> str:
        """The translated category."""
        return QCoreApplication.translate(CONTEXT, self._specs[command_id].category)

    def refresh(self) -> None:
        """Ask every `enabled_when` again, soon."""
        self._refresh.start()

    # shortcuts

    def shortcut(self, command_id: str) -> str:
        """The key of a command now, as portable text; empty for none."""
        return self._overrides.get(command_id, self._specs[command_id].shortcut)

    def overrides(self) -> dict[str, str]:
        """The keys that differ from the built-in ones, by command."""
        return dict(self._overrides)

    def set_overrides(self, overrides: Mapping[str, str]) -> None:
        """Replace all changed keys, for instance with what was saved. Unknown ids are kept for later."""
        self._overrides = dict(overrides)
        for command_id in self._specs:
            self._apply_shortcut(command_id)
        self.shortcuts_changed.emit()

    def set_shortcut(self, command_id: str, keys: str) -> None:
        """Give a command other keys (empty: none). Whoever had them before loses them."""
        keys = portable(keys)
        for other in self.conflicts(command_id, keys):
            self._override(other, "")
        self._override(command_id, keys)
        self.shortcuts_changed.emit()

    def reset_shortcut(self, command_id: str) -> None:
        """Back to the built-in keys."""
        self.set_shortcut(command_id, self._specs[command_id].shortcut)

    def conflicts(self, command_id: str, keys: str) -> list[str]:
        """Other commands that answer to `keys`."""
        keys = portable(keys)
        if not keys:
            return []
        return [
            other for other in self._specs if other != command_id and portable(self.shortcut(other)) == keys
        ]

    def _override(self, command_id: str, keys: str) -> None:
        if portable(self._specs[command_id].shortcut) == keys:
            self._overrides.pop(command_id, None)
        else:
            self._overrides[command_id] = keys
        self._apply_shortcut(command_id)

    def _apply_shortcut(self, command_id: str) -> None:
        keys = QKeySequence.fromString(self.shortcut(command_id), QKeySequence.SequenceFormat.PortableText)
        self._actions[command_id].setShortcut(keys)
        self._label(command_id)

    def _label(self, command_id: str) -> None:
        action = self._actions[command_id]
        title = self.title(command_id)
        action.setText(title)
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{title} ({keys})" if keys else title)

    def run_spare_key(self, keys: QKeySequence) -> bool:
        """A key that no widget took: run the command that waits for it, if it can be run now."""
        text = keys.toString(QKeySequence.SequenceFormat.PortableText)
        for command_id, spec in self._specs.items():
            if text and spec.spare_key == text and (spec.enabled_when is None or spec.enabled_when()):
                self._run(command_id, self._handlers[command_id])
                return True
        return False

    def _run(self, command_id: str, handler: Callable[[], object]) -> None:
        self.triggered.emit(command_id)
        handler()

    def refresh_now(self) -> None:
        """Ask every `enabled_when` at once."""
        for command_id, spec in self._specs.items():
            if spec.enabled_when is not None:
                self._actions[command_id].setEnabled(spec.enabled_when())

    def retranslate(self) -> None:
        """Read titles again in the language of now."""
        for command_id in self._specs:
            self._label(command_id)


def portable(keys: str) -> str:
    """Key text in one spelling, so that it can be compared."""
    portable_text = QKeySequence.SequenceFormat.PortableText
    return QKeySequence.fromString(keys, portable_text).toString(portable_text)
