"""Which matrix of which model, on which text."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.controllers.models import ModelsController
from app.panels.model_field import ModelField
from app.panels.quantization_lab.words import kind_name, kind_order
from app.panels.text_choice import BUNDLED, FILE, TextChoice
from app.theme.theme import Theme
from app.widgets.numbers import whole
from app.widgets.select import Select
from app.widgets.slider_row import SliderRow
from app.widgets.text_label import TextLabel
from engine.lab.tensors import LayerTensor

DEFAULT_TOKENS = 2048
_CHUNK = 256
"""Of `LabJob`."""


class ModelChoiceBlock(QWidget):
    """Setters and signals only. A matrix is a layer's number and a kind."""

    model_chosen = Signal(str)
    """Its path."""
    changed = Signal()

    def __init__(self, models: ModelsController, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tensors: tuple[LayerTensor, ...] = ()
        self._layer = -1
        self._kind = "ffn_down"
        """What the user wants, also while the model has no such matrix."""
        self.model = ModelField(self.tr("Model"), models, theme)
        self.model.setToolTip(
            self.tr("A GGUF file. Best in F16, BF16 or F32: others hold weights that are rounded already.")
        )
        self.layer = SliderRow(
            self.tr("Layer"),
            theme,
            minimum=0,
            maximum=1,
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
        self.text = TextChoice(theme, DEFAULT_TOKENS, kinds=(BUNDLED, FILE), chunk=_CHUNK)
        self.text.setToolTip(
            self.tr(
                "The model reads it, and what goes into the matrix is recorded. Methods are fitted on three "
                "quarters and measured on the last. Take a text like those the model will work with."
            )
        )
        self.text.tokens.setToolTip(
            "{}\n{}".format(
                self.text.tokens.toolTip(),
                self.tr("More tokens take longer, and make GPTQ better on other text."),
            )
        )
        self._build(theme)
        self.model.chosen.connect(self.model_chosen)
        self.layer.number_changed.connect(self._on_layer)
        self.kind.selected.connect(self._on_kind)
        self.text.changed.connect(self.changed)

    def set_tensors(self, tensors: Sequence[LayerTensor]) -> None:
        """Of the chosen model; empty while nobody knows. Layer and kind stay where they exist."""
        self._tensors = tuple(tensors)
        last = max((one.layer for one in tensors), default=0)
        if tensors and not 0 <= self._layer <= last:
            self._layer = last // 2
        number = max(0, min(self._layer, last))
        self.layer.field.set_limits(0, last)
        self.layer.slider.set_limits(0, max(1, last), 1)
        self.layer.set_number(number)
        self.layer.setEnabled(last > 0)
        self._fill_kinds()

    def choose(self, name: str) -> None:
        """A matrix by its name; unknown ones do nothing."""
        for one in self._tensors:
            if one.name == name:
                self._layer, self._kind = one.layer, one.kind
                self.layer.set_number(one.layer)
                self._fill_kinds()

    def text_path(self) -> str:
        """ "" for the bundled text."""
        return self.text.file.path() if self.text.kind() == FILE else ""

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
        kinds = sorted((one.kind for one in self._tensors if one.layer == layer), key=kind_order)
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
        column.addWidget(self.text)
