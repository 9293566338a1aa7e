"""A reply as it comes: JSON objects for programs, text for people."""

import sys
from typing import TYPE_CHECKING, Protocol

from engine.chat.turn_events import TurnEvent, TurnFinished, TurnProgress
from engine.cli.progress import Progress
from engine.cli.tables import figures
from engine.cli.terminal import is_terminal, tell, write, write_json
from engine.messages import ThinkingPart
from engine.protocol.events import PromptProgress, PromptReady, Token
from engine.store.records import MessageRecord

if TYPE_CHECKING:
    from engine.store.database import Store


class ReplyOutput(Protocol):
    """Main thread only."""

    def take(self, event: TurnEvent) -> None:
        """Show what there is to show."""

    def finish(self, session_id: str, finished: TurnFinished) -> None:
        """Show the end; errors are the caller's."""


class JsonReply:
    """One object for each token, then “done”.

    The texts of the tokens, joined, are the text of the reply. The engine may hold text back behind the last
    token, so each token is printed when the next one is there, and the last one with all that is left.
    Reasoning stands apart, as `thinking`.
    """

    def __init__(self, store: "Store") -> None:
        self._store = store
        self._held: dict[str, object] | None = None
        self._sent_text = 0
        self._sent_thinking = 0

    def take(self, event: TurnEvent) -> None:
        if not isinstance(event, TurnProgress) or not isinstance(event.event, Token):
            return
        self._flush()
        token = event.event
        text, thinking = (
            "".join(piece for kind, piece in event.pieces if kind == wanted)
            for wanted in ("text", "thinking")
        )
        self._held = {"event": "token", "id": token.id, "text": text, "logprob": token.logprob}
        if thinking:
            self._held["thinking"] = thinking
        self._sent_text += len(text)
        self._sent_thinking += len(thinking)

    def finish(self, session_id: str, finished: TurnFinished) -> None:
        reply = finished.reply
        if reply is not None and self._held is not None:
            self._held["text"] = f"{self._held['text']}{reply.message.text()[self._sent_text :]}"
            if rest := _thinking(reply)[self._sent_thinking :]:
                self._held["thinking"] = f"{self._held.get('thinking', '')}{rest}"
        self._flush()
        if reply is not None and finished.error is None:
            write_json(self._done(session_id, reply))

    def _flush(self) -> None:
        held, self._held = self._held, None
        if held is not None:
            write_json(held)

    def _done(self, session_id: str, reply: MessageRecord) -> dict[str, object]:
        metrics, record = reply.metrics, self._store.messages.reply(reply.id)
        done: dict[str, object] = {
            "event": "done",
            "session": session_id,
            "message": reply.id,
            "text": reply.message.text(),
            # As OpenAI's interface has it, “length” also where the context was the limit.
            "finish_reason": "length" if reply.finish_reason == "context" else reply.finish_reason,
            "prompt_tokens": metrics.prompt_tokens if metrics else 0,
            "output_tokens": metrics.output_tokens if metrics else 0,
            "ttft_ms": round(metrics.ttft_ms, 2) if metrics else 0.0,
            "input_tps": round(metrics.input_tps, 2) if metrics else 0.0,
            "output_tps": round(metrics.output_tps, 2) if metrics else 0.0,
        }
        if metrics is not None:
            done["reused_tokens"] = metrics.reused_tokens
        if reply.finish_reason == "context":
            done["context_full"] = True
        if record is not None:
            done["seed"] = record.provenance.seed
        if thinking := _thinking(reply):
            done["thinking"] = thinking
        return done


class TextReply:
    """The answer on stdout; reasoning, progress and figures on stderr where a person sees them."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._talks = is_terminal(sys.stderr)
        self._last = ""
        self._thinking = False

    def take(self, event: TurnEvent) -> None:
        if not isinstance(event, TurnProgress):
            return
        if isinstance(event.event, PromptReady):
            self._progress.prompt_begins(event.event.report.total - event.event.report.reused)
        elif isinstance(event.event, PromptProgress):
            self._progress.prompt(event.event)
        elif isinstance(event.event, Token):
            self._progress.clear()
            for kind, text in event.pieces:
                self._show(kind == "thinking", text)

    def finish(self, session_id: str, finished: TurnFinished) -> None:
        del session_id
        reply = finished.reply
        if self._thinking:
            tell("")
        if self._last and not self._last.endswith("\n"):
            write("\n")
        if self._talks and reply is not None and reply.metrics is not None:
            tell(summary(reply), style="dim")

    def _show(self, thinking: bool, text: str) -> None:
        if thinking:
            if self._talks:
                tell(text, end="", style="dim")
                self._thinking = True
            return
        if self._thinking:
            tell("\n")
            self._thinking = False
        if not self._last:
            text = text.lstrip("\n")
        if text:
            write(text)
            self._last = text


def summary(reply: MessageRecord) -> str:
    """The muted line under a reply, with what is unusual about its end."""
    metrics = reply.metrics
    line = figures(metrics.output_tps, metrics.ttft_ms, metrics.output_tokens) if metrics else ""
    ends = {
        "length": "stopped at the length limit",
        "context": "stopped because the context is full; a longer one is --ctx-size N",
        "cancelled": "cancelled",
    }
    end = ends.get(reply.finish_reason or "")
    return " · ".join(part for part in (line, end) if part)


def _thinking(reply: MessageRecord) -> str:
    return "".join(part.text for part in reply.message.parts if isinstance(part, ThinkingPart))
