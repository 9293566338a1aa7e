"""What a model would take in memory, against what there is, and what its last load really took."""

from collections.abc import Sequence
from typing import NamedTuple, cast

from msgspec.structs import replace
from PySide6.QtCore import QDateTime, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.theme.theme import Theme
from app.widgets.legend import LegendEntry
from app.widgets.meter import Meter
from app.widgets.number_field import NumberField
from app.widgets.numbers import decimal, number_locale, size, whole
from app.widgets.painting import MEDIUM
from app.widgets.section import SectionHeader
from app.widgets.select import Select
from app.widgets.text_button import TextButton
from app.widgets.text_label import TextLabel
from engine.library.entries import ModelEntry, ModelFacts
from engine.library.fit import Beside, Budget, Fit, estimate, usual_context
from engine.protocol.values import ContextParams, KvType, LoadMemory
from engine.store.records import ModelLoad

KV_TYPES: tuple[KvType, ...] = ("f16", "q8_0", "q5_1", "q5_0", "q4_1", "q4_0")
_STEP = 256
_PARTS = (
    ("weights", "accent"),
    ("kv", "ok"),
    ("compute", "warn"),
    ("adapters", "accent_text"),
    ("draft", "info"),
    ("runtime", "fg3"),
)
"""Parts of `MemoryNeed` and their colours, in the order of the bar."""


class DraftModel(NamedTuple):
    """A smaller model that writes ahead, and what its file says."""

    entry: ModelEntry
    facts: ModelFacts


