"""Controls of single sampling parameters behind one small interface."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.panels.sampling import texts
from app.panels.sampling.words import reason_text
from app.theme.theme import Theme
from app.widgets.chip import ChipsEditor
from app.widgets.number_field import NumberField
from app.widgets.segmented import SegmentedControl
from app.widgets.slider_row import RowHead, SliderRow
from app.widgets.text_label import TextLabel
from engine.sampling.effects import Reason
from engine.sampling.specs import ParamSpec


class ParamControl(QWidget):
    """Shows and changes one parameter; `value_changed(name, value)` by the user only."""

    value_changed = Signal(str, object)

    def __init__(self, spec: ParamSpec, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.spec = spec
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(4)
        self.setToolTip(tooltip(spec))

    def set_value(self, value: object) -> None:
        """Show a value without emitting."""
        raise NotImplementedError

    def set_reason(self, reason: Reason | None) -> None:
        """Why the value has no effect, None when it has one."""
        raise NotImplementedError

    def set_dormant(self, dormant: bool) -> None:
        """Whether it does nothing at any value, because what it shapes is off."""

    def matches(self, needle: str) -> bool:
        """Whether a filter (case folded) finds this parameter by label, name or summary."""
        spec = self.spec
        return any(
            needle in word.casefold()
            for word in (texts.label(spec.name), spec.name, spec.llama_name, texts.summary(spec.name))
        )

    def emit_value(self, value: object) -> None:
        self.value_changed.emit(self.spec.name, value)


def tooltip(spec: ParamSpec) -> str:
    """Summary, meaning and llama.cpp's name."""
    name = spec.llama_name or spec.name
    # Plain text would not wrap; the texts are our own, so no markup can come in from outside.
    more = QCoreApplication.translate("Sampling", "F1 opens an article about it.")
    return (
        f"<p><b>{texts.summary(spec.name)}</b></p><p>{texts.meaning(spec.name)}</p>"
        f"<p><code>{name}</code></p><p>{more}</p>"
    )


class NumberControl(ParamControl):
    """A slider with a field."""

    def __init__(self, spec: ParamSpec, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(spec, parent)
        off = () if spec.neutral is None or spec.name == "temperature" else (spec.neutral,)
        self.row = SliderRow(
            texts.label(spec.name),
            theme,
            minimum=spec.minimum,
            maximum=spec.maximum,
            step=spec.step,
            decimals=spec.decimals,
            default=float(str(spec.default)),
            neutral=spec.neutral,
            slider_range=spec.slider,
            off_values=off,
            off_at_most=spec.off_at_most,
            words={value: self.tr("off") for value in off},
            tooltip=tooltip(spec),
        )
        self.row.number_changed.connect(self._on_changed)
        self.column.addWidget(self.row)
        self.setFocusProxy(self.row.field)

    def set_value(self, value: object) -> None:
        if isinstance(value, (int, float)):
            self.row.set_number(float(value))

    def set_reason(self, reason: Reason | None) -> None:
        self.row.set_warning(reason_text(reason) if reason else "")

    def set_dormant(self, dormant: bool) -> None:
        self.row.set_dormant(dormant)

    def _on_changed(self, number: float) -> None:
        self.emit_value(round(number) if self.spec.kind == "int" else number)


class FieldControl(ParamControl):
    """A whole number without a useful slider, e.g. how far to look back."""

    def __init__(
        self, spec: ParamSpec, theme: Theme, words: dict[float, str], parent: QWidget | None = None
    ) -> None:
        super().__init__(spec, parent)
        self._words = words
        self._dormant = False
        name = texts.label(spec.name)
        self.field = NumberField(
            name, theme, minimum=spec.minimum, maximum=spec.maximum, step=spec.step, width=84
        )
        self.field.set_words(words)
        self.field.setAccessibleDescription(texts.meaning(spec.name))
        self.head = RowHead(name, theme, self.field)
        self.head.label.reset_requested.connect(self._reset)
        self.field.number_changed.connect(self._on_changed)
        self.setFocusProxy(self.field)
        self.column.addLayout(self.head)

    def set_value(self, value: object) -> None:
        if isinstance(value, (int, float)):
            self.field.set_number(float(value))
            self._mute()

    def set_reason(self, reason: Reason | None) -> None:
        self.head.warning.set_reason(reason_text(reason) if reason else "")

    def set_dormant(self, dormant: bool) -> None:
        self._dormant = dormant
        self._mute()

    def _mute(self) -> None:
        self.field.set_muted(self._dormant or self.field.number() in self._words)

    def _on_changed(self, number: float) -> None:
        self._mute()
        self.emit_value(round(number))

    def _reset(self) -> None:
        if self.field.number() != self.spec.default:
            self.set_value(self.spec.default)
            self.emit_value(self.spec.default)


class TitledControl(ParamControl):
    """With its name above, or, where the group already says it, without; then a reason stands as text."""

    def __init__(self, spec: ParamSpec, theme: Theme, *, titled: bool, parent: QWidget | None = None) -> None:
        super().__init__(spec, parent)
        self.head: RowHead | None = None
        self._reason = TextLabel("", theme, role="warn", size="xs", wrap=True)
        if titled:
            self.head = RowHead(texts.label(spec.name), theme)
            self.column.addLayout(self.head)
        self.column.addWidget(self._reason)
        self._reason.hide()

    def set_reason(self, reason: Reason | None) -> None:
        text = reason_text(reason) if reason else ""
        if self.head is not None:
            self.head.warning.set_reason(text)
            return
        self._reason.set_text(text)
        self._reason.setVisible(bool(text))


class ChoiceControl(TitledControl):
    """A few choices side by side. `choices`: (value, text)."""

    def __init__(
        self,
        spec: ParamSpec,
        choices: list[tuple[object, str]],
        theme: Theme,
        *,
        titled: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(spec, theme, titled=titled, parent=parent)
        self._values = {str(value): value for value, _text in choices}
        name = texts.label(spec.name)
        self.segments = SegmentedControl(name, [(str(value), text) for value, text in choices], theme)
        self.segments.selected.connect(lambda key: self.emit_value(self._values[key]))
        self.column.addWidget(self.segments)

    def set_value(self, value: object) -> None:
        self.segments.set_current(str(value))


class TextsControl(TitledControl):
    """A list of short texts as chips."""

    def __init__(
        self, spec: ParamSpec, theme: Theme, *, titled: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(spec, theme, titled=titled, parent=parent)
        name = texts.label(spec.name)
        self.editor = ChipsEditor(
            name, self.tr("Add a text, Enter to keep it"), self.tr("Remove “{text}”"), theme
        )
        self.editor.changed.connect(self.emit_value)
        self.column.addWidget(self.editor)
        self.setFocusProxy(self.editor.field)

    def set_value(self, value: object) -> None:
        if isinstance(value, tuple):
            self.editor.set_texts(value)
