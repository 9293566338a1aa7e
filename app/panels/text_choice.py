"""The text that models are measured on: the bundled one, a file, or one that is pasted."""

from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.panels.path_field import PathField
from app.theme.theme import Theme
from app.widgets.number_field import NumberField
from app.widgets.segmented import SegmentedControl
from app.widgets.text_field import TextArea
from app.widgets.text_label import TextLabel
from engine.evaluate.stored import comparisons_folder
from engine.evaluate.texts import BUNDLED_NAME, default_text

NONE, BUNDLED, FILE, PASTED = "none", "bundled", "file", "pasted"
CHUNK = 512
"""Tokens that are read at once, by all jobs but the lab's: fewer cannot be measured."""


class TextChoice(QWidget):
    """`kinds`: which of the ways are offered; `chunk`: how many tokens the text needs at least. `changed` by
    the user only.
    """

    changed = Signal()

    def __init__(
        self,
        theme: Theme,
        tokens: int,
        *,
        kinds: Sequence[str] = (BUNDLED, FILE, PASTED),
        chunk: int = CHUNK,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._chunk = chunk
        words = {
            NONE: self.tr("None"),
            BUNDLED: self.tr("Bundled"),
            FILE: self.tr("A file"),
            PASTED: self.tr("Pasted"),
        }
        self._notes = {
            NONE: self.tr("Only the error of the weights is measured. That takes a few seconds."),
            BUNDLED: self.tr(
                "Prose, dialogue, code, figures and other languages. Text like yours says more."
            ),
            FILE: "",
            PASTED: "",
        }
        self.mode = SegmentedControl(self.tr("Text"), [(kind, words[kind]) for kind in kinds], theme)
        self.file = PathField(
            self.tr("Text to read"),
            theme,
            "file",
            filters=self.tr("Texts (*.txt *.md);;All files (*)"),
            placeholder=self.tr("text.txt"),
        )
        self.area = TextArea(
            self.tr("Pasted text"),
            theme,
            placeholder=self.tr("Paste a text of at least {count} tokens").format(count=chunk),
            min_lines=4,
            max_lines=8,
        )
        self.tokens = NumberField(
            self.tr("Tokens to read at most"),
            theme,
            minimum=chunk,
            maximum=10_000_000,
            step=chunk,
            width=84,
            framed=True,
        )
        self.tokens.set_words({0: self.tr("all")})
        self.tokens.set_number(tokens)
        self.tokens.setToolTip(self.tr("At least {count}; 0 reads all of the text.").format(count=chunk))
        self._note = TextLabel("", theme, role="fg3", size="xs", wrap=True)
        self._fields = QStackedWidget()
        self._order = [FILE, PASTED]
        self._fields.addWidget(self.file)
        self._fields.addWidget(self.area)
        self._tokens_row = QWidget()
        row = QHBoxLayout(self._tokens_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(TextLabel(self.tr("Tokens to read at most"), theme, wrap=True), 1)
        row.addWidget(self.tokens)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for widget in (self.mode, self._fields, self._note, self._tokens_row):
            column.addWidget(widget)
        self.mode.selected.connect(self._on_mode)
        self.file.changed.connect(lambda _path: self.changed.emit())
        self.area.edited.connect(lambda _text: self.changed.emit())
        # After the area's own answer to it.
        self.area.edit.document().documentLayout().documentSizeChanged.connect(lambda _size: self._fit())
        self.mode.set_current(BUNDLED)
        self._choose(BUNDLED, quiet=True)

    def kind(self) -> str:
        return self.mode.current() or BUNDLED

    def set_kind(self, kind: str) -> None:
        """As if the user had picked it."""
        self.mode.set_current(kind)
        self._choose(kind)

    def find_problem(self) -> str:
        """Why nothing can be measured on it, as far as one sees without a model; "" when it can.

        No vocabulary makes more tokens than there are bytes, and one that may stand before them.
        """
        kind, pasted = self.kind(), self.area.text().strip()
        if kind == FILE and not self.file.path():
            return self.tr("Choose a text file.")
        if kind == PASTED and not pasted:
            return self.tr("Paste a text.")
        if kind == PASTED and len(pasted.encode()) + 1 < self._chunk:
            text = self.tr("The text is too short: at least {count} tokens are needed.")
            return text.format(count=self._chunk)
        return ""

    def n_tokens(self) -> int:
        return round(self.tokens.number())

    def source(self, home: Path) -> Callable[[], str]:
        """Where the text is, as of now: call the result on another thread. It writes a pasted text to a file
        in `home`, which a job can read also after the window is closed, and may raise `UserError`
        store.unwritable.
        """
        kind, path, pasted = self.kind(), self.file.path(), self.area.text()

        def find() -> str:
            if kind == PASTED:
                return _keep(home, pasted)
            return {BUNDLED: str(default_text()), FILE: path}.get(kind, "")

        return find

    def _on_mode(self, kind: str) -> None:
        self._choose(kind)

    def _choose(self, kind: str, *, quiet: bool = False) -> None:
        self._fields.setVisible(kind in self._order)
        if kind in self._order:
            self._fields.setCurrentIndex(self._order.index(kind))
        self._fit()
        self._note.set_text(self._notes[kind])
        self._note.setVisible(bool(self._notes[kind]))
        self._tokens_row.setVisible(kind != NONE)
        if not quiet:
            self.changed.emit()

    def _fit(self) -> None:
        """As high as what is shown: a pasted text grows."""
        shown = self.area if self.kind() == PASTED else self.file
        self._fields.setFixedHeight(shown.sizeHint().height())


def text_name(file_name: str) -> str:
    """What a text is called that was measured on; "" for none."""
    if file_name == BUNDLED_NAME:
        return QCoreApplication.translate("TextChoice", "bundled text")
    return file_name


def _keep(home: Path, text: str) -> str:
    folder = comparisons_folder(home) / "texts"
    folder.mkdir(exist_ok=True)
    path = folder / f"pasted-{sha256(text.encode()).hexdigest()[:8]}.txt"
    path.write_text(text, encoding="utf-8")
    return str(path)
