"""The model panel: how the model is loaded, and what it is."""

from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.panels.model.facts import FactList, ModelFacts
from app.panels.model.fields import (
    ContextField,
    FloatField,
    IntegerField,
    SegmentField,
    SelectField,
    SharesField,
    SwitchField,
)
from app.panels.model.memory import KV_BYTES, kv_bytes
from app.panels.model.texts import field_text
from app.theme.theme import Theme
from app.widgets.empty_state import EmptyState
from app.widgets.hline import HLine
from app.widgets.numbers import size, whole
from app.widgets.painting import SEMIBOLD
from app.widgets.section import CollapsibleSection, SectionHeader
from app.widgets.slider_row import SliderRow
from app.widgets.text_button import TextButton
from app.widgets.text_label import TextLabel
from engine.protocol.values import ContextParams, LoadedModel

CONTEXT_STEP = 256
LARGEST_CONTEXT = 1_048_576
DEFAULT_TRAIN = 8192


class ModelPanel(QWidget):
    """Changes gather until the user applies them: then the model is loaded again."""

    reload_requested = Signal(object)
    """`ContextParams`."""
    unload_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Model"))
        self._theme = theme
        self._model: LoadedModel | None = None
        self._applied = ContextParams()
        self._context = ContextParams()
        self._fields: dict[str, ContextField] = {}
        self._words = ModelFacts(self)
        self.empty = EmptyState(
            "box",
            self.tr("No model is loaded"),
            self.tr("Pick one from the list at the top. How it is loaded can be set here."),
            theme,
            compact=True,
        )
        self.length = self._make_length()
        self.length_note = TextLabel("", theme, role="fg3", size="xs", wrap=True)
        self.apply = TextButton(self.tr("Apply and reload"), theme, kind="primary", icon_name="refresh-cw")
        self.revert = TextButton(self.tr("Revert"), theme, kind="ghost")
        self.apply.clicked.connect(lambda: self.reload_requested.emit(self._context))
        self.revert.clicked.connect(lambda: self.set_context(self._applied))
        self.unload = TextButton(self.tr("Unload"), theme, icon_name="power")
        self.unload.setToolTip(self.tr("Gives the model's memory back"))
        self.unload.clicked.connect(self.unload_requested)
        self._build()
        self._refresh()

    def set_model(self, model: LoadedModel | None) -> None:
        """The loaded model, None for none."""
        self._model = model
        self.empty.setVisible(model is None)
        self._settings.setVisible(model is not None)
        if model is not None:
            train = model.n_ctx_train or DEFAULT_TRAIN
            self.length.slider.set_limits(0, 2 * train, max(CONTEXT_STEP, train // 64))
            self._name.set_text(model.name)
            self.run_facts.set_facts(self._words.run_facts(model))
            self.model_facts.set_facts(self._words.model_facts(model))
            self.set_context(model.context)

    def set_context(self, context: ContextParams) -> None:
        """The parameters the model was loaded with."""
        self._applied = self._context = context
        self._refresh()

    def context(self) -> ContextParams:
        """As the controls stand, applied or not."""
        return self._context

    def set_loading(self, loading: bool) -> None:
        """While a model loads nothing can be applied."""
        self.apply.setEnabled(not loading)
        self.unload.setEnabled(not loading)

    def add_section(self, section: QWidget) -> None:
        """One more part below the model's name; it brings the line under it along."""
        self._inner.insertWidget(2, section)

    def field(self, name: str) -> ContextField:
        return self._fields[name]

    def _make_length(self) -> SliderRow:
        text = field_text("n_ctx")
        row = SliderRow(
            text.label,
            self._theme,
            minimum=0,
            maximum=LARGEST_CONTEXT,
            step=CONTEXT_STEP,
            decimals=0,
            default=0,
            slider_range=(0, 2 * DEFAULT_TRAIN),
            off_values=(0.0,),
            words={0.0: self.tr("auto")},
            tooltip=f"<p>{text.meaning}</p>",
            field_width=72,
        )
        row.number_changed.connect(lambda number: self._change("n_ctx", round(number)))
        return row

    def _build(self) -> None:
        self._settings = QWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(0)
        column.addWidget(self.empty)
        column.addWidget(self._settings)
        column.addStretch(1)
        self._inner = inner = QVBoxLayout(self._settings)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addLayout(self._build_head())
        inner.addWidget(HLine(self._theme))
        inner.addLayout(self._build_fields())
        inner.addWidget(HLine(self._theme))
        inner.addLayout(self._build_facts())
        self._settings.hide()

    def _build_head(self) -> QVBoxLayout:
        self._name = TextLabel("", self._theme, role="fg", size="m", weight=SEMIBOLD, elide=True)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._name, 1)
        top.addWidget(self.unload)
        top.addWidget(self.apply, 1)
        top.addWidget(self.revert)
        head = _part(8)
        head.addLayout(top)
        return head

    def _build_fields(self) -> QVBoxLayout:
        auto = {0.0: self.tr("auto")}
        kv_types = [(name, name) for name in KV_BYTES]
        theme = self._theme
        modes = [("auto", self.tr("Auto")), ("on", self.tr("On")), ("off", self.tr("Off"))]
        part = _part(8)
        part.addWidget(self.length)
        part.addWidget(self.length_note)
        main: list[ContextField] = [
            IntegerField("n_gpu_layers", theme, minimum=-1, maximum=999, words={-1.0: self.tr("auto")}),
            IntegerField("n_threads", theme, minimum=0, maximum=256, words=auto),
            SegmentField("flash_attention", modes, theme),
            SelectField("type_k", kv_types, theme),
            SelectField("type_v", kv_types, theme),
        ]
        for field in main:
            part.addWidget(self._keep(field))
        for section in (
            self._section(self.tr("Batches and threads"), self._batch_fields(auto)),
            self._section(self.tr("Position scaling (RoPE)"), self._rope_fields(auto)),
            self._section(self.tr("Memory and GPUs"), self._memory_fields()),
        ):
            part.addWidget(section)
        return part

    def _batch_fields(self, auto: dict[float, str]) -> list[ContextField]:
        theme = self._theme
        return [
            IntegerField("n_batch", theme, minimum=1, maximum=65_536, step=64),
            IntegerField("n_ubatch", theme, minimum=1, maximum=65_536, step=64),
            IntegerField("n_threads_batch", theme, minimum=0, maximum=256, words=auto),
        ]

    def _rope_fields(self, auto: dict[float, str]) -> list[ContextField]:
        theme = self._theme
        kinds = [
            ("model", self.tr("From the model")),
            ("none", self.tr("None")),
            ("linear", self.tr("Linear")),
            ("yarn", "YaRN"),
            ("longrope", "LongRoPE"),
        ]
        return [
            SelectField("rope_scaling", kinds, theme),
            FloatField("rope_freq_base", theme, minimum=0, maximum=1e9, step=1000, decimals=0, words=auto),
            FloatField("rope_freq_scale", theme, minimum=0, maximum=16, step=0.05, decimals=3, words=auto),
            FloatField(
                "yarn_ext_factor",
                theme,
                minimum=-1,
                maximum=1,
                step=0.1,
                decimals=2,
                words={-1.0: self.tr("auto")},
            ),
            IntegerField("yarn_orig_ctx", theme, minimum=0, maximum=LARGEST_CONTEXT, step=1024, words=auto),
        ]

    def _memory_fields(self) -> list[ContextField]:
        theme = self._theme
        switches: list[ContextField] = [
            SwitchField(name, theme) for name in ("use_mmap", "use_mlock", "offload_kqv", "swa_full")
        ]
        return [
            *switches,
            IntegerField("main_gpu", theme, minimum=0, maximum=63),
            SharesField("tensor_split", theme),
        ]

    def _section(self, title: str, fields: list[ContextField]) -> CollapsibleSection:
        section = CollapsibleSection(title, self._theme)
        for field in fields:
            section.content.addWidget(self._keep(field))
        return section

    def _keep(self, field: ContextField) -> ContextField:
        self._fields[field.name] = field
        field.value_changed.connect(self._change)
        return field

    def _build_facts(self) -> QVBoxLayout:
        self.run_facts = FactList(self.tr("How it runs"), self._theme)
        self.model_facts = FactList(self.tr("About the model"), self._theme)
        part = _part(10)
        part.addWidget(SectionHeader(self.tr("How it runs"), self._theme))
        part.addWidget(self.run_facts)
        part.addSpacing(6)
        part.addWidget(SectionHeader(self.tr("About the model"), self._theme))
        part.addWidget(self.model_facts)
        return part

    def _change(self, name: str, value: object) -> None:
        if getattr(self._context, name) != value:
            self._context = replace(self._context, **{name: value})
            self._refresh()

    def _refresh(self) -> None:
        context = self._context
        self.length.set_number(context.n_ctx)
        for name, field in self._fields.items():
            field.set_value(getattr(context, name))
        self._show_head(context != self._applied)
        self._show_length_note()

    def _show_head(self, changed: bool) -> None:
        """What can be applied takes the name's place: nothing below moves while a slider is dragged."""
        leaving = self.apply.hasFocus() or self.revert.hasFocus()
        for widget, shown in (
            (self._name, not changed),
            (self.unload, not changed),
            (self.apply, changed),
            (self.revert, changed),
        ):
            widget.setVisible(shown)
        if leaving and not changed:
            self.length.slider.setFocus()

    def _show_length_note(self) -> None:
        model = self._model
        if model is None:
            return
        memory = size(kv_bytes(model, self._context))
        text = self.tr("KV cache {memory}").format(memory=memory)
        if not self._context.n_ctx:
            text = self.tr("{tokens} tokens, KV cache {memory}").format(
                tokens=whole(model.n_ctx), memory=memory
            )
        beyond = bool(model.n_ctx_train) and self._context.n_ctx > model.n_ctx_train
        if beyond:
            text = self.tr(
                "KV cache {memory}. Longer than the {train} tokens it was trained for: positions are "
                "stretched "
                "(RoPE scaling), and answers get worse."
            ).format(memory=memory, train=whole(model.n_ctx_train))
        self.length_note.set_text(text)
        self.length_note.set_role("warn" if beyond else "fg3")


def _part(spacing: int) -> QVBoxLayout:
    part = QVBoxLayout()
    part.setContentsMargins(16, 12, 16, 12)
    part.setSpacing(spacing)
    return part
