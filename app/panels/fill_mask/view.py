"""What an encoder can be asked: a text with masks above, candidates below it, and a pair of sentences."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from app.panels.fill_mask.filling import EXAMPLES, Replacement, replacement, utf16_length
from app.panels.fill_mask.mask_column import MaskColumn
from app.panels.fill_mask.sentences import SentencePair
from app.theme.theme import Theme
from app.widgets.empty_state import EmptyState
from app.widgets.hline import HLine
from app.widgets.section import SectionHeader
from app.widgets.text_button import TextButton
from app.widgets.text_field import TextArea
from app.widgets.text_label import TextLabel
from engine.protocol.inspection import FilledMask, MaskCandidate


class FillMaskView(QWidget):
    """Setters and signals only; `FillMaskPanel` asks the model."""

    text_changed = Signal(str)
    models_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._mask = ""
        self._masks: tuple[FilledMask, ...] = ()
        self._filled_text = ""
        self._columns: list[MaskColumn] = []
        self._make_text()
        self._make_candidates()
        self.pair = SentencePair(theme)
        self._line = HLine(theme)
        self.empty = EmptyState(
            "text-cursor-input",
            self.tr("Ask an encoder"),
            self.tr(
                "Encoders such as BERT read a text in both directions. They say which words could stand "
                "where one is missing, and how alike two sentences are. Load one from a safetensors folder."
            ),
            theme,
            action_text=self.tr("Choose a model"),
            action_icon="box",
        )
        self.empty.action_requested.connect(self.models_requested)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self._body())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)

    def _make_text(self) -> None:
        self.heading = SectionHeader(self.tr("A text with missing words"), self._theme)
        self.text = TextArea(self.tr("Text with masks"), self._theme, min_lines=2, max_lines=6)
        self.text.edited.connect(self._on_edited)
        self.insert = TextButton("", self._theme, icon_name="text-cursor-input")
        self.insert.clicked.connect(self._insert_mask)
        self.example = TextButton(self.tr("Show an example"), self._theme, kind="ghost")
        self.example.clicked.connect(self._show_example)
        self.note = TextLabel("", self._theme, role="fg2", size="s", wrap=True)

    def _make_candidates(self) -> None:
        self._row = QHBoxLayout()
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(24)
        self._row.addStretch(1)
        inside = QWidget()
        inside.setLayout(self._row)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidget(inside)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setStyleSheet("QScrollArea{background:transparent;}")
        inside.setAutoFillBackground(False)
        self.area.viewport().setAutoFillBackground(False)

    def _body(self) -> QWidget:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.insert)
        buttons.addWidget(self.example)
        buttons.addWidget(self.note, 1)
        self._masked = QWidget()
        upper = QVBoxLayout(self._masked)
        upper.setContentsMargins(0, 0, 0, 0)
        upper.setSpacing(8)
        upper.addWidget(self.heading)
        upper.addWidget(self.text)
        upper.addLayout(buttons)
        upper.addWidget(self.area, 1)
        self.no_head = TextLabel("", self._theme, role="fg2", size="s", wrap=True)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(20, 14, 20, 16)
        column.setSpacing(14)
        column.addWidget(self._masked, 1)
        column.addWidget(self.no_head)
        column.addWidget(self._line)
        column.addWidget(self.pair)
        column.addStretch(0)
        return body

    # what the model can

    def show_empty(self) -> None:
        """No encoder is loaded."""
        self._stack.setCurrentWidget(self.empty)

    def show_model(self, name: str, mask: str, *, follows: bool, alike: bool) -> None:
        """`mask` is how the model writes a missing word, empty when it cannot fill any."""
        self._mask = mask
        self._stack.setCurrentIndex(1)
        self._masked.setVisible(bool(mask))
        self.no_head.setVisible(not mask)
        self._line.setVisible(follows or alike)
        self.pair.setVisible(follows or alike)
        self.pair.set_abilities(follows=follows, alike=alike)
        if mask:
            self.heading.set_note(name)
            self.insert.setText(self.tr("Insert {mask}").format(mask=mask))
            self.insert.setAccessibleName(self.insert.text())
            self.insert.updateGeometry()
            self.text.edit.setPlaceholderText(EXAMPLES[0].format(mask=mask))
        else:
            self.no_head.set_text(
                self.tr(
                    "{name} was saved without the head that names missing words. A model whose config.json "
                    "says “…ForMaskedLM” has one."
                ).format(name=name)
            )
        self.clear()

    def set_note(self, text: str) -> None:
        self.note.set_text(text)

    def clear(self) -> None:
        """No candidates."""
        self._masks = ()
        for column in self._columns:
            column.hide()

    def show_masks(self, text: str, masks: tuple[FilledMask, ...]) -> None:
        """The answer to what was asked about `text`."""
        self._masks, self._filled_text = masks, text
        while len(self._columns) < len(masks):
            column = MaskColumn(len(self._columns), self._theme)
            column.taken.connect(self._take)
            self._row.insertWidget(len(self._columns), column)
            self._columns.append(column)
        for number, column in enumerate(self._columns):
            column.setVisible(number < len(masks))
            if number < len(masks):
                column.show_mask(masks[number])

    def columns(self) -> list[MaskColumn]:
        """Those that are shown."""
        return self._columns[: len(self._masks)]

    # editing

    def _on_edited(self, text: str) -> None:
        self.text_changed.emit(text)

    def _insert_mask(self) -> None:
        cursor = self.text.edit.textCursor()
        before = self.text.text()[: cursor.position()]
        blank = "" if not before or before[-1].isspace() else " "
        cursor.insertText(f"{blank}{self._mask}")
        self.text.setFocus()

    def _show_example(self) -> None:
        self._replace_all(EXAMPLES[1].format(mask=self._mask))
        self.text.setFocus()

    def _take(self, number: int, candidate: MaskCandidate) -> None:
        """Put a candidate in its place; undo takes it out again."""
        text = self.text.text()
        if text != self._filled_text or number >= len(self._masks):
            return
        mask = self._masks[number]
        self._apply(replacement(text, mask.start, mask.end, candidate.text))

    def _apply(self, change: Replacement) -> None:
        text = self.text.text()
        cursor = self.text.edit.textCursor()
        cursor.setPosition(utf16_length(text[: change.start]))
        cursor.setPosition(utf16_length(text[: change.end]), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(change.word)
        self.text.edit.setTextCursor(cursor)

    def _replace_all(self, text: str) -> None:
        self._apply(Replacement(0, len(self.text.text()), text))
