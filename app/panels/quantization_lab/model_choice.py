"""Which matrix of which model, on which text."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.models.model_choices import ModelChoice
from app.panels.quantization_lab.words import kind_name
from app.theme.theme import Theme
from app.widgets.number_field import NumberField
from app.widgets.numbers import whole
from app.widgets.select import Select
from app.widgets.slider_row import SliderRow
from app.widgets.text_button import TextButton
from app.widgets.text_label import TextLabel
from engine.lab.tensors import LayerTensor

DEFAULT_TOKENS = 2048


class ModelChoiceBlock(QWidget):
    """Setters and signals only. A matrix is a layer's number and a kind."""

    model_chosen = Signal(str)
    """Its path."""
    changed = Signal()
    text_requested = Signal()
    """A file of the user's own."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tensors: tuple[LayerTensor, ...] = ()
        self._text = ""
        self._layer = -1
        self._kind = "ffn_down"
        """What the user wants, also while the model has no such matrix."""
        self.model = Select(self.tr("Model"), (), theme)
        self.model.setToolTip(
            self.tr("A GGUF file. Best in F16, BF16 or F32: others hold weights that are rounded already.")
        )
        self.layer = SliderRow(
            self.tr("Layer"),
            theme,
            minimum=0,
            maximum=0,
            step=1,
            decimals=0,
            default=0,
            tooltip=self.tr("Early, middle and late layers see very different inputs."),
        )
        self.kind = Select(self.tr("Matrix"), (), theme)
        self.kind.setToolTip(
            self.tr("Which of the layer's matrix products is looked at. Stacked experts are not taken.")
        )
        self.shape = TextLabel("", theme, role="fg3", size="xs", wrap=True)
        self.text = TextButton(self.tr("Bundled text"), theme, icon_name="file-text")
        self.text.setToolTip(
            self.tr(
                "The model reads it, and what goes into the matrix is recorded. Methods are fitted on three "
                "quarters and measured on the last. Take a text like those the model will work with."
            )
        )
        self.tokens = NumberField(
            self.tr("Tokens to read"), theme, minimum=256, maximum=65536, step=256, width=64, framed=True
        )
        self.tokens.set_number(DEFAULT_TOKENS)
        self.tokens.setToolTip(self.tr("More tokens take longer, and make GPTQ better on other text."))
        self._build(theme)
        self.model.selected.connect(self.model_chosen)
        self.layer.number_changed.connect(self._on_layer)
        self.kind.selected.connect(self._on_kind)
        self.text.clicked.connect(self.text_requested)
        self.tokens.number_changed.connect(lambda _number: self.changed.emit())

    def set_models(self, choices: Sequence[ModelChoice]) -> None:
        """GGUF files only."""
        self.model.set_choices([(one.path, one.name) for one in choices])

    def set_tensors(self, tensors: Sequence[LayerTensor]) -> None:
        """Of the chosen model; empty while nobody knows. Layer and kind stay where they exist."""
        self._tensors = tuple(tensors)
        last = max((one.layer for one in tensors), default=0)
        if tensors and not 0 <= self._layer <= last:
            self._layer = last // 2
        number = max(0, min(self._layer, last))
        self.layer.field.set_limits(0, last)
        self.layer.slider.set_limits(0, last, 1)
        self.layer.set_number(number)
        self.layer.setEnabled(bool(tensors))
        self._fill_kinds()

    def set_text(self, path: str, name: str) -> None:
        """ "" for the bundled text."""
        self._text = path
        self.text.setText(name or self.tr("Bundled text"))
        self.text.setAccessibleName(self.text.text())
        self.changed.emit()

    def choose(self, name: str) -> None:
        """A matrix by its name; unknown ones do nothing."""
        for one in self._tensors:
            if one.name == name:
                self._layer, self._kind = one.layer, one.kind
                self.layer.set_number(one.layer)
                self._fill_kinds()

    @property
    def text_path(self) -> str:
        return self._text

    @property
    def tensor(self) -> LayerTensor | None:
        """What is chosen."""
        layer, kind = int(self.layer.number()), self.kind.current()
        return next((one for one in self._tensors if one.layer == layer and one.kind == kind), None)

    def _on_layer(self, number: float) -> None:
        self._layer = int(number)
        self._fill_kinds()

    def _on_kind(self, kind: str) -> None:
        self._kind = kind
        self._refresh()

    def _fill_kinds(self) -> None:
        layer = int(self.layer.number())
        kinds = [one.kind for one in self._tensors if one.layer == layer]
        self.kind.set_choices([(kind, kind_name(kind)) for kind in kinds])
        self.kind.set_current(self._kind if self._kind in kinds else next(iter(kinds), ""))
        self.kind.setEnabled(bool(kinds))
        self._refresh()

    def _refresh(self) -> None:
        one = self.tensor
        text = self.tr("{name} · {inputs} inputs, {outputs} outputs · {type}")
        self.shape.set_text(
            text.format(name=one.name, inputs=whole(one.inputs), outputs=whole(one.outputs), type=one.type)
            if one is not None
            else ""
        )
        self.changed.emit()

    def _build(self, theme: Theme) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for name, control in (
            (self.tr("Model"), self.model),
            (None, self.layer),
            (self.tr("Matrix"), self.kind),
        ):
            if name is not None:
                column.addWidget(TextLabel(name, theme))
            column.addWidget(control)
        column.addWidget(self.shape)
        column.addSpacing(4)
        column.addWidget(TextLabel(self.tr("Calibration text"), theme))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.text, 1)
        row.addWidget(self.tokens)
        row.addWidget(TextLabel(self.tr("tokens"), theme, role="fg3"))
        column.addLayout(row)
