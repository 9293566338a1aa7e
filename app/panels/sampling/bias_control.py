"""Logit bias: texts or token ids with a number, or banned."""

from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.panels.sampling.control import TitledControl
from app.theme.theme import Theme
from app.widgets.chip import read_escapes, show_escapes
from app.widgets.choice import Toggle
from app.widgets.icon_button import IconButton
from app.widgets.number_field import NumberField
from app.widgets.text_field import TextField
from app.widgets.text_label import TextLabel
from engine.sampling.params import LogitBias
from engine.sampling.specs import ParamSpec
from engine.sampling.validate import BIAS_LIMIT

BAN = -BIAS_LIMIT
"""The lowest bias is a ban, as in the OpenAI API. (JSON has no −∞.)"""


class BiasRow(QWidget):
    """One entry: what it acts on, how much, a ban switch and a cross."""

    changed = Signal(object)
    removed = Signal()

    def __init__(self, bias: LogitBias, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bias = bias
        shown = target_text(bias)
        self._target = TextLabel(shown, theme, role="fg", mono=True, elide=True)
        self.field = NumberField(
            self.tr("Bias of {target}").format(target=shown),
            theme,
            minimum=-BIAS_LIMIT,
            maximum=BIAS_LIMIT,
            step=0.5,
            decimals=1,
        )
        self.field.set_words({BAN: self.tr("banned")})
        self.field.set_number(max(bias.bias, BAN))
        self.ban = IconButton(
            "ban",
            self.tr("Ban {target}: it can never be chosen").format(target=shown),
            theme,
            size=24,
            icon_size=14,
            checkable=True,
        )
        self._banned = Toggle(self.ban, self._on_ban)
        self._banned.set(bias.bias <= BAN)
        self.cross = IconButton(
            "x", self.tr("Remove {target}").format(target=shown), theme, size=24, icon_size=14
        )
        self.field.number_changed.connect(self._on_number)
        self.cross.clicked.connect(self.removed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self._target, 1)
        row.addWidget(self.field)
        row.addWidget(self.ban)
        row.addWidget(self.cross)

    def _on_number(self, number: float) -> None:
        self._banned.set(False)
        self._emit(number)

    def _on_ban(self, banned: bool) -> None:
        number = BAN if banned else 0.0
        self.field.set_number(number)
        self._emit(number)

    def _emit(self, number: float) -> None:
        self._bias = replace(self._bias, bias=number)
        self.changed.emit(self._bias)


class BiasControl(TitledControl):
    """The table with a field that adds: a text, or ``#123`` for a token id."""

    def __init__(self, spec: ParamSpec, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(spec, theme, titled=False, parent=parent)
        self._theme = theme
        self._biases: tuple[LogitBias, ...] = ()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        self.field = TextField(
            self.tr("Text or token to bias"), theme, placeholder=self.tr("Text, or #token id")
        )
        self.field.returnPressed.connect(self._add)
        self.setFocusProxy(self.field)
        self.column.addLayout(self._rows)
        self.column.addWidget(self.field)

    def rows(self) -> list[BiasRow]:
        items = (self._rows.itemAt(index) for index in range(self._rows.count()))
        widgets = (item.widget() for item in items if item is not None)
        return [widget for widget in widgets if isinstance(widget, BiasRow)]

    def set_value(self, value: object) -> None:
        if isinstance(value, tuple) and value != self._biases:
            self._biases = value
            self._rebuild()

    def _add(self) -> None:
        text = self.field.text()
        if not text.strip():
            return
        self.field.clear()
        added = read_target(text)
        if any(target_text(bias) == target_text(added) for bias in self._biases):
            return
        self._take((*self._biases, added))
        self._rebuild()
        self.rows()[-1].field.setFocus()

    def _rebuild(self) -> None:
        for row in self.rows():
            self._rows.removeWidget(row)
            row.setParent(None)
            row.deleteLater()
        for index, bias in enumerate(self._biases):
            row = BiasRow(bias, self._theme)
            row.changed.connect(lambda changed, index=index: self._change(index, changed))
            row.removed.connect(lambda index=index: self._remove(index))
            self._rows.addWidget(row)

    def _change(self, index: int, bias: LogitBias) -> None:
        self._take((*self._biases[:index], bias, *self._biases[index + 1 :]))

    def _remove(self, index: int) -> None:
        self._take((*self._biases[:index], *self._biases[index + 1 :]))
        self._rebuild()
        self.field.setFocus()

    def _take(self, biases: tuple[LogitBias, ...]) -> None:
        self._biases = biases
        self.emit_value(biases)


def target_text(bias: LogitBias) -> str:
    """What a bias acts on, as shown."""
    return f"#{bias.token_id}" if bias.token_id is not None else show_escapes(bias.text)


def read_target(text: str) -> LogitBias:
    """A new bias from what was typed; starts at −1."""
    stripped = text.strip()
    if stripped.startswith("#") and stripped[1:].isdecimal():
        return LogitBias(bias=-1.0, token_id=int(stripped[1:]))
    return LogitBias(bias=-1.0, text=read_escapes(text))
