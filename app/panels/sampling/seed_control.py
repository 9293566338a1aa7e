"""The seed: fixed or random, with the last one at hand."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.panels.sampling import texts
from app.panels.sampling.control import ParamControl
from app.panels.sampling.words import reason_text
from app.theme.theme import Theme
from app.widgets.icon_button import IconButton
from app.widgets.number_field import NumberField
from app.widgets.slider_row import RowHead
from app.widgets.text_label import TextLabel
from engine.sampling.effects import Reason
from engine.sampling.specs import ParamSpec

RANDOM = -1


class SeedControl(ParamControl):
    """A field, a die for “random”, and the seed of the last reply with a pin that keeps it."""

    pinned = Signal(int)

    def __init__(self, spec: ParamSpec, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(spec, parent)
        self._last: int | None = None
        name = texts.label(spec.name)
        self.field = NumberField(name, theme, minimum=spec.minimum, maximum=spec.maximum, width=96)
        self.field.set_words({RANDOM: self.tr("random")})
        self.field.setAccessibleDescription(texts.meaning(spec.name))
        self.die = IconButton(
            "dices", self.tr("Random: a fresh seed for each reply"), theme, size=24, icon_size=15
        )
        self.die.clicked.connect(lambda: self._choose(RANDOM))
        self.head = RowHead(name, theme, self.field)
        self.head.addWidget(self.die)
        self.field.number_changed.connect(lambda number: self._choose(round(number)))
        self._last_row = QWidget()
        row = QHBoxLayout(self._last_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self._last_text = TextLabel("", theme, role="fg3", size="xs", tabular=True)
        self.pin = IconButton("pin", self.tr("Use this seed again"), theme, size=24, icon_size=14)
        self.pin.clicked.connect(self._pin_last)
        row.addWidget(self._last_text)
        row.addStretch(1)
        row.addWidget(self.pin)
        self.setFocusProxy(self.field)
        self.column.setSpacing(0)
        self.column.addLayout(self.head)
        self.column.addWidget(self._last_row)
        self._last_row.hide()

    def set_value(self, value: object) -> None:
        if isinstance(value, int):
            self.field.set_number(value)
            self._refresh()

    def set_last_seed(self, seed: int | None) -> None:
        """The seed the latest reply was drawn with."""
        self._last = seed
        self._refresh()

    def last_shown(self) -> str:
        """What the line about the last reply says; empty while it is hidden."""
        return "" if self._last_row.isHidden() else self._last_text.full_text()

    def set_reason(self, reason: Reason | None) -> None:
        self.head.warning.set_reason(reason_text(reason) if reason else "")

    def _choose(self, seed: int) -> None:
        self.field.set_number(seed)
        self._refresh()
        self.emit_value(seed)

    def _pin_last(self) -> None:
        if self._last is not None:
            self._choose(self._last)
            self.pinned.emit(self._last)

    def _refresh(self) -> None:
        random = round(self.field.number()) == RANDOM
        self.field.set_muted(random)
        self.die.setEnabled(not random)
        known = self._last is not None and round(self.field.number()) != self._last
        self._last_row.setVisible(known)
        if self._last is not None:
            self._last_text.set_text(self.tr("Last reply: {seed}").format(seed=self._last))