class FitSection(QWidget):
    """`show_model`, then every change of a control estimates again: arithmetic, no file is read."""

    draft_wanted = Signal(str)
    """Path of a model whose facts are needed: `set_draft` brings them."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._facts: ModelFacts | None = None
        self._budget = Budget(0, 0)
        self._adapters: dict[str, int] = {}
        self._draft: DraftModel | None = None
        self._fit: Fit | None = None
        self.header = SectionHeader(self.tr("Memory"), theme, parent=self)
        self.ram = Meter(self.tr("Main memory"), theme, height=8, parent=self)
        self.vram = Meter(self.tr("Graphics memory"), theme, height=8, parent=self)
        self._ram_text = TextLabel("", theme, size="xs", tabular=True, wrap=True, parent=self)
        self._vram_text = TextLabel("", theme, size="xs", tabular=True, wrap=True, parent=self)
        self._verdict = TextLabel("", theme, role="fg", weight=MEDIUM, wrap=True, parent=self)
        self._largest = TextLabel("", theme, size="xs", tabular=True, wrap=True, parent=self)
        self._taken = TextLabel("", theme, size="xs", tabular=True, wrap=True, parent=self)
        self.context = NumberField(
            self.tr("Context"), theme, minimum=_STEP, maximum=1 << 24, step=_STEP, width=84, framed=True
        )
        self.use_largest = TextButton(self.tr("Largest"), theme, kind="ghost", height=24)
        self.use_largest.setMinimumWidth(40)  # shortened before the field is cut
        self.cache = Select(self.tr("KV cache"), [(kind, kind) for kind in KV_TYPES], theme, height=26)
        self.adapter = Select(self.tr("Adapter"), [], theme, height=26)
        self.draft = Select(self.tr("Draft model"), [], theme, height=26)
        self._figures: dict[str, TextLabel] = {}
        self._legend: dict[str, QWidget] = {}
        self._build()
        self._connect()

    # what is shown

    def show_model(
        self,
        facts: ModelFacts,
        adapters: Sequence[ModelEntry],
        drafts: Sequence[ModelEntry],
        loads: Sequence[ModelLoad],
    ) -> None:
        """Another model: the usual load of it."""
        self._facts = facts
        self._draft = None
        self._adapters = {entry.path: entry.size_bytes for entry in adapters}
        none = [("", self.tr("none"))]
        self.adapter.set_choices(none + [(entry.path, entry.name) for entry in adapters])
        self.draft.set_choices(none + [(entry.path, entry.name) for entry in drafts])
        self.adapter.set_current("")
        self.draft.set_current("")
        self._rows["adapter"].setVisible(bool(adapters))
        self._rows["draft"].setVisible(bool(drafts))
        self.cache.set_current("f16")
        self.context.set_limits(_STEP, max(facts.context_length, _STEP) if facts.context_length else 1 << 24)
        self.context.set_number(usual_context(facts))
        self._show_loads(loads)
        self._refresh()

    def set_budget(self, budget: Budget) -> None:
        self._budget = budget
        self._refresh()

    def set_draft(self, draft: DraftModel) -> None:
        """The facts that `draft_wanted` asked for."""
        if self.draft.current() == draft.entry.path:
            self._draft = draft
            self._refresh()

    @property
    def fit(self) -> Fit | None:
        """The estimate that is shown."""
        return self._fit

    def _params(self) -> ContextParams:
        kind = cast(KvType, self.cache.current() or "f16")
        return replace(ContextParams(), type_k=kind, type_v=kind)

    def _refresh(self) -> None:
        if self._facts is None or self._budget.ram_total <= 0:
            return
        beside = Beside(
            self._adapters.get(self.adapter.current(), 0), self._draft.facts if self._draft else None
        )
        fit = estimate(self._facts, self._params(), self._budget, round(self.context.number()), beside)
        self._fit = fit
        self._show_verdict(fit)
        self._show_bars(fit)
        for name, _role in _PARTS:
            nbytes = getattr(fit.need, name)
            self._legend[name].setVisible(nbytes > 0)
            self._figures[name].setVisible(nbytes > 0)
            self._figures[name].set_text(size(nbytes))

    def _show_verdict(self, fit: Fit) -> None:
        needed = size(fit.need.total)
        self.header.set_note(needed)
        if not fit.fits:
            text, role = self.tr("Does not fit: it needs {needed}."), "error"
        elif fit.is_tight:
            text, role = self.tr("Just fits: it needs {needed}."), "warn"
        else:
            text, role = self.tr("Fits: it needs {needed}."), "ok"
        self._verdict.set_text(text.format(needed=needed))
        self._verdict.set_role(role)
        trained = self._facts.context_length if self._facts is not None else 0
        if trained and fit.largest_context >= trained // _STEP * _STEP:
            text = self.tr("The whole trained context fits: {tokens} tokens.")
            self._largest.set_text(text.format(tokens=whole(fit.largest_context)))
        elif fit.largest_context:
            text = self.tr("The largest context that fits is {tokens} tokens.")
            self._largest.set_text(text.format(tokens=whole(fit.largest_context)))
        else:
            self._largest.set_text(self.tr("No context fits with these settings."))
        self.use_largest.setEnabled(fit.largest_context not in (0, round(self.context.number())))

    def _show_bars(self, fit: Fit) -> None:
        budget = fit.budget
        total = max(budget.ram_total, 1)
        taken = budget.ram_total - budget.ram_free
        share = fit.ram / fit.need.total if fit.need.total else 0.0
        parts = [(taken / total, "taken")]
        parts += [(getattr(fit.need, name) * share / total, role) for name, role in _PARTS]
        self.ram.set_parts(parts)
        text = self.tr("RAM: {needed} of {free} free, {total} in all")
        told = text.format(needed=size(fit.ram), free=size(budget.ram_free), total=size(budget.ram_total))
        self._ram_text.set_text(told)
        self.ram.setAccessibleDescription(told)
        has_gpu = budget.vram_total > 0
        self.vram.setVisible(has_gpu)
        if has_gpu:
            used = budget.vram_total - budget.vram_free
            role = "accent" if fit.vram <= budget.vram_free else "error"
            self.vram.set_parts([(used / budget.vram_total, "taken"), (fit.vram / budget.vram_total, role)])
            text = self.tr("VRAM: {needed} of {free} free; {layers} of {all} layers fit")
            self._vram_text.set_text(
                text.format(
                    needed=size(fit.vram),
                    free=size(budget.vram_free),
                    layers=fit.gpu_layers,
                    all=fit.layers,
                )
            )
        else:
            self._vram_text.set_text(self.tr("VRAM: no graphics processor is used by this build."))

    def _show_loads(self, loads: Sequence[ModelLoad]) -> None:
        self._taken.setVisible(bool(loads))
        if loads:
            self._taken.set_text(self._sentence(loads[0]))

    def _sentence(self, load: ModelLoad) -> str:
        memory: LoadMemory = load.memory
        off = (memory.taken - memory.predicted) / memory.predicted * 100 if memory.predicted else 0.0
        day = QDateTime.fromMSecsSinceEpoch(load.loaded_ms).date()
        locale = number_locale()
        sign = "+" if off > 0 else "−" if off < 0 else "±"
        text = self.tr(
            "Last load, {date}, {tokens} tokens: predicted {predicted}, took {taken} ({difference} %)."
        )
        return text.format(
            date=locale.toString(day, locale.FormatType.ShortFormat),
            tokens=whole(load.n_ctx),
            predicted=size(memory.predicted),
            taken=size(memory.taken),
            difference=sign + decimal(abs(off), 1),
        )

    # building

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.header)
        column.addWidget(self._verdict)
        for widget in (self.ram, self._ram_text, self.vram, self._vram_text):
            column.addWidget(widget)
        column.addLayout(self._build_legend())
        column.addSpacing(4)
        self._rows: dict[str, QWidget] = {}
        context = QHBoxLayout()
        context.setSpacing(4)
        context.addWidget(self.use_largest)
        context.addWidget(self.context)
        for key, text, content in (
            ("context", self.context.accessibleName(), context),
            ("cache", self.cache.accessibleName(), self.cache),
            ("adapter", self.adapter.accessibleName(), self.adapter),
            ("draft", self.draft.accessibleName(), self.draft),
        ):
            self._rows[key] = self._row(text, content)
            column.addWidget(self._rows[key])
        column.addWidget(self._largest)
        column.addWidget(self._taken)

    def _row(self, text: str, content: QWidget | QHBoxLayout) -> QWidget:
        holder = QWidget(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        label = TextLabel(text, self._theme, parent=holder)
        label.setFixedWidth(96)
        row.addWidget(label)
        if isinstance(content, QWidget):
            row.addWidget(content, 1)
        else:
            row.addStretch(1)
            row.addLayout(content)
        return holder

    def _build_legend(self) -> QGridLayout:
        names = {
            "weights": self.tr("Weights"),
            "kv": self.tr("KV cache"),
            "compute": self.tr("Compute buffers"),
            "adapters": self.tr("Adapter"),
            "draft": self.tr("Draft model"),
            "runtime": self.tr("Process"),
        }
        grid = QGridLayout()
        grid.setContentsMargins(0, 2, 0, 0)
        grid.setVerticalSpacing(2)
        for number, (name, role) in enumerate(_PARTS):
            self._legend[name] = LegendEntry(names[name], role, self._theme, self)
            self._figures[name] = TextLabel("", self._theme, role="fg", size="xs", tabular=True, parent=self)
            grid.addWidget(self._legend[name], number, 0)
            grid.addWidget(self._figures[name], number, 1, Qt.AlignmentFlag.AlignRight)
        grid.setColumnStretch(0, 1)
        return grid

    def _connect(self) -> None:
        self.context.number_changed.connect(lambda _number: self._refresh())
        self.cache.selected.connect(lambda _key: self._refresh())
        self.adapter.selected.connect(lambda _key: self._refresh())
        self.draft.selected.connect(self._choose_draft)
        self.use_largest.clicked.connect(self._take_largest)

    def _choose_draft(self, path: str) -> None:
        self._draft = None
        if path:
            self.draft_wanted.emit(path)
        self._refresh()

    def _take_largest(self) -> None:
        if self._fit is not None and self._fit.largest_context:
            self.context.set_number(self._fit.largest_context)
            self._refresh()
