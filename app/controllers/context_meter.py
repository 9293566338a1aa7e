"""How full the context would be: the prompt is measured after a pause, and before the overflow bites."""

from collections.abc import Sequence

from msgspec import structs
from PySide6.QtCore import QObject, QTimer, Signal

from app.bridge.background import Background
from app.bridge.engine_bridge import EngineBridge
from engine.client.api import EngineClient
from engine.messages import Message
from engine.protocol.commands import MeasurePrompt
from engine.protocol.events import Failed, PromptReady
from engine.protocol.values import PromptOptions, PromptReport
from engine.store.records import MessageRecord

_DELAY_MS = 350
_CHARS_PER_TOKEN = 12
"""More than text has in any language that models are good at."""


class ContextMeter(QObject):
    """Sends `MeasurePrompt` for the path and the draft; only the newest answer counts."""

    measured = Signal(object, bool, frozenset)
    """`PromptReport`, whether its last message is the draft, and the places in the path that are left out.

    The report's `dropped` are the same places, also where only the end of a long chat was measured.
    """
    overflowing = Signal(object)
    """`Failed`: the policy is to stop, and the next message would not fit."""

    rendered = Signal(object)
    """`PromptReport` with its segments, as `render` asked for."""
    refused = Signal(object)
    """`Failed`: the prompt cannot be rendered."""

    def __init__(
        self,
        client: EngineClient,
        background: Background,
        bridge: EngineBridge,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._client = client
        self._background = background
        self._path: Sequence[Message] = ()
        self._draft: Message | None = None
        self._prompt = PromptOptions()
        self._max_tokens = -1
        self._with_draft = False
        self._job = -1
        self._render_job = -1
        self._n_ctx = 0
        self._sent: list[int] = []
        self._rendered: list[int] = []
        self._enabled = False
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(_DELAY_MS)
        self._delay.timeout.connect(self._measure)
        bridge.engine_event.connect(self._on_event)

    def set_enabled(self, enabled: bool) -> None:
        """Measure only while a model is loaded and no reply runs."""
        self._enabled = enabled
        if enabled:
            self._delay.start()
        else:
            self._delay.stop()

    def set_context_length(self, n_ctx: int) -> None:
        """Tokens the loaded model's context holds."""
        self._n_ctx = n_ctx

    def set_path(self, messages: Sequence[Message]) -> None:
        self._path = messages
        self._job = -1  # an answer on its way counts another path, perhaps another chat
        self._later()

    def set_draft(self, draft: Message | None) -> None:
        """What is in the composer, None while it is empty."""
        self._draft = draft
        self._later()

    def set_options(self, prompt: PromptOptions, max_tokens: int) -> None:
        if (prompt, max_tokens) != (self._prompt, self._max_tokens):
            self._prompt, self._max_tokens = prompt, max_tokens
            self._later()

    def render(self) -> None:
        """The prompt of the moment, cut into segments."""
        if self._enabled:
            self._rendered = self._candidates()
            self._render_job = self._send(segments=True)

    def rendered_record(self, index: int, path: Sequence[MessageRecord]) -> MessageRecord | None:
        """The message of a chat's path that has this number in the rendered prompt; None for the draft."""
        used = measured_messages(path)
        if not 0 <= index < len(self._rendered) or self._rendered[index] >= len(used):
            return None
        return used[self._rendered[index]]

    @property
    def rendered_places(self) -> list[int]:
        """Of each message of the rendered prompt, its place among the `measured_messages`."""
        return list(self._rendered)

    @property
    def saw_all(self) -> bool:
        """Whether the last measurement counted the whole chat, not only what could be sent of a long one."""
        return len(self._sent) >= len(self._path)

    def _later(self) -> None:
        if self._enabled:
            self._delay.start()

    def _measure(self) -> None:
        self._with_draft = self._draft is not None
        self._sent = self._candidates()
        self._job = self._send(segments=False)

    def _candidates(self) -> list[int]:
        """Places in the path that could be part of the prompt.

        Of a chat much longer than the context only the end (and what the policy keeps) is sent: rendering
        ten thousand messages to drop nearly all of them would keep the engine busy for seconds.
        """
        room = self._n_ctx * _CHARS_PER_TOKEN
        total = len(self._path)
        start = total
        while start > 0 and (room > 0 or not self._n_ctx):
            start -= 1
            room -= len(self._path[start].prompt_text())
        kept = range(min(self._prompt.keep_first, start)) if self._prompt.overflow == "keep_ends" else ()
        return [*kept, *range(start, total)]

    def _left_out(self, report: PromptReport) -> frozenset[int]:
        used = {place for index, place in enumerate(self._sent) if index not in report.dropped}
        return frozenset(range(len(self._path))) - used

    def _send(self, *, segments: bool) -> int:
        places = self._candidates()
        messages = tuple(self._path[place] for place in places)
        if self._draft is not None:
            messages = (*messages, self._draft)
        job = self._client.next_job()
        command = MeasurePrompt(job, messages, self._prompt, self._max_tokens, segments)
        # A long chat is megabytes to encode.
        self._background.run(lambda: self._client.send(command))
        return job

    def _on_event(self, event: object) -> None:
        match event:
            case PromptReady(job=job, report=report) if job == self._job:
                left_out = self._left_out(report)
                report = structs.replace(report, dropped=tuple(sorted(left_out)))
                self.measured.emit(report, self._with_draft, left_out)
            case PromptReady(job=job, report=report) if job == self._render_job:
                self.rendered.emit(report)
            case Failed(job=job, code=code) if job in (self._job, self._render_job):
                if code.startswith("context."):
                    self.overflowing.emit(event)
                elif code.startswith("template."):
                    self.refused.emit(event)
            case _:
                pass


def measured_messages(path: Sequence[MessageRecord]) -> list[MessageRecord]:
    """Those of a path that go into prompts: not the replies that failed before their first token."""
    return [record for record in path if record.status != "failed" or record.message.parts]
