"""What the tab Convert looks like: source, what it is, what it becomes, where to."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from app.controllers.models import ModelsController
from app.panels.convert.what import Source
from app.panels.model_field import ModelField
from app.panels.path_field import PathField
from app.panels.quantize.results import ResultsList
from app.theme.theme import Theme
from app.widgets import numbers
from app.widgets.empty_state import EmptyState
from app.widgets.painting import SEMIBOLD
from app.widgets.section import SectionHeader
from app.widgets.segmented import SegmentedControl
from app.widgets.text_button import TextButton
from app.widgets.text_label import TextLabel
from engine.library.entries import ModelEntry

WIDTH = 680


def can_convert(entry: ModelEntry) -> bool:
    """Every kind of model file has a way."""
    return entry.problem is None


class ConvertView(QWidget):
    """Widgets and how they are laid out; `app.panels.convert.panel` makes them work."""

    def __init__(self, models: ModelsController, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        name = self.tr("Model or adapter to convert")
        self.source = ModelField(name, models, theme, fits=can_convert, folders=True)
        self.kind = SegmentedControl(
            self.tr("Number format"),
            [("bf16", "BF16"), ("f16", "F16"), ("f32", "F32"), ("q8_0", "Q8_0")],
            theme,
        )
        self.target = PathField(self.tr("Write to"), theme, "save")
        self.extra = PathField(self.tr("Adapter or base model"), theme, "folder")
        self.start = TextButton(self.tr("Convert"), theme, kind="primary", icon_name="play", height=32)
        self.results = ResultsList(theme, can_compare=False)
        self._what = TextLabel("", theme, role="fg", size="m", weight=SEMIBOLD, wrap=True)
        self._facts = TextLabel("", theme, tabular=True, wrap=True)
        self._becomes = TextLabel("", theme, wrap=True)
        self._kind_words = TextLabel("", theme, role="fg3", size="xs", wrap=True)
        self._extra_label = TextLabel("", theme)
        self._extra_words = TextLabel("", theme, role="fg3", size="xs", wrap=True)
        self._hindrance = TextLabel("", theme, role="fg3", size="xs", wrap=True)
        self._problem = TextLabel("", theme, role="error", wrap=True)
        for label in (self._kind_words, self._extra_words):
            label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._problem.hide()
        self._empty = EmptyState(
            "repeat",
            self.tr("Convert between formats"),
            self.tr(
                "Choose a safetensors folder to make a GGUF file that runs here, a GGUF to make a folder for "
                "training, or a LoRA adapter of either kind. The source is only read."
            ),
            theme,
        )
        self._body = self._settings()
        column = QVBoxLayout()
        column.setContentsMargins(24, 16, 24, 24)
        column.setSpacing(12)
        column.addWidget(self.source)
        column.addWidget(self._problem)
        column.addWidget(self._body, 1)
        column.addWidget(self._empty, 1)
        column.addStretch(0)  # holds a refused source at the top
        inner = QWidget()
        inner.setLayout(column)
        inner.setMaximumWidth(WIDTH + 48)
        area = QScrollArea()
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its controls take the keyboard
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        area.setFrameShape(QFrame.Shape.NoFrame)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)
        self.setFocusProxy(self.source)
        self.kind.selected.connect(self.show_kind)
        self.show_source(None)

    def show_source(self, source: Source | None) -> None:
        """None: nothing is chosen, or it cannot be converted."""
        self._body.setVisible(source is not None)
        self._empty.setVisible(source is None and not self.source.path())
        if source is None:
            return
        entry = source.entry
        self._what.set_text(self._kind_of(source))
        facts = [entry.name, entry.architecture, entry.quantization, numbers.size(entry.size_bytes)]
        self._facts.set_text(" · ".join(part for part in facts if part))
        self._becomes.set_text(self._becoming(source))
        self.kind.button("q8_0").setVisible("q8_0" in source.types)
        self.kind.set_current(source.suggested)
        self.show_kind(source.suggested)
        self._show_extra(source)

    def show_kind(self, kind: str) -> None:
        """What the number format means."""
        words = {
            "bf16": self.tr("16 bits with the range of F32. What most models are published in."),
            "f16": self.tr(
                "16 bits with a finer fraction and a smaller range. Right for further quantizing."
            ),
            "f32": self.tr("32 bits: twice the size, for exact comparisons."),
            "q8_0": self.tr("8 bits in blocks of 32: half the size, hardly distinguishable."),
        }
        self._kind_words.set_text(words[kind])

    def show_problem(self, text: str) -> None:
        self._problem.set_text(text)
        self._problem.setVisible(bool(text))

    def show_start(self, hindrance: str) -> None:
        """Why it cannot start, "" where it can."""
        self.start.setEnabled(not hindrance)
        self._hindrance.set_text(hindrance)
        self._hindrance.setVisible(bool(hindrance))

    def _settings(self) -> QWidget:
        body = QWidget()
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.addRow(TextLabel(self.tr("Number format"), self._theme), self.kind)
        form.addRow("", self._kind_words)
        form.addRow(self._extra_label, self.extra)
        form.addRow("", self._extra_words)
        form.addRow(TextLabel(self.tr("Write to"), self._theme), self.target)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(6)
        for label in (self._what, self._facts, self._becomes):
            column.addWidget(label)
        column.addSpacing(12)
        column.addLayout(form)
        column.addSpacing(12)
        column.addWidget(self.start, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._hindrance)
        column.addSpacing(16)
        self.results_title = SectionHeader(self.tr("Converted"), self._theme)
        column.addWidget(self.results_title)
        column.addWidget(self.results)
        column.addStretch(1)
        return body

    def _show_extra(self, source: Source) -> None:
        if source.is_adapter:
            label = self.tr("Base model")
            words = self.tr("The model that the adapter was made for: its folder or a GGUF of it.")
        else:
            label = self.tr("Merge an adapter")
            words = self.tr(
                "Optional: the folder of a LoRA adapter in PEFT's format, added into the weights."
            )
        self._extra_label.set_text(label)
        self._extra_words.set_text(words)
        self.extra.edit.setAccessibleName(label)

    def _kind_of(self, source: Source) -> str:
        return {
            "to_gguf": self.tr("A folder of safetensors"),
            "to_folder": self.tr("A GGUF model"),
            "adapter_to_gguf": self.tr("A LoRA adapter in PEFT's format"),
            "adapter_to_folder": self.tr("A LoRA adapter as GGUF"),
        }[source.way]

    def _becoming(self, source: Source) -> str:
        return {
            "to_gguf": self.tr("It becomes one GGUF file, with its tokenizer and chat template."),
            "to_folder": self.tr(
                "It becomes a folder that transformers loads, for training or other tools. What quantizing "
                "took stays away."
            ),
            "adapter_to_gguf": self.tr(
                "It becomes a GGUF adapter, which is switched and scaled in the chat."
            ),
            "adapter_to_folder": self.tr("It becomes a folder in PEFT's format."),
        }[source.way]
