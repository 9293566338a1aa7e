"""Controls for the fields of `ContextParams`."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.panels.model.texts import field_text
from app.theme.theme import Theme
from app.widgets.number_field import NumberField
from app.widgets.segmented import SegmentedControl
from app.widgets.select import Select
from app.widgets.slider_row import RowHead
from app.widgets.switch import Switch
from app.widgets.text_field import TextField


class ContextField(QWidget):
    """One field; `value_changed(name, value)` by the user only."""

    value_changed = Signal(str, object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self.text = field_text(name)
        self.setToolTip(f"<p>{self.text.meaning}</p>")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(4)

    def set_value(self, value: object) -> None:
        """Show a value without emitting."""
        raise NotImplementedError

    def emit_value(self, value: object) -> None:
        self.value_changed.emit(self.name, value)


class IntegerField(ContextField):
    """A whole number, some values as words."""

    def __init__(
        self,
        name: str,
        theme: Theme,
        *,
        minimum: int,
        maximum: int,
        step: int = 1,
        words: Mapping[float, str] | None = None,
    ) -> None:
        super().__init__(name)
        self._words = dict(words or {})
        self.field = NumberField(
            self.text.label, theme, minimum=minimum, maximum=maximum, step=step, width=84
        )
        self.field.set_words(self._words)
        self.field.setAccessibleDescription(self.text.meaning)
        self.field.number_changed.connect(self._on_changed)
        self.column.addLayout(RowHead(self.text.label, theme, self.field))

    def set_value(self, value: object) -> None:
        if isinstance(value, (int, float)):
            self.field.set_number(float(value))
            self.field.set_muted(value in self._words)

    def _on_changed(self, number: float) -> None:
        self.field.set_muted(number in self._words)
        self.emit_value(round(number))


class FloatField(ContextField):
    """A number with decimals, some values as words."""

    def __init__(
        self,
        name: str,
        theme: Theme,
        *,
        minimum: float,
        maximum: float,
        step: float,
        decimals: int,
        words: Mapping[float, str],
    ) -> None:
        super().__init__(name)
        self._words = dict(words)
        self.field = NumberField(
            self.text.label,
            theme,
            minimum=minimum,
            maximum=maximum,
            step=step,
            decimals=decimals,
            width=84,
        )
        self.field.set_words(self._words)
        self.field.setAccessibleDescription(self.text.meaning)
        self.field.number_changed.connect(self._on_changed)
        self.column.addLayout(RowHead(self.text.label, theme, self.field))

    def set_value(self, value: object) -> None:
        if isinstance(value, (int, float)):
            self.field.set_number(float(value))
            self.field.set_muted(value in self._words)

    def _on_changed(self, number: float) -> None:
        self.field.set_muted(number in self._words)
        self.emit_value(number)


class SwitchField(ContextField):
    """On or off."""

    def __init__(self, name: str, theme: Theme) -> None:
        super().__init__(name)
        self.switch = Switch(self.text.label, theme)
        self.switch.setAccessibleDescription(self.text.meaning)
        self.switch.toggled.connect(self.emit_value)
        self.column.addLayout(RowHead(self.text.label, theme, self.switch))

    def set_value(self, value: object) -> None:
        with QSignalBlocker(self.switch):
            self.switch.setChecked(bool(value))
        self.switch.sync()


class SegmentField(ContextField):
    """A few choices side by side."""

    def __init__(self, name: str, choices: Sequence[tuple[str, str]], theme: Theme) -> None:
        super().__init__(name)
        self.segments = SegmentedControl(self.text.label, choices, theme)
        self.segments.selected.connect(self.emit_value)
        self.column.addLayout(RowHead(self.text.label, theme))
        self.column.addWidget(self.segments)

    def set_value(self, value: object) -> None:
        self.segments.set_current(str(value))


class SelectField(ContextField):
    """Many choices in a drop-down."""

    def __init__(self, name: str, choices: Sequence[tuple[str, str]], theme: Theme) -> None:
        super().__init__(name)
        self.select = Select(self.text.label, choices, theme, height=26)
        self.select.setFixedWidth(112)
        self.select.setAccessibleDescription(self.text.meaning)
        self.select.selected.connect(self.emit_value)
        self.column.addLayout(RowHead(self.text.label, theme, self.select))

    def set_value(self, value: object) -> None:
        self.select.set_current(str(value))


class SharesField(ContextField):
    """Numbers divided by commas: the tensor split."""

    def __init__(self, name: str, theme: Theme) -> None:
        super().__init__(name)
        self.field = TextField(self.text.label, theme, placeholder=self.tr("by free memory"), height=26)
        self.field.setFixedWidth(112)
        self.field.setAccessibleDescription(self.text.meaning)
        self.field.textEdited.connect(lambda text: self.field.set_invalid(parse_shares(text) is None))
        self.field.editingFinished.connect(self._commit)
        self.column.addLayout(RowHead(self.text.label, theme, self.field))

    def set_value(self, value: object) -> None:
        if isinstance(value, tuple) and value != parse_shares(self.field.text()):
            self.field.setText(", ".join(f"{share:g}" for share in value))
            self.field.set_invalid(False)

    def _commit(self) -> None:
        shares = parse_shares(self.field.text())
        if shares is not None:
            self.emit_value(shares)


def parse_shares(text: str) -> tuple[float, ...] | None:
    """Numbers of at least 0 divided by commas or spaces; None for anything else."""
    try:
        shares = tuple(float(part) for part in text.replace(",", " ").split())
    except ValueError:
        return None
    return shares if all(0 <= share < 1e6 for share in shares) else None
