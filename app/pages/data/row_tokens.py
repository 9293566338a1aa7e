"""Rows cut into tokens, in a worker of their own: a chat that is being written must not make the page
wait.
"""

import queue
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from engine.client.api import EngineClient
from engine.client.process import ProcessClient
from engine.datasets.examples import Example
from engine.datasets.model_template import read_row_template
from engine.datasets.rendering import RowTemplate, TrainingRow, render_row
from engine.errors import BugError, UserError
from engine.protocol.commands import Tokenize
from engine.protocol.events import AnyEvent, Failed, Tokens

_PATIENCE_S = 60.0


class RenderedRow(NamedTuple):
    """A row as trained. `whole`: the same without a limit of the length; `known`: bytes of each of its
    tokens, and whether it is special.
    """

    number: int
    row: TrainingRow
    whole: TrainingRow
    known: Mapping[int, tuple[bytes, bool]]

    @property
    def pieces(self) -> tuple[bytes, ...]:
        return tuple(self.known[token][0] for token in self.whole.token_ids)

    @property
    def special(self) -> tuple[bool, ...]:
        return tuple(self.known[token][1] for token in self.whole.token_ids)

    def of_rejected(self) -> "RenderedRow":
        """The prompt with the other answer of a preference; itself where there is none."""
        if self.whole.rejected is None or self.row.rejected is None:
            return self
        return self._replace(row=self.row.rejected, whole=self.whole.rejected)


class RowTokens:
    """Everything but `close` blocks: call it on a background thread, one call at a time."""

    def __init__(self, home: Path, make_client: Callable[[Path], EngineClient] = ProcessClient) -> None:
        self._home = home
        self._make_client = make_client
        self._client: EngineClient | None = None
        self._answers: queue.SimpleQueue[AnyEvent] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._closed = False
        self._templates: dict[str, RowTemplate] = {}
        self._known: dict[str, dict[int, tuple[bytes, bool]]] = {}

    def render(
        self, number: int, example: Example, model: str, *, max_length: int, answer_only: bool
    ) -> RenderedRow:
        """Raises `UserError` model.*, template.*, engine.*, `BugError`."""
        template = self._templates.get(model)
        if template is None:
            template = self._templates[model] = read_row_template(Path(model))
        known = self._known.setdefault(model, {})

        def tokenize(text: str, special: bool) -> Sequence[int]:
            tokens = self._ask(text, special, model)
            known.update(zip(tokens.ids, zip(tokens.pieces, tokens.special, strict=True), strict=True))
            return tokens.ids

        whole = render_row(example, template, tokenize, answer_only=answer_only)
        for token, text in ((template.bos_id, template.bos), (template.eos_id, template.eos)):
            known.setdefault(token, (text.encode("utf-8", "replace"), True))
        return RenderedRow(number, _cut(whole, max_length), whole, known)

    def close(self) -> None:
        """End the worker."""
        with self._lock:
            self._closed = True
            client, self._client = self._client, None
        if client is not None:
            client.close()

    def _ask(self, text: str, special: bool, model: str) -> Tokens:
        client = self._started()
        job = client.next_job()
        client.send(Tokenize(job=job, text=text, special=special, path=model, inside=True))
        while True:
            try:
                event = self._answers.get(timeout=_PATIENCE_S)
            except queue.Empty:
                raise UserError("engine.not_answering", seconds=round(_PATIENCE_S)) from None
            if isinstance(event, Tokens) and event.job == job:
                return event
            if isinstance(event, Failed) and event.job == job:
                if event.code:
                    raise UserError(event.code, **event.params)
                raise BugError(event.report or event.message)

    def _started(self) -> EngineClient:
        with self._lock:
            if self._closed:
                raise UserError("engine.start_failed", reason="the window is closing")
            if self._client is None:
                self._client = self._make_client(self._home)
                self._client.subscribe(self._hear)
                self._client.start()
            return self._client

    def _hear(self, event: AnyEvent) -> None:
        if isinstance(event, Tokens | Failed):
            self._answers.put(event)


def _cut(row: TrainingRow, max_length: int) -> TrainingRow:
    """As `render_row` does with a limit, without doing it again."""
    kept = max_length or len(row.token_ids)
    return row._replace(
        token_ids=row.token_ids[:kept],
        mask=row.mask[:kept],
        truncated=max(0, len(row.token_ids) - kept),
        rejected=_cut(row.rejected, max_length) if row.rejected is not None else None,
    )
