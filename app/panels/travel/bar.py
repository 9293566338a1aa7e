"""Back and forth through a reply, and on from where it stops."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.controllers.token_travel import TokenTravel
from app.theme.theme import Theme
from app.widgets.icon_button import IconButton
from app.widgets.numbers import whole
from app.widgets.text_label import TextLabel

_SIZE = 26


class TravelBar(QWidget):
    """The same in every panel that shows one token at a time; they move together."""

    def __init__(self, travel: TokenTravel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._travel = travel
        self._theme = theme
        self.setAccessibleName(self.tr("Steps through the reply"))
        self.first = self._button("chevrons-left", self.tr("To the first token"))
        self.back = self._button("chevron-left", self.tr("One token back"))
        self.place = TextLabel("", theme, role="fg2", size="xs", tabular=True)
        self.place.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.place.setMinimumWidth(64)
        self.forward = self._button("chevron-right", self.tr("One token forward"))
        self.last = self._button("chevrons-right", self.tr("To the newest token, and stay there"))
        self.loud = self._button("flame", self.tr("The most surprising token; again for the next one"))
        self.dim = self._button("eye-off", self.tr("Show the reply up to this token, the rest faintly"), True)
        self.one = self._button("repeat-1", self.tr("Stop replies after each token"), True)
        self.write = self._button("step-forward", self.tr("Write one more token"))
        self._lay_out()
        self._connect()
        self.refresh()

    def _button(self, icon_name: str, text: str, checkable: bool = False) -> IconButton:
        return IconButton(icon_name, text, self._theme, size=_SIZE, icon_size=15, checkable=checkable)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(1)
        for part in (self.first, self.back, self.place, self.forward, self.last):
            row.addWidget(part)
        row.addSpacing(8)
        for part in (self.loud, self.dim):
            row.addWidget(part)
        row.addSpacing(8)
        for part in (self.one, self.write):
            row.addWidget(part)

    def _connect(self) -> None:
        travel = self._travel
        self.first.clicked.connect(lambda: travel.go(0))
        self.back.clicked.connect(lambda: travel.step(-1))
        self.forward.clicked.connect(lambda: travel.step(1))
        self.last.clicked.connect(travel.follow)
        self.loud.clicked.connect(lambda: travel.go_to_surprise(1))
        self.dim.toggled.connect(travel.set_dimmed)
        self.one.toggled.connect(travel.set_one_at_a_time)
        self.write.clicked.connect(lambda: travel.advance(1))
        for signal in (travel.changed, travel.grown, travel.moved, travel.modes_changed):
            signal.connect(self.refresh)

    def refresh(self) -> None:
        """Show where we are and what is possible."""
        travel = self._travel
        count = len(travel.reply) if travel.reply is not None else 0
        index = travel.index
        shown = whole(index + 1) if index >= 0 else "–"
        self.place.set_text(self.tr("{number} / {count}").format(number=shown, count=whole(count)))
        for part, possible in (
            (self.first, index > 0),
            (self.back, index > 0),
            (self.forward, 0 <= index < count - 1),
            (self.last, count > 0),
            (self.loud, count > 0),
            (self.dim, count > 0),
            (self.write, travel.can_act),
        ):
            part.setEnabled(possible)
        self.dim.setChecked(travel.dimmed)
        self.one.setChecked(travel.one_at_a_time)
