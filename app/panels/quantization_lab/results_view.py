"""What came out: a table of methods, and plots of the chosen one."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.panels.quantization_lab import words
from app.panels.quantization_lab.error_map import ErrorMapPlot
from app.panels.quantization_lab.histogram_plot import HistogramPlot
from app.panels.quantization_lab.input_plot import InputPlot
from app.panels.quantization_lab.methods_table import MethodsTable
from app.panels.quantization_lab.output_plot import OutputPlot
from app.panels.quantization_lab.plot import PlotCard
from app.panels.quantization_lab.values import LabView
from app.theme.theme import Theme
from app.widgets.legend import LegendEntry
from app.widgets.numbers import decimal, whole
from app.widgets.painting import SEMIBOLD
from app.widgets.segmented import SegmentedControl
from app.widgets.text_label import TextLabel
from engine.protocol.lab import LabJob, LabMeasure, LabMethod

_CARD = QSize(0, 236)


class ResultsView(QScrollArea):
    """`show_running` while figures come in, `show_result` when there is a file with curves."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._view: LabView | None = None
        self._method: LabMethod | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.title = TextLabel("", theme, role="fg", size="l", weight=SEMIBOLD)
        self.note = TextLabel("", theme, role="fg3", wrap=True)
        self.warning = TextLabel("", theme, role="warn", wrap=True)
        self.table = MethodsTable(theme)
        self.table.method_chosen.connect(self._choose)
        self._make_words(theme)
        self._make_plots(theme)
        self.content = QWidget()
        self._build()
        self.setWidget(self.content)
        self.viewport().setAutoFillBackground(False)
        self.content.setAutoFillBackground(False)

    @property
    def result(self) -> LabView | None:
        return self._view

    @property
    def method(self) -> LabMethod | None:
        """The one that is looked at."""
        return self._method

    def show_running(self, job: LabJob, measures: Sequence[LabMeasure]) -> None:
        """The figures so far, without plots."""
        self._view = None
        self._set_head(job, "")
        self.table.show_measures(measures, None)
        self._show_method(None)
        self._plots.setVisible(False)

    def show_result(self, view: LabView, tokens: str) -> None:
        """`tokens` says what was fitted and measured on."""
        self._view = view
        measures = [one.measure for one in view.methods.values()]
        best = min(measures, key=lambda one: one.output_error).method
        self._set_head(view.job, tokens)
        self.warning.set_text(self._warning_of(view))
        self.warning.setVisible(bool(self.warning.full_text()))
        self._plots.setVisible(True)
        self._show_method(self._method if self._method in view.methods else best)
        self.table.show_measures(measures, self._method)

    # showing

    def _set_head(self, job: LabJob, tokens: str) -> None:
        self.title.set_text(job.tensor)
        self.note.set_text("\n".join(part for part in (words.scheme_words(job), tokens) if part))
        self.warning.setVisible(False)

    def _warning_of(self, view: LabView) -> str:
        lines = []
        if view.tensor.type not in ("F32", "F16", "BF16"):
            text = self.tr(
                "The file stores this matrix as {type}: errors are measured against values that are rounded "
                "already."
            )
            lines.append(text.format(type=view.tensor.type))
        gptq = view.methods.get("gptq")
        if gptq is not None and gptq.measure.fitted_error < 0.7 * gptq.measure.output_error:
            text = self.tr(
                "GPTQ fits its own text far better than other text: for {inputs} inputs it needs more tokens."
            )
            lines.append(text.format(inputs=whole(view.tensor.inputs)))
        return "\n".join(lines)

    def _choose(self, method: str) -> None:
        if self._view is not None:
            self._show_method(next(one for one in self._view.methods if one == method))

    def _show_method(self, method: LabMethod | None) -> None:
        self._method = method
        view = self._view
        self._words.setVisible(method is not None)
        if view is None or method is None:
            return
        one = view.methods[method]
        self._name.set_text(words.method_name(method))
        self._meaning.set_text(words.method_more(method))
        self._paper.set_text(words.method_paper(method))
        self._paper.setVisible(bool(words.method_paper(method)))
        facts = self._facts_of(one.measure, view.tensor.inputs)
        self._facts.set_text(facts)
        self._facts.setVisible(bool(facts))
        self._show_weights()
        self.inputs.show_values(view.inputs, one.inputs)
        self._show_map()
        self.bars.show_inputs(one.bars, view.job.threshold)
        self.outputs.show_methods(list(view.methods.values()), method, view.tensor.outputs)
        text = self.tr("worst: output {number}").format(number=whole(one.worst_channel))
        self._output_card.note.set_text(text)
        self._outlier_entry.setVisible(any(one.bars.outliers))
        self._scale_entry.setVisible(bool(one.bars.scales))

    def _facts_of(self, measure: LabMeasure, inputs: int) -> str:
        if measure.method == "llm_int8":
            text = self.tr("{count} of {inputs} inputs stay in 16 bits.")
            return text.format(count=whole(measure.exact_inputs), inputs=whole(inputs))
        if measure.strength >= 0:
            return self.tr("Strength here: {value}.").format(value=decimal(measure.strength, 2))
        return ""

    def _show_weights(self) -> None:
        view, method = self._view, self._method
        if view is None or method is None:
            return
        row, first, last = view.block_place
        whole_matrix = view.job.scheme.granularity == "tensor"
        self.part.setVisible(not whole_matrix)
        if whole_matrix:
            note = self.tr("levels of the matrix")
        else:
            text = self.tr("levels of output {row}, inputs {first}–{last}")
            note = text.format(row=whole(row), first=whole(first), last=whole(last))
        self._weight_card.note.set_text(note)
        one_block = self.part.current() == "block" and not whole_matrix
        self._after_entry.setVisible(not one_block)
        if one_block:
            self.weights.show_values(view.block, None, view.levels)
        else:
            self.weights.show_values(view.weights, view.methods[method].weights, view.levels)

    def _show_map(self) -> None:
        view, method = self._view, self._method
        if view is None or method is None:
            return
        one = view.methods[method]
        shown = one.whole if self.zoom.current() == "whole" else one.region
        self.map.show_map(shown)
        self._map_card.note.set_text(self.tr("full colour at {value}").format(value=f"{shown.top:.2g}"))

    # building

    def _make_words(self, theme: Theme) -> None:
        self._words = QFrame()
        self._words.setProperty("surface", "card")
        self._name = TextLabel("", theme, role="fg", weight=SEMIBOLD)
        self._meaning = TextLabel("", theme, wrap=True)
        self._facts = TextLabel("", theme, role="fg", wrap=True)
        self._paper = TextLabel("", theme, role="fg3", size="xs", wrap=True)
        self._paper.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column = QVBoxLayout(self._words)
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(6)
        for label in (self._name, self._meaning, self._facts, self._paper):
            column.addWidget(label)
        column.addStretch(1)

    def _make_plots(self, theme: Theme) -> None:
        self.weights = HistogramPlot(self.tr("Weights before and after"), theme)
        self.inputs = HistogramPlot(self.tr("Inputs before and after"), theme)
        self.map = ErrorMapPlot(self.tr("Errors of weights"), theme)
        self.bars = InputPlot(self.tr("Magnitudes of inputs"), theme)
        self.outputs = OutputPlot(self.tr("Errors of outputs"), theme)
        self.part = SegmentedControl(
            self.tr("Which weights"), (("matrix", self.tr("Matrix")), ("block", self.tr("One group"))), theme
        )
        self.part.set_current("matrix")
        self.part.selected.connect(lambda _key: self._show_weights())
        self.part.button("block").setToolTip(
            self.tr("The weights that share one set of levels, before rounding, with those levels")
        )
        self.zoom = SegmentedControl(
            self.tr("How much of the matrix"),
            (("whole", self.tr("Matrix")), ("region", self.tr("Worst part"))),
            theme,
        )
        self.zoom.set_current("whole")
        self.zoom.selected.connect(lambda _key: self._show_map())
        self.zoom.button("region").setToolTip(
            self.tr(
                "Weight by weight around the largest error of the first method; one place for all methods"
            )
        )
        self._weight_card = PlotCard(self.tr("Weights"), self.weights, theme)
        self._weight_card.head.addWidget(self.part)
        self._after_entry = LegendEntry(self.tr("after"), "accent", theme)
        self._weight_card.add_legend(
            LegendEntry(self.tr("before"), "fg3", theme),
            self._after_entry,
            LegendEntry(self.tr("levels, as marks below"), "accent_text", theme),
        )
        self._input_card = PlotCard(self.tr("Inputs"), self.inputs, theme)
        self._input_card.note.set_text(self.tr("on measured text"))
        self._input_card.add_legend(
            LegendEntry(self.tr("before"), "fg3", theme), LegendEntry(self.tr("after"), "accent", theme)
        )
        self._map_card = PlotCard(self.tr("Where weights moved"), self.map, theme)
        self._map_card.head.addWidget(self.zoom)
        self._bar_card = PlotCard(self.tr("Each input"), self.bars, theme)
        self._bar_card.note.set_text(self.tr("magnitude, logarithmic"))
        self._outlier_entry = LegendEntry(self.tr("outlier"), "warn", theme)
        self._scale_entry = LegendEntry(self.tr("scale of the method"), "accent", theme)
        self._bar_card.add_legend(
            LegendEntry(self.tr("largest and mean"), "fg3", theme), self._outlier_entry, self._scale_entry
        )
        self._output_card = PlotCard(self.tr("Each output, the worst first"), self.outputs, theme)
        self._output_card.add_legend(
            LegendEntry(self.tr("this method"), "accent", theme), LegendEntry(self.tr("others"), "fg3", theme)
        )

    def _build(self) -> None:
        upper = QHBoxLayout()
        upper.setSpacing(12)
        upper.addWidget(self.table, 13, Qt.AlignmentFlag.AlignTop)
        upper.addWidget(self._words, 8)
        self._plots = QWidget()
        grid = QGridLayout(self._plots)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(12)
        cards = (self._weight_card, self._input_card, self._map_card, self._bar_card)
        for number, card in enumerate(cards):
            card.setMinimumHeight(_CARD.height())
            grid.addWidget(card, number // 2, number % 2)
        grid.addWidget(self._output_card, 2, 0, 1, 2)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        body = QVBoxLayout(self.content)
        body.setContentsMargins(20, 14, 20, 20)
        body.setSpacing(10)
        for label in (self.title, self.note, self.warning):
            body.addWidget(label)
        body.addLayout(upper)
        body.addWidget(self._plots)
        body.addStretch(1)
