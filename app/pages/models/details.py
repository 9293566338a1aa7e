"""What is known of one model, and what can be done with it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from app.i18n.errors import describe
from app.models.library_rows import LibraryRow
from app.models.model_choices import short_count
from app.models.model_sources import ModelSources
from app.pages.models.action_bar import ActionBar
from app.pages.models.fit_section import FitSection
from app.pages.models.lineage_view import LineageView
from app.pages.models.tensor_shares import TensorShares
from app.panels.model.facts import FactList
from app.theme.theme import Theme
from app.widgets.chip import ChipsEditor
from app.widgets.hline import HLine
from app.widgets.numbers import decimal, size, whole
from app.widgets.painting import SEMIBOLD
from app.widgets.scrolling import HeightScroll
from app.widgets.section import SectionHeader
from app.widgets.text_label import TextLabel
from engine.library.details import ModelDetails
from engine.library.entries import ModelEntry
from engine.protocol.values import LoadedModel
from engine.store.records import ModelLoad


class DetailsView(QWidget):
    """The right region of the models page. `show_row` at once, `show_details` when its files were read.

    With `whole` false its lower half is made by `complete`, which comes before anything is shown.
    """

    tags_changed = Signal(tuple)

    fit: FitSection
    shares: TensorShares
    lineage: LineageView

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, whole: bool = True) -> None:
        super().__init__(parent)
        self._theme = theme
        self._sources = ModelSources(self)
        self.row: LibraryRow | None = None
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        # From the outside in: a widget that goes into another one is styled again, with all that is in it.
        self._body = body = self._make_body()
        self.name = TextLabel("", theme, role="fg", size="l", weight=SEMIBOLD, wrap=True, parent=body)
        self.place = TextLabel("", theme, role="fg3", size="xs", elide=True, parent=body)
        self.problem = TextLabel("", theme, role="warn", wrap=True, parent=body)
        self.note = TextLabel("", theme, wrap=True, parent=body)
        self.action_bar = ActionBar(theme, body)
        self.tags = ChipsEditor(
            self.tr("Tags"), self.tr("Add a tag"), self.tr("Remove the tag {text}"), theme, body
        )
        self.facts = FactList(self.tr("Facts"), theme, body)
        self.progress = QProgressBar(body)
        self.progress.setRange(0, 100)
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(4)
        self.progress.setAccessibleName(self.tr("Loading"))
        self._sections: list[tuple[QWidget, list[QWidget]]] = []
        self._column = self._build()
        self.tags.changed.connect(self.tags_changed)
        if whole:
            self.complete()

    def complete(self) -> None:
        """Make what stands below the facts."""
        theme, body = self._theme, self._body
        self.fit = FitSection(theme, body)
        self.shares = TensorShares(theme, body)
        self.lineage = LineageView(theme, body)
        for heading, content in (
            ("", self.fit),
            (self.tr("Tensors by type"), self.shares),
            (self.tr("Lineage"), self.lineage),
        ):
            around: list[QWidget] = [HLine(theme, body)]
            self._column.addWidget(around[0])
            if heading:
                around.append(SectionHeader(heading, theme, parent=body))
                self._column.addWidget(around[1])
            self._column.addWidget(content)
            self._sections.append((content, around))
        self._column.addStretch(1)
        self.show_row(None, (), None, ())

    def show_row(
        self,
        row: LibraryRow | None,
        tags: Sequence[str],
        loaded: LoadedModel | None,
        copies: Sequence[str],
    ) -> None:
        """`loaded` when it is the model in memory, `copies` other files with its content."""
        changed = (row.key if row else "") != (self.row.key if self.row else "")
        self.row = row
        entry = row.entry if row else None
        self.name.set_text(row.name if row else self.tr("No model is marked"))
        self.place.set_text(self._place_of(row))
        self.action_bar.show_row(row, loaded is not None)
        self.progress.hide()
        self.tags.setVisible(entry is not None and entry.problem is None)
        self.tags.set_texts(tags)
        self.facts.set_facts(self._facts(row, loaded) if row else [])
        self._show_problem(entry)
        self._show_note(entry, copies)
        self.shares.set_shares(entry.types if entry is not None else ())
        if changed:
            self.fit.hide()
            self.lineage.hide()
            self._scroll.verticalScrollBar().setValue(0)
        self._show_sections()

    def show_details(
        self,
        details: ModelDetails,
        adapters: Sequence[ModelEntry],
        drafts: Sequence[ModelEntry],
        loads: Sequence[ModelLoad],
    ) -> None:
        """What was read from the files of the row."""
        if details.problem is not None:
            told = describe(details.problem.error())
            self.problem.set_text(f"{told.message} {told.hint}")
            self.problem.show()
        self.fit.setVisible(details.facts is not None and details.entry.format == "gguf")
        if details.facts is not None and details.entry.format == "gguf":
            self.fit.show_model(details.facts, adapters, drafts, loads)
        self.lineage.show_details(details)
        self._show_sections()

    def show_loading(self, _name: str, fraction: float, _stage: str) -> None:
        """A model is being loaded."""
        self.action_bar.load.setEnabled(False)
        self.progress.show()
        self.progress.setValue(round(fraction * 100))

    def _show_problem(self, entry: ModelEntry | None) -> None:
        problem = entry.problem if entry is not None else None
        self.problem.setVisible(problem is not None)
        if problem is not None:
            told = describe(problem.error())
            self.problem.set_text(f"{told.message} {told.hint}")

    def _show_note(self, entry: ModelEntry | None, copies: Sequence[str]) -> None:
        notes: list[str] = []
        if (
            entry is not None
            and entry.format == "safetensors"
            and entry.kind == "decoder"
            and not entry.problem
        ):
            notes.append(
                self.tr("A model that writes has to be GGUF: get that version of it, or convert it first.")
            )
        if entry is not None and entry.format == "lora" and entry.base:
            notes.append(self.tr("An adapter for {base}.").format(base=entry.base))
        if copies:
            text = self.tr("The same content is also at {paths}. One of them is enough.")
            notes.append(text.format(paths=", ".join(copies)))
        self.note.set_text("\n".join(notes))
        self.note.setVisible(bool(notes))

    def _place_of(self, row: LibraryRow | None) -> str:
        if row is None:
            return ""
        return row.entry.path if row.entry is not None else row.endpoint.base_url if row.endpoint else ""

    def _facts(self, row: LibraryRow, loaded: LoadedModel | None) -> list[tuple[str, str]]:
        entry = row.entry
        facts: list[tuple[str, str]] = []
        if entry is not None and entry.problem is None:
            facts = [
                (self.tr("Title"), entry.title if entry.title != entry.name else ""),
                (self.tr("Architecture"), entry.architecture),
                (self.tr("Parameters"), short_count(entry.parameters) if entry.parameters else ""),
                (self.tr("Quantization"), entry.quantization),
                (
                    self.tr("Bits per weight"),
                    decimal(entry.bits_per_weight, 2) if entry.bits_per_weight else "",
                ),
                (self.tr("Size"), size(entry.size_bytes)),
                (self.tr("Files"), whole(entry.parts) if entry.parts > 1 else ""),
                (self.tr("Trained context"), whole(entry.context_length) if entry.context_length else ""),
                (self.tr("Chat template"), self._yes_no(entry)),
                (self.tr("Licence"), entry.license),
                (self.tr("Repository"), entry.repo),
            ]
        facts.append((self.tr("Found in"), self._sources.name(row.source)))
        if loaded is not None:
            facts.append((self.tr("Context now"), whole(loaded.n_ctx)))
            facts.append((self.tr("Device"), loaded.device))
        return [(name, value) for name, value in facts if value]

    def _yes_no(self, entry: ModelEntry) -> str:
        if entry.format == "lora" or entry.kind == "encoder":
            return ""
        return self.tr("yes") if entry.has_template else self.tr("none")

    def _show_sections(self) -> None:
        """A heading and its line are there only for what is below them."""
        for content, around in self._sections:
            for widget in around:
                widget.setVisible(content.isVisibleTo(self))

    def _make_body(self) -> QWidget:
        body = QWidget(self)
        self._scroll = HeightScroll(body, self)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._scroll)
        return body

    def _build(self) -> QVBoxLayout:
        body = self._body
        column = QVBoxLayout(body)
        column.setContentsMargins(16, 14, 16, 16)
        column.setSpacing(10)
        column.addWidget(self.name)
        column.addWidget(self.place)
        column.addWidget(self.problem)
        column.addWidget(self.action_bar)
        column.addWidget(self.progress)
        column.addWidget(self.note)
        column.addWidget(self.tags)
        column.addWidget(HLine(self._theme, body))
        column.addWidget(self.facts)
        return column
