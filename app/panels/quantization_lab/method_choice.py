"""Which methods are compared, and what two of them are set to."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.panels.quantization_lab.words import method_meaning, method_name
from app.theme.theme import Theme
from app.widgets.slider_row import SliderRow
from app.widgets.switch import Switch
from app.widgets.text_label import TextLabel
from engine.protocol.lab import LAB_METHODS, LabMethod


class MethodBlock(QWidget):
    """A switch for each method; strength and threshold where they have an effect."""

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.switches: dict[LabMethod, Switch] = {}
        self.strength = SliderRow(
            self.tr("Strength of SmoothQuant"),
            theme,
            minimum=0,
            maximum=1,
            step=0.05,
            decimals=2,
            default=0.5,
            tooltip=self.tr(
                "How much of the inputs' range moves to the weights: 0 none, 1 all. The paper uses 0.5 to "
                "0.85."
            ),
        )
        self.threshold = SliderRow(
            self.tr("Threshold of LLM.int8()"),
            theme,
            minimum=0.1,
            maximum=1000,
            slider_range=(0.5, 30),
            step=0.5,
            decimals=1,
            default=6,
            tooltip=self.tr("Inputs that reach this magnitude stay in 16 bits. The paper uses 6."),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for method in LAB_METHODS:
            column.addLayout(self._row(method, theme))
        column.addSpacing(4)
        column.addWidget(self.strength)
        column.addWidget(self.threshold)
        self._show()

    def methods(self) -> tuple[LabMethod, ...]:
        """Those that are on, in their fixed order."""
        return tuple(method for method, switch in self.switches.items() if switch.isChecked())

    def _row(self, method: LabMethod, theme: Theme) -> QHBoxLayout:
        name, meaning = method_name(method), method_meaning(method)
        switch = Switch(name, theme)
        switch.setAccessibleDescription(meaning)
        switch.setToolTip(meaning)
        switch.setChecked(True)
        switch.sync()
        switch.toggled.connect(lambda _on: self._on_switch())
        label = TextLabel(name, theme)
        label.setToolTip(meaning)
        self.switches[method] = switch
        row = QHBoxLayout()
        row.addWidget(label, 1)
        row.addWidget(switch)
        return row

    def _on_switch(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        self.strength.setVisible(self.switches["smoothquant"].isChecked())
        self.threshold.setVisible(self.switches["llm_int8"].isChecked())
