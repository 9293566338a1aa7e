"""The value of one key: its type, and a field that fits it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.i18n.errors import describe
from app.panels.gguf_editor.state import KeyRow, shown
from app.theme.theme import Theme
from app.widgets.painting import SEMIBOLD
from app.widgets.select import Select
from app.widgets.text_button import TextButton
from app.widgets.text_field import TextArea, TextField
from app.widgets.text_label import TextLabel
from engine.edit_gguf.job import check_key
from engine.edit_gguf.kinds import SCALARS, parse
from engine.errors import UserError
from engine.protocol.gguf_edit import Scalar, SetKey

_LIST = "list:"


class ValueForm(QWidget):
    """A scalar, or a short list with one item a line. Long arrays are edited item by item, in a table."""

    submitted = Signal(object)
    """`SetKey`."""
    remove_requested = Signal(str)
    restore_requested = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._new = False
        self._key = ""
        self.title = TextLabel("", theme, role="fg", weight=SEMIBOLD, wrap=True)
        self.key = TextField(self.tr("Key"), theme, placeholder="general.description", mono=True)
        kinds = [(name, name) for name in SCALARS]
        lists = [(_LIST + name, self.tr("list of {kind}").format(kind=name)) for name in SCALARS]
        self.kind = Select(self.tr("Type"), [*kinds, *lists], theme)
        self.value = TextArea(
            self.tr("Value"), theme, placeholder=self.tr("Value"), mono=True, min_lines=4, max_lines=16
        )
        self.problem = TextLabel("", theme, role="error", size="xs", wrap=True)
        self.note = TextLabel("", theme, role="fg3", size="xs", wrap=True)
        self.apply = TextButton(self.tr("Apply"), theme, kind="primary")
        self.restore = TextButton(self.tr("As in the file"), theme, kind="ghost")
        self.remove = TextButton(self.tr("Remove key"), theme, kind="danger")
        self._build()
        self.apply.clicked.connect(self._submit)
        self.key.returnPressed.connect(self.value.setFocus)
        self.value.edited.connect(lambda _text: self._say(""))
        self.remove.clicked.connect(lambda: self.remove_requested.emit(self._key))
        self.restore.clicked.connect(lambda: self.restore_requested.emit(self._key))

    def show_new(self) -> None:
        """An empty form for a key that is not there yet."""
        self._new, self._key = True, ""
        self.title.set_text(self.tr("A new key"))
        self.key.clear()
        self.kind.set_current("string")
        self.value.set_text("")
        self._arrange(editable=True, status="")
        self.key.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_row(self, row: KeyRow, value: Scalar | list[Scalar] | None) -> None:
        """`value` None: an array that is too long for a form, or a key that cannot be edited."""
        self._new, self._key = False, row.key
        self.title.set_text(row.key)
        kind = _LIST + row.item_kind if row.kind == "array" else row.kind
        self.kind.set_current(kind)
        if isinstance(value, list):
            self.value.set_text("\n".join(shown(item) for item in value))
        else:
            self.value.set_text("" if value is None else shown(value))
        self._arrange(editable=value is not None and not row.fixed, status=row.status)
        if row.fixed:
            self.note.set_text(self.tr("The places of the tensors depend on this key: it stays as it is."))

    def _arrange(self, *, editable: bool, status: str) -> None:
        self._say("")
        self.note.set_text("")
        self.key.setVisible(self._new)
        self.value.setVisible(editable)
        self.kind.setEnabled(editable)
        self.apply.setVisible(editable)
        self.apply.setText(self.tr("Add") if self._new else self.tr("Apply"))
        self.remove.setVisible(not self._new and editable and status != "removed")
        self.restore.setVisible(status in ("changed", "removed"))

    def _submit(self) -> None:
        key = self.key.text().strip() if self._new else self._key
        chosen = self.kind.current()
        text = self.value.text()
        try:
            check_key(key)
            if chosen.startswith(_LIST):
                item = chosen.removeprefix(_LIST)
                values = [parse(item, line) for line in text.split("\n")] if text else []
                change = SetKey(key, "array", values, item)
            else:
                change = SetKey(key, chosen, parse(chosen, text))
        except UserError as error:
            self._say(describe(error).message)
            return
        self._say("")
        self.submitted.emit(change)

    def _say(self, text: str) -> None:
        self.problem.set_text(text)
        self.problem.setVisible(bool(text))
        self.value.set_invalid(bool(text))

    def _build(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        buttons.addWidget(self.apply)
        buttons.addWidget(self.restore)
        buttons.addStretch(1)
        buttons.addWidget(self.remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self.title, self.key, self.kind, self.value, self.problem, self.note):
            column.addWidget(widget)
        column.addLayout(buttons)
        column.addStretch(1)
