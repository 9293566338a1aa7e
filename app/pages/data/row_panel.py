"""Below the table: the chosen row as it will be trained, and the lengths of all rows."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from app.controllers.models import ModelsController
from app.i18n.errors import describe
from app.pages.data.histogram import LengthHistogram
from app.pages.data.mask_view import MaskView
from app.pages.data.renderer import RowOptions, row_problem
from app.pages.data.row_tokens import RenderedRow
from app.panels.model_field import ModelField
from app.theme.theme import Theme
from app.widgets.empty_state import EmptyState
from app.widgets.legend import LegendEntry
from app.widgets.number_field import NumberField
from app.widgets.numbers import whole
from app.widgets.painting import SEMIBOLD
from app.widgets.segmented import SegmentedControl
from app.widgets.switch import Switch
from app.widgets.text_label import TextLabel
from engine.datasets.lengths import effect_of_limit
from engine.datasets.rendering import TrainingRow
from engine.protocol.data import DataMeasured

LONGEST = 1 << 20
LEAST_FOR_LENGTHS, LEAST_FOR_LEGEND = 600, 460
"""Logical pixels of the panel."""


class RowPanel(QWidget):
    """Row left, lengths right. `options_changed` tells how rows are to be trained."""

    options_changed = Signal(object)
    """`RowOptions`."""

    def __init__(self, models: ModelsController, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._measured: DataMeasured | None = None
        self._rendered: RenderedRow | None = None
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._make_controls(models)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 12)
        row.setSpacing(20)
        row.addLayout(self._make_row_side(), 1)
        self._lengths = self._make_length_side()
        row.addWidget(self._lengths)
        self._connect()
        self.show_nothing("")
        self.set_measured(None)

    def options(self) -> RowOptions:
        """As the controls say."""
        return RowOptions(self.model.path(), round(self.limit.number()), self.answer_only.isChecked())

    def set_model(self, path: str) -> None:
        """Choose a model, as if the user did."""
        if path != self.model.path():
            self.model.set_path(path)
            self._tell()

    def show_row(self, rendered: RenderedRow) -> None:
        """A row as trained."""
        self._rendered = rendered
        shown = rendered.whole.rejected if self.which.current() == "rejected" else None
        self.which.setVisible(rendered.whole.rejected is not None)
        self.tokens.set_row(rendered.of_rejected() if shown is not None else rendered)
        self._stack.setCurrentWidget(self.tokens)
        self.tokens.reveal_trained()
        row = rendered.of_rejected().row if shown is not None else rendered.row
        self._heading.set_text(self.tr("Row {number}").format(number=whole(rendered.number + 1)))
        self._facts.set_text(self._words(row))
        self._facts.set_role("fg3" if row.trained_tokens else "warn")

    def show_nothing(self, why: str) -> None:
        """No row: a sentence in its place, the usual one for ""."""
        self._rendered = None
        self.tokens.set_row(None)
        self.which.hide()
        self._empty.set_text(why or self.tr("Choose a row above to see its tokens and its loss mask."))
        self._stack.setCurrentWidget(self._empty)
        self._heading.set_text(self.tr("As trained"))
        self._facts.set_text("")

    def show_error(self, number: int, error: Exception) -> None:
        """A row that cannot be rendered."""
        problem = row_problem(error)
        self.show_nothing(problem or describe(error).message)
        self._heading.set_text(self.tr("Row {number}").format(number=whole(number + 1)))

    def set_measured(self, measured: DataMeasured | None) -> None:
        """Lengths of the rows, or None while they are not known."""
        self._measured = measured
        self.histogram.set_measured(measured)
        self._show_effect()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the row comes first."""
        super().resizeEvent(event)
        self._lengths.setVisible(self.width() >= LEAST_FOR_LENGTHS)
        for entry in self._legend:
            entry.setVisible(self.width() >= LEAST_FOR_LEGEND)

    # building

    def _make_controls(self, models: ModelsController) -> None:
        theme = self._theme
        self.tokens = MaskView(self.tr("Tokens of the row with its loss mask"), theme)
        self.histogram = LengthHistogram(theme)
        self.histogram.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.model = ModelField(
            self.tr("Model whose template and tokens are used"), models, theme, files=False
        )
        self.model.select.setFixedHeight(28)
        self.model.setMaximumWidth(200)
        self.notation = SegmentedControl(
            self.tr("Tokens as"), (("text", self.tr("Text")), ("ids", self.tr("Ids"))), theme
        )
        self.notation.set_current("text")
        self.notation.setFixedWidth(112)
        self.which = SegmentedControl(
            self.tr("Answer"), (("chosen", self.tr("Chosen")), ("rejected", self.tr("Rejected"))), theme
        )
        self.which.set_current("chosen")
        self.which.setFixedWidth(150)
        self.answer_only = Switch(self.tr("Train on the answers only"), theme)
        self.answer_only.setChecked(True)
        self.limit = NumberField(
            self.tr("Longest row in tokens"),
            theme,
            minimum=8,
            maximum=LONGEST,
            step=64,
            width=68,
            framed=True,
        )
        self.limit.set_number(RowOptions().max_length)
        self._heading = TextLabel("", theme, role="fg", weight=SEMIBOLD)
        self._facts = TextLabel("", theme, role="fg3", size="xs", tabular=True, elide=True)
        self._effect = TextLabel("", theme, role="fg3", size="xs", tabular=True, wrap=True)
        self._empty = EmptyState("scan-text", self.tr("The row as trained"), "", theme, compact=True)

    def _make_row_side(self) -> QVBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._heading)
        head.addWidget(self._facts, 1)
        head.addWidget(self.which)
        head.addWidget(self.notation)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        self._legend: list[LegendEntry] = []
        for text, role in (
            (self.tr("trained"), "ok"),
            (self.tr("only read"), "fg3"),
            (self.tr("cut off"), "line2"),
        ):
            entry = LegendEntry(text, role, self._theme)
            self._legend.append(entry)
            foot.addWidget(entry)
        foot.addStretch(1)
        foot.addWidget(self.model)
        foot.addWidget(TextLabel(self.tr("Answers only"), self._theme))
        foot.addWidget(self.answer_only)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.tokens)
        # The table above decides about the room, not a sentence.
        self._stack.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._stack, 1)
        column.addLayout(foot)
        return column

    def _make_length_side(self) -> QWidget:
        side = QWidget()
        side.setMinimumWidth(230)
        side.setMaximumWidth(300)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addStrut(self.notation.height())  # its heading stands beside that of the row
        head.addWidget(TextLabel(self.tr("Lengths"), self._theme, role="fg", weight=SEMIBOLD))
        head.addStretch(1)
        head.addWidget(TextLabel(self.tr("Longest row"), self._theme))
        head.addWidget(self.limit)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.histogram, 1)
        column.addWidget(self._effect)
        return side

    def _connect(self) -> None:
        self.notation.selected.connect(lambda key: self.tokens.set_ids(key == "ids"))
        self.which.selected.connect(lambda _key: self.show_row(self._rendered) if self._rendered else None)
        self.model.chosen.connect(lambda _path: self._tell())
        self.answer_only.toggled.connect(lambda _on: self._tell())
        self.limit.number_changed.connect(lambda _number: self._tell())
        self.histogram.limit_dragged.connect(self._drag)

    def _drag(self, limit: int) -> None:
        self.limit.set_number(limit)
        self._tell()

    def _tell(self) -> None:
        self._show_effect()
        self.options_changed.emit(self.options())

    def _words(self, row: TrainingRow) -> str:
        parts = [
            self.tr("%Ln token(s)", "", len(row.token_ids)),
            self.tr("{count} trained").format(count=whole(row.trained_tokens)),
        ]
        if row.truncated:
            parts.append(self.tr("{count} cut off").format(count=whole(row.truncated)))
        if not row.trained_tokens:
            parts.append(self.tr("teaches nothing"))
        return " · ".join(parts)

    def _show_effect(self) -> None:
        limit, measured = round(self.limit.number()), self._measured
        self.histogram.set_limit(limit)
        if measured is None or not measured.rows:
            hidden = self.tr("Measured when a model is chosen.") if not self.model.path() else ""
            self._effect.set_text(hidden)
            return
        effect = effect_of_limit(measured, limit)
        cut = self.tr("%Ln row(s) cut", "", effect.cut)
        parts = [cut if effect.cut else self.tr("No row is cut")]
        if effect.masked:
            parts.append(self.tr("%Ln left with nothing to train", "", effect.masked))
        if effect.rows < measured.of:
            parts.append(self.tr("measured on %Ln row(s)", "", effect.rows))
        self._effect.set_text(" · ".join(parts))
        self._effect.set_role("warn" if effect.masked else "fg3")
