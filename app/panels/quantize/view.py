"""What the tab Quantize looks like: source above, types left, settings and results right."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.controllers.models import ModelsController
from app.models.model_choices import short_count
from app.panels.model_field import ModelField
from app.panels.quantize.imatrix_choice import ImatrixChoice
from app.panels.quantize.output_choice import OutputChoice
from app.panels.quantize.overrides import OverridesEditor
from app.panels.quantize.results import ResultsList
from app.panels.quantize.tensors_view import TensorsView
from app.panels.quantize.type_card import TypeCard
from app.panels.quantize.types_model import TypesModel
from app.panels.quantize.types_table import TypesTable
from app.theme.theme import Theme
from app.widgets import numbers
from app.widgets.hline import HLine
from app.widgets.scrolling import HeightScroll, TextScroll
from app.widgets.section import SectionHeader
from app.widgets.segmented import SegmentedControl
from app.widgets.text_button import TextButton
from app.widgets.text_label import TextLabel
from engine.jobs.records import JobRecord
from engine.library.entries import ModelEntry

SIDE = 332
MEANING, TENSORS = "meaning", "tensors"


class QuantizeView(QWidget):
    """Widgets and how they are laid out; `app.panels.quantize.panel` makes them work."""

    def __init__(
        self, models: ModelsController, theme: Theme, folder: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.source = ModelField(self.tr("Model to quantize"), models, theme)
        self.types = TypesModel(self)
        self.table = TypesTable(self.types, theme)
        self.card = TypeCard(theme)
        self.tensors = TensorsView(theme)
        self.imatrix = ImatrixChoice(theme)
        self.overrides = OverridesEditor(theme)
        self.output = OutputChoice(folder, theme)
        self.results = ResultsList(theme, can_compare=True)
        self.start = TextButton("", theme, kind="primary", icon_name="play", height=32)
        self._facts = TextLabel("", theme, role="fg3", tabular=True, elide=True)
        self._lossy = TextLabel("", theme, role="warn", wrap=True)
        self._problem = TextLabel("", theme, role="error", wrap=True)
        self._hindrance = TextLabel("", theme, role="fg3", size="xs", wrap=True)
        self._results_title = SectionHeader(self.tr("Made from this model"), theme)
        for label in (self._lossy, self._problem):
            label.hide()
        # Known only after the first plan, when someone may be ticking types below: nothing may move then.
        room = self._lossy.sizePolicy()
        room.setRetainSizeWhenHidden(True)
        self._lossy.setSizePolicy(room)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._source_bar())
        column.addWidget(HLine(theme))
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self._work(), 1)
        row.addWidget(self._side())
        column.addLayout(row, 1)
        self.setFocusProxy(self.source)
        self.show_source(None, "")
        self.show_results(())

    # what is shown

    def marked_type(self) -> str:
        """The type that is explained below the table."""
        index = self.table.currentIndex()
        return self.types.row(index.row() if index.isValid() else 0).type.name

    def show_source(self, entry: ModelEntry | None, path: str) -> None:
        """Facts of the chosen model; without one, what to do."""
        self._lossy.hide()
        if not path:
            self._facts.set_text(self.tr("Choose the model to make smaller. The original is never changed."))
            return
        facts = []
        if entry is not None:
            facts = [entry.architecture, entry.quantization, numbers.size(entry.size_bytes)]
            if entry.parameters:
                count = short_count(entry.parameters)
                facts.insert(1, self.tr("{count} parameters").format(count=count))
        self._facts.set_text(" · ".join(part for part in facts if part) or path)

    def show_lossy(self, kinds: Sequence[str]) -> None:
        """The source is quantized already; none of `kinds` means that it is not."""
        self._lossy.set_text(
            self.tr(
                "This model is quantized already ({types}): every further step adds a second loss to the "
                "first. Where the original in F16, BF16 or F32 is to be had, quantize that."
            ).format(types=", ".join(kinds))
        )
        self._lossy.setVisible(bool(kinds))

    def show_problem(self, text: str) -> None:
        self._problem.set_text(text)
        self._problem.setVisible(bool(text))

    def show_planning(self, busy: bool) -> None:
        """Whether sizes are being found out."""
        self._planning.setVisible(busy)

    def show_start(self, text: str, size: int, hindrance: str) -> None:
        """The button, and why it cannot be pressed."""
        if size and not hindrance:
            text = f"{text}  ·  {numbers.size(size)}"
        self.start.setText(text)
        self.start.setAccessibleName(text)
        self.start.updateGeometry()
        self.start.setEnabled(not hindrance)
        self._hindrance.set_text(hindrance)
        self._hindrance.setVisible(bool(hindrance))

    def show_results(self, records: Sequence[JobRecord]) -> None:
        self.results.show_records(records)
        self._results_title.setVisible(bool(records))

    def show_tensors(self, *, only_rules: bool) -> None:
        """Bring the preview of the tensors to the front."""
        self.tensors.only_rules.setChecked(only_rules)
        self._choose_lower(TENSORS)

    # building

    def _source_bar(self) -> QWidget:
        bar = QWidget()
        self.source.setFixedWidth(520)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.source)
        row.addWidget(self._facts, 1)
        column = QVBoxLayout(bar)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self._lossy)
        column.addWidget(self._problem)
        return bar

    def _work(self) -> QWidget:
        work = QWidget()
        self._lower = QStackedWidget()
        self._card_scroll = TextScroll(self.tr("What the type means"), self.card)
        self._lower.addWidget(self._card_scroll)
        self._lower.addWidget(self.tensors)
        self._lower.setFixedHeight(176)
        names = [(MEANING, self.tr("What it means")), (TENSORS, self.tr("Tensors"))]
        self.lower_choice = SegmentedControl(self.tr("Below the table"), names, self._theme)
        self.lower_choice.set_current(MEANING)
        self.lower_choice.selected.connect(self._choose_lower)
        self._planning = TextLabel(self.tr("Finding out the sizes…"), self._theme, role="fg3")
        self._planning.hide()
        bar = QHBoxLayout()
        bar.setContentsMargins(16, 6, 16, 0)
        bar.addWidget(self.lower_choice)
        bar.addStretch(1)
        bar.addWidget(self._planning)
        column = QVBoxLayout(work)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        table = QHBoxLayout()
        table.setContentsMargins(8, 0, 0, 0)
        table.addWidget(self.table)
        column.addLayout(table, 1)
        column.addWidget(HLine(self._theme))
        column.addLayout(bar)
        column.addWidget(self._lower)
        return work

    def _side(self) -> QWidget:
        inner = QWidget()
        inner.setProperty("surface", "panel")
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 14, 16, 16)
        column.setSpacing(8)
        for title, widget in (
            (self.tr("Importance matrix"), self.imatrix),
            (self.tr("Types of single tensors"), self.overrides),
            (self.tr("Write to"), self.output),
        ):
            column.addWidget(SectionHeader(title, self._theme))
            column.addWidget(widget)
            column.addSpacing(8)
        column.addWidget(self.start)
        column.addWidget(self._hindrance)
        column.addSpacing(8)
        column.addWidget(self._results_title)
        column.addWidget(self.results)
        column.addStretch(1)
        area = HeightScroll(inner)
        area.setFixedWidth(SIDE)
        area.setProperty("edge", "left")
        area.setAccessibleName(self.tr("Settings"))
        return area

    def _choose_lower(self, key: str) -> None:
        self.lower_choice.set_current(key)
        self._lower.setCurrentIndex(1 if key == TENSORS else 0)
