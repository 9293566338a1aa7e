"""What clients ask for, in OpenAI's words, and the same in the engine's.

Fields that neither side knows are ignored, as OpenAI's own servers do. Beyond OpenAI's, every sampling
parameter of llama.cpp is taken by its name (`top_k`, `min_p`, `repeat_penalty`, `grammar`, …).
"""

import json
from collections.abc import Sequence
from typing import Any, Literal

import msgspec
from msgspec import Struct

from engine.errors import UserError
from engine.messages import Message, Role
from engine.protocol.values import ChatRequest, PromptOptions
from engine.sampling.params import LogitBias, SamplingParams
from engine.sampling.validate import with_values
from engine.server.tools import Tool, ToolChoice, calls_as_text, required_schema, tools_as_system

MOST_CHOICES = 8
MOST_CANDIDATES = 20


class ContentPart(Struct):
    """Of a message whose content is a list. Only text can be read."""

    type: str
    text: str = ""


class FunctionCall(Struct):
    """`arguments` is JSON as text."""

    name: str
    arguments: str = "{}"


class ToolCall(Struct):
    """A call that the model made earlier."""

    function: FunctionCall
    id: str = ""


class ChatMessage(Struct):
    """One turn as the client has it."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: str | list[ContentPart] | None = None
    tool_calls: list[ToolCall] | None = None
    name: str = ""


class JsonSchema(Struct):
    """`response_format` with a schema."""

    schema: dict[str, Any] = {}
    name: str = ""


class ResponseFormat(Struct):
    """What the reply has to be."""

    type: Literal["text", "json_object", "json_schema"] = "text"
    json_schema: JsonSchema | None = None


class StreamOptions(Struct):
    """`include_usage`: one more chunk with the counts, before the end."""

    include_usage: bool = False


class Sampled(Struct, kw_only=True):
    """What both kinds of completion share. None: the default of the model or of llama.cpp."""

    model: str = ""
    stream: bool = False
    stream_options: StreamOptions | None = None
    n: int = 1
    max_tokens: int | None = None
    stop: str | list[str] | None = None
    seed: int | None = None
    temperature: float | None = None
    top_p: float | None = None
    presence_penalty: float | None = None
    frequency_penalty: float | None = None
    logit_bias: dict[str, float] | None = None
    top_k: int | None = None
    min_p: float | None = None
    typical_p: float | None = None
    top_n_sigma: float | None = None
    xtc_probability: float | None = None
    xtc_threshold: float | None = None
    repeat_penalty: float | None = None
    repeat_last_n: int | None = None
    dry_multiplier: float | None = None
    dry_base: float | None = None
    dry_allowed_length: int | None = None
    mirostat: int | None = None
    mirostat_tau: float | None = None
    mirostat_eta: float | None = None
    grammar: str | None = None


class ChatCompletion(Sampled, kw_only=True):
    """`POST /v1/chat/completions`."""

    messages: list[ChatMessage]
    max_completion_tokens: int | None = None
    logprobs: bool | None = None
    top_logprobs: int | None = None
    response_format: ResponseFormat | None = None
    tools: list[Tool] | None = None
    tool_choice: str | ToolChoice | None = None


class Completion(Sampled, kw_only=True):
    """`POST /v1/completions`. `prompt`: a text or several; token ids are not taken."""

    prompt: str | list[str]
    logprobs: int | None = None
    echo: bool = False


class Embeddings(Struct):
    """`POST /v1/embeddings`."""

    input: str | list[str]
    model: str = ""
    encoding_format: Literal["float", "base64"] = "float"


_PLAIN = (
    *("temperature", "top_p", "presence_penalty", "frequency_penalty", "top_k", "min_p", "typical_p"),
    *("top_n_sigma", "xtc_probability", "xtc_threshold", "repeat_penalty", "repeat_last_n"),
    *("dry_multiplier", "dry_base", "dry_allowed_length", "mirostat", "mirostat_tau", "mirostat_eta"),
    *("grammar", "seed"),
)


def chat_request(asked: ChatCompletion, defaults: SamplingParams) -> ChatRequest:
    """Raises `UserError` server.request, params.invalid."""
    tools = _offered(asked)
    schema = ""
    if asked.response_format is not None:
        match asked.response_format.type:
            case "json_object":
                schema = '{"type": "object"}'
            case "json_schema" if asked.response_format.json_schema is not None:
                schema = json.dumps(asked.response_format.json_schema.schema)
            case _:
                pass
    if tools and must_call(asked):
        schema = json.dumps(required_schema(tools, asked.tool_choice))
    limit = asked.max_completion_tokens if asked.max_completion_tokens is not None else asked.max_tokens
    sampling = _sampling(asked, defaults, limit, schema)
    messages = [_message(one) for one in asked.messages]
    if tools:
        messages = _with_tools(messages, tools)
    wanted = (asked.top_logprobs or 0) if asked.logprobs else 0
    return ChatRequest(
        messages=tuple(messages),
        sampling=sampling,
        prompt=PromptOptions(overflow="stop"),
        n_probs=_candidates(wanted),
    )


def must_call(asked: ChatCompletion) -> bool:
    """Whether the reply has to be a call of a tool."""
    return bool(asked.tools) and (
        asked.tool_choice == "required" or isinstance(asked.tool_choice, ToolChoice)
    )


def may_call(asked: ChatCompletion) -> bool:
    """Whether the reply may hold calls of tools."""
    return bool(_offered(asked))


def completion_requests(asked: Completion, defaults: SamplingParams) -> list[ChatRequest]:
    """One for each prompt. Raises `UserError` server.*."""
    prompts = [asked.prompt] if isinstance(asked.prompt, str) else asked.prompt
    if not prompts:
        raise UserError("server.request", reason="prompt is empty")
    sampling = _sampling(asked, defaults, 16 if asked.max_tokens is None else asked.max_tokens, "")
    return [
        ChatRequest(
            messages=(Message.of("user", prompt),),
            sampling=sampling,
            prompt=PromptOptions(raw=True, overflow="stop"),
            n_probs=_candidates(asked.logprobs or 0),
        )
        for prompt in prompts
    ]


def choices_of(asked: Sampled) -> int:
    """Raises `UserError` server.request."""
    if not 1 <= asked.n <= MOST_CHOICES:
        raise UserError("server.request", reason=f"n has to be from 1 to {MOST_CHOICES}")
    return asked.n


def for_choice(request: ChatRequest, index: int) -> ChatRequest:
    """The same request with a seed of its own, so that several replies differ."""
    if index == 0 or request.sampling.seed < 0:
        return request
    sampling = msgspec.structs.replace(request.sampling, seed=request.sampling.seed + index)
    return msgspec.structs.replace(request, sampling=sampling)


def _offered(asked: ChatCompletion) -> list[Tool]:
    return [] if asked.tool_choice == "none" else (asked.tools or [])


def _candidates(count: int) -> int:
    if not 0 <= count <= MOST_CANDIDATES:
        raise UserError("server.request", reason=f"top_logprobs has to be from 0 to {MOST_CANDIDATES}")
    return count


def _sampling(asked: Sampled, defaults: SamplingParams, limit: int | None, schema: str) -> SamplingParams:
    changes: dict[str, Any] = {name: value for name in _PLAIN if (value := getattr(asked, name)) is not None}
    if limit is not None:
        changes["max_tokens"] = limit
    if asked.stop is not None:
        changes["stop"] = (asked.stop,) if isinstance(asked.stop, str) else tuple(asked.stop)
    if asked.logit_bias:
        changes["logit_bias"] = tuple(_bias(key, value) for key, value in asked.logit_bias.items())
    if schema:
        changes["json_schema"] = schema
    return with_values(defaults, **changes)


def _bias(key: str, value: float) -> LogitBias:
    if not key.isdecimal():
        raise UserError("server.request", reason=f"logit_bias has token ids for keys, not {key!r}")
    return LogitBias(bias=value, token_id=int(key))


def _message(one: ChatMessage) -> Message:
    roles: dict[str, Role] = {"developer": "system", "function": "tool"}
    role: Role = roles.get(one.role, one.role)  # type: ignore[arg-type]
    text = _text(one.content)
    if one.tool_calls:
        calls = calls_as_text((call.function.name, call.function.arguments) for call in one.tool_calls)
        text = f"{text}\n{calls}" if text else calls
    return Message.of(role, text)


def _text(content: str | list[ContentPart] | None) -> str:
    if content is None or isinstance(content, str):
        return content or ""
    for part in content:
        if part.type != "text":
            raise UserError("server.request", reason=f"this model reads text only, no {part.type}")
    return "".join(part.text for part in content)


def _with_tools(messages: Sequence[Message], tools: Sequence[Tool]) -> list[Message]:
    """The descriptions go into the system message, where models look for them."""
    described = tools_as_system(tools)
    if messages and messages[0].role == "system":
        first = Message.of("system", f"{messages[0].text()}\n\n{described}")
        return [first, *messages[1:]]
    return [Message.of("system", described), *messages]
