"""Rows as trained, one at a time: what is asked meanwhile replaces what waits."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from app.bridge.background import Background
from app.pages.data.row_tokens import RowTokens
from engine.datasets.dataset import Dataset
from engine.store.transfer.rows import RowError


class RowOptions(NamedTuple):
    """How rows are trained. `model`: path of the model whose template and tokens are used, "" for none."""

    model: str = ""
    max_length: int = 2048
    answer_only: bool = True


class RowRenderer(QObject):
    """GUI thread only."""

    rendered = Signal(object)
    """`RenderedRow`."""
    not_rendered = Signal(int, object)
    """The row's number, and the exception that says why."""

    def __init__(self, home: Path, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._tokens = RowTokens(home)
        self._wanted: tuple[Dataset, int, RowOptions] | None = None
        self._running = False

    def ask(self, dataset: Dataset, number: int, options: RowOptions) -> None:
        """Only the last question is answered."""
        self._wanted = dataset, number, options
        if not self._running:
            self._run()

    def close(self) -> None:
        """The worker ends; nothing is answered any more."""
        self._wanted = None
        self._tokens.close()

    def _run(self) -> None:
        asked = self._wanted
        if asked is None:
            return
        dataset, number, options = asked
        self._running = True
        self._background.run(
            lambda: self._tokens.render(
                number,
                dataset.example(number),
                options.model,
                max_length=options.max_length,
                answer_only=options.answer_only,
            ),
            lambda row: self._take(asked, lambda: self.rendered.emit(row)),
            lambda error: self._take(asked, lambda: self.not_rendered.emit(number, error)),
        )

    def _take(self, asked: tuple[Dataset, int, RowOptions], tell: Callable[[], None]) -> None:
        self._running = False
        if asked is self._wanted:
            tell()
        else:
            self._run()


def row_problem(error: Exception) -> str:
    """Why a row cannot be rendered, where the row is to blame; "" for other errors."""
    return str(error) if isinstance(error, RowError) else ""
