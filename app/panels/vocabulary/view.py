"""All tokens of a model: searched, filtered, sorted, and found again in the chat."""

from collections.abc import Sequence
from typing import get_args

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app.models.inspection_subject import visible
from app.panels.vocabulary.occurrences import PromptTokens
from app.panels.vocabulary.places_list import PlacesList
from app.panels.vocabulary.search import Kind, Mode, Query
from app.panels.vocabulary.table_model import Column, VocabularyTableModel
from app.theme.theme import Theme
from app.widgets.data_table import DataTable
from app.widgets.empty_state import EmptyState
from app.widgets.icon_button import IconButton
from app.widgets.number_field import NumberField
from app.widgets.numbers import whole
from app.widgets.painting import SEMIBOLD
from app.widgets.segmented import SegmentedControl
from app.widgets.select import Select
from app.widgets.text_button import TextButton
from app.widgets.text_field import TextField
from app.widgets.text_label import TextLabel
from engine.library.vocabulary import Vocabulary

PAUSE_MS = 150


class VocabularyView(QWidget):
    """Asks with `searched`, shows with `set_found`."""

    searched = Signal(object)
    """`Query`."""
    model_chosen = Signal(str)
    copy_requested = Signal(str)
    place_opened = Signal(object)
    """`Occurrence`."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._vocabulary: Vocabulary | None = None
        self._prompt: PromptTokens | None = None
        self.setAccessibleName(self.tr("Vocabulary"))
        self.model = VocabularyTableModel(self)
        self._make_controls()
        self.table = self._make_table()
        self.places = PlacesList(theme)
        self.places.opened.connect(self.place_opened)
        self.empty = EmptyState(
            "book-text",
            self.tr("Every token a model knows"),
            self.tr(
                "Browse and search the vocabulary of the loaded model, or of any GGUF file of the library."
                " Only the list of tokens is read, never the weights."
            ),
            theme,
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self._make_body())
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 10)
        column.setSpacing(8)
        column.addLayout(self._make_bar())
        column.addWidget(self._stack, 1)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._search)
        self._connect()
        self._mark(-1)

    # setters

    def set_choices(self, choices: Sequence[tuple[str, str]], current: str) -> None:
        """Models as (path, name), and the one that is shown."""
        self.choice.set_choices(choices)
        self.choice.set_current(current)

    def set_vocabulary(self, vocabulary: Vocabulary | None) -> None:
        """Another model; the search is asked again."""
        self._vocabulary = vocabulary
        self._stack.setCurrentIndex(1 if vocabulary is not None else 0)
        for widget in (self.field, self.mode, self.kind, self.least, self.longest):
            widget.setEnabled(vocabulary is not None)
        self.table.setColumnHidden(Column.SCORE, vocabulary is None or not vocabulary.scores)
        self.model.set_ids(None, ())
        self._mark(-1)
        if vocabulary is not None:
            self._search()
        else:
            self._summary.set_text("")

    def set_found(self, ids: Sequence[int]) -> None:
        """The answer to a search."""
        vocabulary = self._vocabulary
        if vocabulary is None:
            return
        self.field.set_invalid(False)
        self.model.set_ids(vocabulary, ids)
        text = self.tr("{found} of {all} tokens")
        self._summary.set_text(text.format(found=whole(len(ids)), all=whole(len(vocabulary))))
        if len(ids):
            self.table.selectRow(0)
        else:
            self._mark(-1)

    def set_problem(self, text: str) -> None:
        """The search cannot be understood, or the file cannot be read."""
        self.field.set_invalid(True)
        self._summary.set_text(text)

    def set_busy(self, text: str) -> None:
        """Something is being read."""
        self._summary.set_text(text)

    def set_prompt(self, prompt: PromptTokens | None) -> None:
        """The chat in which tokens are looked for."""
        self._prompt = prompt
        self.model.set_prompt(prompt)
        self._mark(self.table.currentIndex().row())

    def query(self) -> Query:
        """What is asked now."""
        mode, kind = self.mode.current(), self.kind.current()
        return Query(
            text=self.field.text(),
            mode=mode if mode in get_args(Mode) else "text",  # type: ignore[arg-type]
            kind=kind if kind in get_args(Kind) else "all",  # type: ignore[arg-type]
            least=round(self.least.number()),
            order="longest" if self.longest.isChecked() else "id",
        )

    # building

    def _make_controls(self) -> None:
        theme = self._theme
        self.choice = Select(self.tr("Model"), (), theme, middle=True)
        self.choice.setFixedWidth(230)
        self.field = TextField(
            self.tr("Search tokens"), theme, placeholder=self.tr("Search tokens"), icon_name="search"
        )
        self.mode = SegmentedControl(
            self.tr("Search for"),
            (
                ("text", self.tr("Text")),
                ("regex", self.tr("Regex")),
                ("bytes", self.tr("Bytes")),
                ("id", self.tr("Id")),
            ),
            theme,
        )
        self.mode.setFixedWidth(220)
        self.mode.set_current("text")
        self.kind = Select(
            self.tr("Kind of token"),
            (
                ("all", self.tr("All tokens")),
                ("special", self.tr("Special")),
                ("user", self.tr("Added")),
                ("byte", self.tr("Bytes and half characters")),
                ("blank", self.tr("Only blanks")),
            ),
            theme,
        )
        self.kind.set_current("all")
        self.kind.setFixedWidth(150)
        self.least = NumberField(
            self.tr("Least length in bytes"), theme, minimum=0, maximum=1024, width=56, framed=True
        )
        self.least.set_number(0)
        self.least.set_words({0.0: self.tr("any")})
        self.longest = TextButton(self.tr("Longest first"), theme, icon_name="arrow-down-wide-narrow")
        self.longest.setCheckable(True)
        self.copy = IconButton("copy", self.tr("Copy the marked tokens"), theme)
        self._summary = TextLabel("", theme, role="fg3", size="xs", tabular=True, elide=True)

    def _make_bar(self) -> QVBoxLayout:
        first, second = QHBoxLayout(), QHBoxLayout()
        for row in (first, second):
            row.setSpacing(8)
        first.addWidget(self.choice)
        first.addWidget(self.field, 1)
        first.addWidget(self.mode)
        second.addWidget(self.kind)
        second.addWidget(TextLabel(self.tr("Bytes at least"), self._theme))
        second.addWidget(self.least)
        second.addWidget(self.longest)
        second.addWidget(self._summary, 1)
        second.addWidget(self.copy)
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addLayout(first)
        column.addLayout(second)
        return column

    def _make_table(self) -> DataTable:
        widths: dict[int, int] = {
            Column.ID: 72,
            Column.TEXT: 190,
            Column.BYTES: 230,
            Column.LENGTH: 68,
            Column.KIND: 84,
            Column.IN_CHAT: 90,
        }
        mono = (Column.TEXT, Column.BYTES)
        name = self.tr("Tokens of the vocabulary")
        table = DataTable(self.model, name, self._theme, widths, mono=mono, stretch=Column.BYTES)
        table.setColumnWidth(Column.SCORE, 76)
        return table

    def _make_body(self) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(14, 0, 0, 0)
        column.setSpacing(4)
        self._token = TextLabel("", self._theme, role="fg", size="l", weight=SEMIBOLD, mono=True, elide=True)
        self._facts = TextLabel("", self._theme, role="fg3", size="xs", tabular=True, wrap=True)
        self._where = TextLabel("", self._theme, weight=SEMIBOLD)
        column.addWidget(self._token)
        column.addWidget(self._facts)
        column.addSpacing(8)
        column.addWidget(self._where)
        column.addWidget(self.places, 1)
        body = QSplitter(Qt.Orientation.Horizontal)
        body.setChildrenCollapsible(False)
        body.setHandleWidth(1)
        body.addWidget(self.table)
        body.addWidget(side)
        body.setStretchFactor(0, 5)
        body.setStretchFactor(1, 3)
        return body

    def _connect(self) -> None:
        self.choice.selected.connect(self.model_chosen)
        self.field.textChanged.connect(lambda _text: self._pause.start())
        self.mode.selected.connect(lambda _key: self._search())
        self.kind.selected.connect(lambda _key: self._search())
        self.least.number_changed.connect(lambda _number: self._search())
        self.longest.toggled.connect(lambda _on: self._search())
        self.table.selectionModel().currentRowChanged.connect(lambda current, _old: self._mark(current.row()))
        self.table.copy_pressed.connect(self._copy)
        self.copy.clicked.connect(self._copy)

    # answering

    def _search(self) -> None:
        self._pause.stop()
        if self._vocabulary is not None:
            self.searched.emit(self.query())

    def _mark(self, row: int) -> None:
        vocabulary = self._vocabulary
        if vocabulary is None or not 0 <= row < self.model.rowCount():
            for label in (self._token, self._facts, self._where):
                label.set_text("")
            self.places.places.set_places(())
            return
        token = self.model.token(row)
        piece = vocabulary.pieces[token]
        self._token.set_text(visible(piece))
        kind = self.model.kind_name(vocabulary.kinds[token]) or self.tr("text")
        facts = self.tr("Id {id} · {kind} · {length} bytes: {bytes}")
        self._facts.set_text(facts.format(id=token, kind=kind, length=len(piece), bytes=piece.hex(" ")))
        places = self._prompt.find(piece) if self._prompt is not None else []
        count = self._prompt.count(piece) if self._prompt is not None else 0
        self._where.set_text(
            self.tr("%Ln time(s) in this chat", "", count) if count else self.tr("Not in this chat")
        )
        self.places.places.set_places(places)

    def _copy(self) -> None:
        """One token a line: id, tab, text with escapes."""
        vocabulary = self._vocabulary
        if vocabulary is None:
            return
        lines = []
        for row in self.table.selected_rows():
            token = self.model.token(row)
            lines.append(f"{token}\t{visible(vocabulary.pieces[token])}")
        if lines:
            self.copy_requested.emit("\n".join(lines))
