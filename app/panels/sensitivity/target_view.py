"""Choosing how large or how good the quantized model shall be, and what that gives."""

import math
from collections import Counter

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.panels.compare.columns import figure
from app.panels.sensitivity.curve import TargetCurve
from app.theme.theme import Theme
from app.widgets.number_field import NumberField
from app.widgets.numbers import decimal, size
from app.widgets.painting import SEMIBOLD
from app.widgets.segmented import SegmentedControl
from app.widgets.text_button import TextButton
from app.widgets.text_label import TextLabel
from app.widgets.value_slider import ValueSlider
from engine.protocol.jobs import TargetMeasured
from engine.quantize.allocate import Allocation, Walk, options_of
from engine.quantize.sensitivity_map import SensitivityMap

SIZE, DIVERGENCE = "size", "kl"
_MEBI = 1 << 20
_STEPS = 400


class TargetView(QWidget):
    """Works on a `SensitivityMap`; `allocation` is what would be written."""

    allocation_changed = Signal()
    quantize_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._map: SensitivityMap | None = None
        self._walk = Walk({})
        self.allocation: Allocation | None = None
        self.mode = SegmentedControl(
            self.tr("Aim at"), ((SIZE, self.tr("Size")), (DIVERGENCE, self.tr("Divergence"))), theme
        )
        self.mode.setFixedWidth(190)
        self.mode.set_current(SIZE)
        self.slider = ValueSlider(self.tr("Target"), theme, minimum=0, maximum=1, step=1 / _STEPS)
        self._fields = {
            SIZE: NumberField(
                self.tr("Largest size in MiB"),
                theme,
                minimum=0,
                maximum=1e7,
                step=1,
                decimals=1,
                width=88,
                framed=True,
            ),
            DIVERGENCE: NumberField(
                self.tr("Largest divergence in nats"),
                theme,
                minimum=0,
                maximum=100,
                step=0.005,
                decimals=4,
                width=88,
                framed=True,
            ),
        }
        self._unit = TextLabel("", theme, role="fg3")
        self._result = TextLabel("", theme, role="fg", size="m", weight=SEMIBOLD, tabular=True)
        self._caution = TextLabel(
            self.tr("Measured values are most often up to a half higher. What is written is measured, too."),
            theme,
            role="fg3",
            size="xs",
            wrap=True,
        )
        self._types = TextLabel("", theme, role="fg2", wrap=True, tabular=True)
        self._measured = TextLabel("", theme, role="ok", wrap=True, tabular=True)
        self.write = TextButton(self.tr("Quantize with this…"), theme, kind="primary", icon_name="shrink")
        self.curve = TargetCurve(theme)
        self._build(theme)
        self.mode.selected.connect(lambda _key: self._aim())
        self.slider.number_changed.connect(self._from_slider)
        for field in self._fields.values():
            field.number_changed.connect(self._set)
        self.curve.size_picked.connect(self._from_curve)
        self.write.clicked.connect(self.quantize_requested)

    def set_map(self, found: SensitivityMap) -> None:
        """Another map: begin in the middle."""
        self._map = found
        self._walk = Walk(options_of(found), found.fixed_bytes)
        self.curve.set_points(self._walk.curve(), has_divergence=found.has_divergence)
        self.curve.set_measured(())
        self._measured.set_text("")
        self.mode.setVisible(found.has_divergence)
        self._caution.setVisible(found.has_divergence)
        self.mode.set_current(SIZE)
        self._aim()

    @property
    def field(self) -> NumberField:
        """That of the kind of target that is chosen."""
        return self._fields[self.mode.current() or SIZE]

    def target(self) -> tuple[int, float]:
        """(bytes, 0) or (0, divergence): what a `TargetJob` is told."""
        if self.mode.current() == DIVERGENCE:
            return 0, self.field.number()
        return round(self.field.number() * _MEBI), 0.0

    def show_measured(self, found: TargetMeasured) -> None:
        """What the written file has."""
        self.curve.set_measured(((found.size_bytes, found.kl),))
        text = self.tr("Measured: {size}, KL {kl} ± {error}")
        self._measured.set_text(
            text.format(size=size(found.size_bytes), kl=figure(found.kl), error=figure(found.kl_error))
        )

    def _build(self, theme: Theme) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        for field in self._fields.values():
            row.addWidget(field)
        row.addWidget(self._unit)
        row.addStretch(1)
        left = QVBoxLayout()
        left.setContentsMargins(16, 12, 16, 12)
        left.setSpacing(8)
        left.addWidget(TextLabel(self.tr("Target"), theme, weight=SEMIBOLD))
        left.addWidget(self.mode)
        left.addLayout(row)
        left.addWidget(self.slider)
        left.addSpacing(4)
        left.addWidget(self._result)
        left.addWidget(self._caution)
        left.addWidget(self._types)
        left.addWidget(self._measured)
        left.addStretch(1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.write)
        buttons.addStretch(1)
        left.addLayout(buttons)
        panel = QWidget()
        panel.setLayout(left)
        panel.setFixedWidth(320)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(panel)
        whole.addWidget(self.curve, 1)

    # the target

    def _limits(self) -> tuple[float, float]:
        """MiB, or nats."""
        small, best = self._walk.smallest, self._walk.best
        if self.mode.current() == DIVERGENCE:
            return max(best.cost, 1e-6), max(small.cost, 2e-6)
        return small.nbytes / _MEBI, best.nbytes / _MEBI

    def _aim(self) -> None:
        """A new kind of target: begin where the old one stood, else in the middle."""
        low, high = self._limits()
        divergence = self.mode.current() == DIVERGENCE
        for field in self._fields.values():
            field.setVisible(field is self.field)
        self.field.set_limits(low, high)
        self._unit.set_text(self.tr("nats, at most") if divergence else self.tr("MiB, at most"))
        if self.allocation is None:
            value = (low + high) / 2
        else:
            value = self.allocation.cost if divergence else self.allocation.nbytes / _MEBI
        self._set(min(max(value, low), high))

    def _set(self, value: float) -> None:
        """A target in MiB or nats, on slider and field."""
        decimals = 4 if self.mode.current() == DIVERGENCE else 1
        value = math.ceil(value * 10**decimals - 1e-6) / 10**decimals
        self.field.set_number(value)
        self.slider.set_number(self._share(value))
        self._allocate(value)

    def _share(self, value: float) -> float:
        """On the slider: divergences on a logarithmic scale, from bad to good, so that right is larger."""
        low, high = self._limits()
        if self.mode.current() == DIVERGENCE:
            return math.log(high / max(value, low)) / max(math.log(high / low), 1e-9)
        return (value - low) / max(high - low, 1e-9)

    def _from_slider(self, share: float) -> None:
        low, high = self._limits()
        if self.mode.current() == DIVERGENCE:
            self._set(high * (low / high) ** share)
        else:
            self._set(low + share * (high - low))

    def _from_curve(self, nbytes: int) -> None:
        if self.mode.current() == DIVERGENCE:
            found = self._walk.within_bytes(nbytes)
            self._set(found.cost if found is not None else self._limits()[1])
        else:
            self._set(nbytes / _MEBI)

    def _allocate(self, value: float) -> None:
        if self.mode.current() == DIVERGENCE:
            found = self._walk.within_cost(value) or self._walk.best
        else:
            found = self._walk.within_bytes(math.ceil(value * _MEBI)) or self._walk.smallest
        self.allocation = found
        self.curve.set_chosen((found.nbytes, found.cost))
        self._describe(found)
        self.allocation_changed.emit()

    def _describe(self, found: Allocation) -> None:
        known = self._map
        if known is None:
            return
        if known.has_divergence:
            text = self.tr("{size}, KL {cost} predicted")
            self._result.set_text(text.format(size=size(found.nbytes), cost=figure(found.cost)))
        else:
            self._result.set_text(size(found.nbytes))
        shares: Counter[str] = Counter()
        for tensor in known.tensors:
            shares[found.types[tensor.name]] += tensor.values
        total = sum(shares.values())
        self._types.set_text(
            " · ".join(
                f"{name}\u00a0{decimal(100 * count / total, 0)}\u00a0%"
                for name, count in shares.most_common()
            )
        )
