"""The token diff: the coloured text, a way from difference to difference, and the models' candidates."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from app.panels.compare import heat
from app.panels.compare.legend import HeatLegend
from app.panels.compare.opinions import OpinionsView
from app.panels.compare.token_text import UNSCORED, TokenTextView
from app.theme.theme import Theme
from app.widgets.icon_button import IconButton
from app.widgets.numbers import whole
from app.widgets.select import Select
from app.widgets.text_button import TextButton
from app.widgets.text_label import TextLabel
from engine.evaluate.comparison import Comparison

WORST = 500


class TokenView(QWidget):
    """Shows a `Comparison`; the model whose divergence is coloured can be chosen."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._comparison: Comparison | None = None
        self._model = 1
        self._worst: list[int] = []
        self._rank = -1
        self.model = Select(self.tr("Model whose differences are coloured"), (), theme, middle=True)
        self.worst = TextButton(self.tr("Worst"), theme, icon_name="arrow-up-to-line")
        self.worst.setToolTip(self.tr("Go to the token with the largest divergence (W)"))
        self.before = IconButton("chevron-left", self.tr("The one before in order of divergence (P)"), theme)
        self.after = IconButton("chevron-right", self.tr("Next in order of divergence (N)"), theme)
        self._place = TextLabel("", theme, role="fg3", size="xs", tabular=True)
        self._flips = TextLabel("", theme, role="fg3", size="xs", tabular=True, elide=True)
        self.legend = HeatLegend(theme)
        self.text = TokenTextView(self.tr("Text, coloured by divergence"), theme)
        self.opinions = OpinionsView(theme)
        self.setFocusProxy(self.text)
        self._build()
        self._connect()

    def set_comparison(self, comparison: Comparison | None) -> None:
        self._comparison = comparison
        if comparison is None:
            self.text.set_text(())
            return
        names = comparison.models
        others = [(str(number), name) for number, name in enumerate(names)][1:] or [("0", names[0])]
        self.model.set_choices(others)
        self.model.set_current(others[-1][0])
        self.text.set_text(comparison.texts)
        self._show_model(int(others[-1][0]))
        self.go_to_worst()

    def set_model(self, number: int) -> None:
        """Colour by another model."""
        self.model.set_current(str(number))
        self._show_model(number)

    def go_to_worst(self, rank: int = 0) -> None:
        """The token that stands at this place in the order of divergence."""
        if self._comparison is None or not self._worst:
            return
        self._rank = max(0, min(rank, len(self._worst) - 1))
        token = int(self._comparison.positions[self._worst[self._rank]])
        self.text.choose(token)
        self._show_token(token)
        self._tell_place()

    # building

    def _build(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(16, 6, 12, 6)
        bar.setSpacing(8)
        self.model.setMinimumWidth(180)
        for widget in (self.model, self.worst, self.before, self.after, self._place):
            bar.addWidget(widget)
        bar.addWidget(self._flips, 1)
        bar.addWidget(self.legend)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        split.addWidget(self.text)
        split.addWidget(self.opinions)
        split.setStretchFactor(0, 1)
        split.setSizes([700, 300])
        self.opinions.setMinimumWidth(220)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(split, 1)

    def _connect(self) -> None:
        self.model.selected.connect(lambda key: self._show_model(int(key)))
        self.worst.clicked.connect(lambda: self.go_to_worst(0))
        self.before.clicked.connect(lambda: self.go_to_worst(self._rank - 1))
        self.after.clicked.connect(lambda: self.go_to_worst(self._rank + 1))
        self.text.token_chosen.connect(self._on_chosen)
        self.text.token_hovered.connect(self._on_hovered)
        for key, button in (("W", self.worst), ("P", self.before), ("N", self.after)):
            shortcut = QShortcut(QKeySequence(key), self.text)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(button.click)

    # answering

    def _show_model(self, number: int) -> None:
        comparison = self._comparison
        if comparison is None:
            return
        self._model = number
        self._worst = comparison.worst(number, WORST)
        self._rank = self._rank_of(self.text.chosen)
        levels = [UNSCORED] * len(comparison.texts)
        positions = comparison.positions.tolist()
        for position, level in zip(positions, heat.levels(comparison.kl[number].tolist()), strict=True):
            levels[position] = level
        flips = comparison.flips(number)
        self.text.set_colors(levels, frozenset(comparison.positions[flips].tolist()))
        text = self.tr("{count} of {total} tokens have another first choice (underlined)")
        self._flips.set_text(text.format(count=whole(int(flips.sum())), total=whole(comparison.places)))
        self._tell_place()
        if self.text.chosen >= 0:
            self._show_token(self.text.chosen)

    def _on_chosen(self, token: int) -> None:
        self._show_token(token)
        self._rank = self._rank_of(token)
        self._tell_place()

    def _rank_of(self, token: int) -> int:
        """Where a token stands in the order of divergence, -1 if far behind."""
        if self._comparison is None or token < 0:
            return -1
        place = self._comparison.place_of(token)
        return self._worst.index(place) if place in self._worst else -1

    def _on_hovered(self, token: int) -> None:
        shown = token if token >= 0 else self.text.chosen
        if shown >= 0:
            self._show_token(shown)
        else:
            self.opinions.show_none()

    def _show_token(self, token: int) -> None:
        comparison = self._comparison
        if comparison is None:
            return
        place = comparison.place_of(token)
        opinions = comparison.opinions(place) if place >= 0 else []
        if len(opinions) > 2:  # the coloured model next to the reference
            opinions.insert(1, opinions.pop(self._model))
        self.opinions.show_token(comparison.texts[token], opinions)
        described = self.opinions.bars.accessibleDescription() or self.opinions.note.full_text()
        self.text.setAccessibleDescription(f"{self.opinions.token.full_text()}; {described}")

    def _tell_place(self) -> None:
        count = len(self._worst)
        shown = "–" if self._rank < 0 else whole(self._rank + 1)
        self._place.set_text(self.tr("{place} of {count}").format(place=shown, count=whole(count)))
        self.before.setEnabled(self._rank > 0)
        self.after.setEnabled(self._rank < count - 1)
