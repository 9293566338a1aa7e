"""Renders a model's own chat template, bounded in time, memory and output."""

from collections.abc import Callable, Sequence
from datetime import datetime
from types import TracebackType
from typing import NamedTuple, TypeVar

from jinja2 import Template, TemplateSyntaxError

from engine.errors import UserError
from engine.text.guard import run_limited
from engine.text.sandbox import TemplateEnvironment
from engine.text.sandbox_filters import Refused, strftime_now
from engine.text.sandbox_limits import MAX_WEIGHT, LimitExceeded

T = TypeVar("T")

MAX_SOURCE_CHARS = 256 * 1024
MAX_OUTPUT_CHARS = MAX_WEIGHT
TIME_LIMIT_S = 1.0
_LIMITS: dict[type[Exception], str] = {
    RecursionError: "it calls itself too deeply",
    MemoryError: "it needs too much memory",
}


class TemplateMessage(NamedTuple):
    """One message as templates see it; `reasoning` becomes `message.reasoning_content`."""

    role: str
    content: str
    reasoning: str = ""

    def as_dict(self) -> dict[str, str]:
        values = {"role": self.role, "content": self.content}
        if self.reasoning:
            values["reasoning_content"] = self.reasoning
        return values


class TemplateRefused(UserError):
    """The template called `raise_exception`: it does not take this shape of conversation."""


class ChatTemplate:
    """A compiled chat template.

    `bos`, `eos`: the texts of the model's tokens, given to the template as `bos_token` and `eos_token`.
    Raises `UserError` template.broken (it does not compile) or template.limit (it is too long).
    """

    def __init__(self, source: str, bos: str = "", eos: str = "") -> None:
        self.source = source
        self.bos = bos
        self.eos = eos
        if len(source) > MAX_SOURCE_CHARS:
            raise UserError("template.limit", reason=f"it is longer than {MAX_SOURCE_CHARS} characters")
        self._template: Template = _guarded(lambda: TemplateEnvironment().from_string(source))

    def render(
        self,
        messages: Sequence[TemplateMessage],
        *,
        add_generation_prompt: bool = True,
        continue_final: bool = False,
        enable_thinking: bool = True,
        now: datetime | None = None,
    ) -> str:
        """The prompt as text.

        `continue_final`: the last message is an unfinished reply. Its text follows the generation prompt as
        it is, which is exactly what the model saw when the reply was cut off; no end-of-turn token follows.
        Raises `TemplateRefused` when the template itself objects, `UserError` template.broken or
        template.limit (with the line) for everything else that goes wrong in it.
        """
        if continue_final and messages and messages[-1].role == "assistant":
            head = self._render(messages[:-1], True, enable_thinking, now)
            return head + messages[-1].content
        return self._render(messages, add_generation_prompt, enable_thinking, now)

    def _render(
        self,
        messages: Sequence[TemplateMessage],
        add_generation_prompt: bool,
        enable_thinking: bool,
        now: datetime | None,
    ) -> str:
        def work() -> str:
            parts: list[str] = []
            length = 0
            for part in self._template.generate(
                messages=[message.as_dict() for message in messages],
                add_generation_prompt=add_generation_prompt,
                enable_thinking=enable_thinking,
                bos_token=self.bos,
                eos_token=self.eos,
                tools=None,
                documents=None,
                strftime_now=strftime_now(now),
            ):
                length += len(part)
                if length > MAX_OUTPUT_CHARS:
                    raise LimitExceeded("it writes more than a prompt can hold")
                parts.append(part)
            return "".join(parts)

        return _guarded(work)


def _guarded(work: Callable[[], T]) -> T:
    """Runs template code and turns everything that goes wrong in it into a `UserError`."""
    try:
        return run_limited(work, TIME_LIMIT_S)
    except TimeoutError:
        reason = f"it ran for more than {TIME_LIMIT_S:g} s"
        raise UserError("template.limit", reason=reason) from None
    except Refused as error:
        raise TemplateRefused("template.broken", reason=_sentence(error)) from None
    except (LimitExceeded, RecursionError, MemoryError) as error:
        reason = _LIMITS.get(type(error)) or _sentence(error)
        raise UserError("template.limit", reason=reason + _place(error)) from None
    except Exception as error:  # noqa: BLE001 - a template can raise anything
        raise UserError("template.broken", reason=_sentence(error) + _place(error)) from None


def _sentence(error: Exception) -> str:
    text = " ".join(str(error).split()) or type(error).__name__
    return text[:300].rstrip(". ")


def _place(error: Exception) -> str:
    """“, line N” of the template, where it is known."""
    if isinstance(error, TemplateSyntaxError):
        return f", line {error.lineno}"
    line = 0
    trace: TracebackType | None = error.__traceback__
    while trace is not None:
        known = trace.tb_frame.f_globals
        if "__jinja_exception__" in known:
            line = trace.tb_lineno
        trace = trace.tb_next
    return f", line {line}" if line else ""
