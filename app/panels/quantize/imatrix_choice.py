"""Where the importance matrix comes from: nowhere, a file, or a text that is read for it first."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.panels.path_field import PathField
from app.theme.theme import Theme
from app.widgets.number_field import NumberField
from app.widgets.segmented import SegmentedControl
from app.widgets.text_label import TextLabel

NONE, FILE, TEXT = "none", "file", "text"
_TOKENS = 32_768


class ImatrixChoice(QWidget):
    """`changed` by the user only."""

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        name = self.tr("Importance matrix")
        choices = [(NONE, self.tr("None")), (FILE, self.tr("A file")), (TEXT, self.tr("From my text"))]
        self.mode = SegmentedControl(name, choices, theme)
        self.mode.set_current(NONE)
        self.file = PathField(
            self.tr("Importance matrix file"),
            theme,
            "file",
            filters=self.tr("Importance matrices (*.gguf *.dat *.imatrix);;All files (*)"),
            placeholder=self.tr("imatrix.gguf"),
        )
        self.text = PathField(
            self.tr("Text to read"),
            theme,
            "file",
            filters=self.tr("Texts (*.txt *.md);;All files (*)"),
            placeholder=self.tr("The bundled text"),
        )
        self.tokens = NumberField(
            self.tr("Tokens to read"), theme, minimum=512, maximum=10_000_000, step=512, width=84, framed=True
        )
        self.tokens.set_number(_TOKENS)
        self._note = TextLabel("", theme, role="fg3", size="xs", wrap=True)
        self._stack = QStackedWidget()
        for page in (QWidget(), self._page(self.file), self._text_page(theme)):
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.mode)
        column.addWidget(self._stack)
        column.addWidget(self._note)
        self.mode.selected.connect(self._choose)
        self.file.changed.connect(lambda _path: self.changed.emit())
        self.text.changed.connect(lambda _path: self.changed.emit())
        self._choose(NONE, quiet=True)

    def kind(self) -> str:
        """`NONE`, `FILE` or `TEXT`."""
        return self.mode.current() or NONE

    def file_path(self) -> str:
        """The matrix to use, "" for none or for one that has to be measured first."""
        return self.file.path() if self.kind() == FILE else ""

    def text_path(self) -> str:
        """The text to read, "" for the bundled one."""
        return self.text.path()

    def is_complete(self) -> bool:
        return self.kind() != FILE or bool(self.file.path())

    def n_tokens(self) -> int:
        return round(self.tokens.number())

    def set_kind(self, kind: str) -> None:
        """As if the user had picked it."""
        self.mode.set_current(kind)
        self._choose(kind)

    def _page(self, widget: QWidget) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(widget)
        return page

    def _text_page(self, theme: Theme) -> QWidget:
        page = self._page(self.text)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(TextLabel(self.tr("Tokens to read"), theme))
        row.addStretch(1)
        row.addWidget(self.tokens)
        layout = page.layout()
        if isinstance(layout, QVBoxLayout):
            layout.setSpacing(6)
            layout.addLayout(row)
        return page

    def _choose(self, kind: str, *, quiet: bool = False) -> None:
        index = (NONE, FILE, TEXT).index(kind)
        self._stack.setCurrentIndex(index)
        self._stack.setVisible(index > 0)
        page = self._stack.currentWidget()
        if index and page is not None:
            self._stack.setFixedHeight(page.sizeHint().height())
        self._note.set_text(
            {
                NONE: self.tr("All inputs count the same. Types under 3 bits need a matrix."),
                FILE: self.tr("From llama.cpp or from Lathe; it must be of this model."),
                TEXT: self.tr(
                    "The model reads the text first, and weights that it drives more strongly are kept more "
                    "exactly. Text like yours is best."
                ),
            }[kind]
        )
        if not quiet:
            self.changed.emit()


def imatrix_path(folder: str, base: str) -> str:
    """Where a matrix that is measured for a model goes."""
    return str(Path(folder) / f"{base}-imatrix.gguf")
