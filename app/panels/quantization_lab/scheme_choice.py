"""How weights and inputs are rounded: bits, levels, what shares them."""

from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.theme.theme import Theme
from app.widgets.numbers import decimal
from app.widgets.segmented import SegmentedControl
from app.widgets.select import Select
from app.widgets.slider_row import SliderRow
from app.widgets.switch import Switch
from app.widgets.text_label import TextLabel
from engine.lab.costs import bits_per_weight
from engine.lab.tensors import LayerTensor
from engine.protocol.lab import LabGranularity, LabLevels, LabScheme

GROUPS = (16, 32, 64, 128, 256)


class SchemeBlock(QWidget):
    """`scheme` and `input_bits` are what is chosen; `changed` when the user chose."""

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tensor: LayerTensor | None = None
        self.bits = SliderRow(
            self.tr("Bits"),
            theme,
            minimum=2,
            maximum=8,
            step=1,
            decimals=0,
            default=4,
            tooltip=self.tr("Each weight becomes one of 2 to the power of this many levels."),
        )
        self.levels = SegmentedControl(
            self.tr("Levels"),
            (
                ("uniform", self.tr("Even")),
                ("normal", self.tr("Normal")),
                ("kmeans", self.tr("k-means")),
            ),
            theme,
        )
        for key, tip in (
            ("uniform", self.tr("Even steps: the simplest, and the fastest to compute with.")),
            ("normal", self.tr("Denser around zero, as weights are; with 4 bits it is NF4 of QLoRA.")),
            ("kmeans", self.tr("Wherever the weights are: found by k-means, kept as a table. Costs space.")),
        ):
            self.levels.button(key).setToolTip(tip)
        self.symmetric = Switch(self.tr("Symmetric around zero"), theme)
        self.symmetric.setToolTip(
            self.tr("Symmetric: only a scale is kept. Otherwise a zero point too, for values on one side.")
        )
        self.granularity = SegmentedControl(
            self.tr("What shares levels"),
            (("tensor", self.tr("Matrix")), ("channel", self.tr("Output")), ("group", self.tr("Group"))),
            theme,
        )
        for key, tip in (
            ("tensor", self.tr("One scale for the whole matrix: one large weight makes all others coarse.")),
            ("channel", self.tr("A scale for each output of the layer.")),
            ("group", self.tr("A scale for every few inputs of each output, as GGUF files have it.")),
        ):
            self.granularity.button(key).setToolTip(tip)
        sizes = [(str(size), self.tr("{count} inputs a group").format(count=size)) for size in GROUPS]
        self.group = Select(self.tr("Size of a group"), sizes, theme)
        self.group.setToolTip(self.tr("Smaller groups follow the weights better and need more scales."))
        inputs = [("0", self.tr("As they are"))]
        inputs += [(str(bits), self.tr("{count} bits").format(count=bits)) for bits in (8, 6, 4)]
        self.inputs = Select(self.tr("Inputs of the layer"), inputs, theme)
        self.inputs.setToolTip(
            self.tr("What goes into the layer is rounded too, a scale for each token. llama.cpp uses 8 bits.")
        )
        self.cost = TextLabel("", theme, role="fg3", size="xs", tabular=True, wrap=True)
        self._build(theme)
        self.set_scheme(LabScheme(), 8)
        self.bits.number_changed.connect(lambda _number: self._refresh())
        for control in (self.levels, self.granularity, self.group, self.inputs):
            control.selected.connect(lambda _key: self._refresh())
        self.symmetric.toggled.connect(lambda _on: self._refresh())

    def scheme(self) -> LabScheme:
        return LabScheme(
            bits=int(self.bits.number()),
            levels=cast("LabLevels", self.levels.current()),
            symmetric=self.symmetric.isChecked(),
            granularity=cast("LabGranularity", self.granularity.current()),
            group_size=int(self.group.current()),
        )

    def input_bits(self) -> int:
        return int(self.inputs.current())

    def set_scheme(self, scheme: LabScheme, input_bits: int) -> None:
        """Without emitting."""
        self.bits.set_number(scheme.bits)
        self.levels.set_current(scheme.levels)
        blocked = self.symmetric.blockSignals(True)
        self.symmetric.setChecked(scheme.symmetric)
        self.symmetric.blockSignals(blocked)
        self.symmetric.sync()
        self.granularity.set_current(scheme.granularity)
        self.group.set_current(str(scheme.group_size))
        self.inputs.set_current(str(input_bits))
        self._show()

    def set_tensor(self, tensor: LayerTensor | None) -> None:
        """What the cost is told for."""
        self._tensor = tensor
        self._show()

    def _refresh(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        scheme = self.scheme()
        self.symmetric.setEnabled(scheme.levels == "uniform")
        self.group.setVisible(scheme.granularity == "group")
        one = self._tensor
        if one is None:
            self.cost.set_text("")
            return
        bits = decimal(bits_per_weight(one.outputs, one.inputs, scheme), 2)
        self.cost.set_text(self.tr("{bits} bits per weight with scales and tables").format(bits=bits))

    def _build(self, theme: Theme) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.bits)
        column.addWidget(TextLabel(self.tr("Levels"), theme))
        column.addWidget(self.levels)
        row = QHBoxLayout()
        row.addWidget(TextLabel(self.tr("Symmetric around zero"), theme), 1)
        row.addWidget(self.symmetric)
        column.addLayout(row)
        column.addWidget(TextLabel(self.tr("Levels are shared by"), theme))
        column.addWidget(self.granularity)
        column.addWidget(self.group)
        column.addWidget(self.cost)
        column.addSpacing(4)
        column.addWidget(TextLabel(self.tr("Inputs of the layer"), theme))
        column.addWidget(self.inputs)
