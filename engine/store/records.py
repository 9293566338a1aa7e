"""What the store hands out: immutable values without behaviour. Importing this loads no database code."""

from typing import Literal

from msgspec import Struct

from engine.messages import Message, Role
from engine.protocol.adapters import AdapterUse
from engine.protocol.commands import Scenario
from engine.protocol.inspection import BeamNode
from engine.protocol.values import (
    ContextParams,
    FinishReason,
    GenerationMetrics,
    LoadMemory,
    PromptOptions,
    Provenance,
    TokenCandidate,
)
from engine.sampling.params import SamplingParams

MessageStatus = Literal["done", "streaming", "cancelled", "failed", "interrupted"]
Rating = Literal[-1, 0, 1]
"""Thumbs down, nothing said, thumbs up."""
PresetKind = Literal["own", "model"]
Area = Literal[
    "sessions",
    "messages",
    "folders",
    "presets",
    "prompts",
    "endpoints",
    "settings",
    "benchmarks",
    "states",
    "library",
]


class SessionSettings(Struct, frozen=True):
    """What a chat was set to. `model` is a library name or a path; empty for the one that is loaded."""

    model: str = ""
    sampling: SamplingParams = SamplingParams()
    prompt: PromptOptions = PromptOptions()
    context: ContextParams = ContextParams()
    n_probs: int = 0
    amateur: str = ""
    """The smaller model of contrastive decoding: a library name or a path."""
    adapters: tuple[AdapterUse, ...] = ()
    """LoRA adapters beside the model; those with the scale 0 are kept in the list and do nothing."""


class SessionRecord(Struct, frozen=True):
    """One chat. `head_id` is the last message of the active path, None while it is empty.

    `message_count` counts the active path. `token_count` is the length of the prompt and reply of the last
    finished reply on it. `model_name` wrote the last reply.
    """

    id: str
    title: str
    title_is_auto: bool
    folder_id: str | None
    pinned: bool
    created_ms: int
    updated_ms: int
    head_id: str | None
    settings: SessionSettings
    draft: str
    message_count: int
    token_count: int
    model_name: str


class MessageRecord(Struct, frozen=True):
    """A message in the tree of a chat.

    `session_id` is the chat it was read through (`path`, `tree`), else the one it was written in: a message
    before the point where a chat was forked is seen in both. `version` counts from 1 among `version_ids`, the
    messages that answer the same parent in the same role class, oldest first.
    """

    id: str
    session_id: str
    parent_id: str | None
    message: Message
    status: MessageStatus
    created_ms: int
    model_name: str
    finish_reason: FinishReason | None
    metrics: GenerationMetrics | None
    error: str
    version: int
    version_ids: tuple[str, ...]
    rating: Rating = 0


class ReplyRecord(Struct, frozen=True):
    """How a reply came about, token by token. The tuples are parallel, or empty where nothing was recorded.

    Log-probabilities are natural, entropies in bits, ranks from 0; all three are kept as 32-bit numbers.
    `texts` are those of the `Token` events; `ends` says how many characters of the message, its reasoning and
    then its answer, were there after each token (`engine.chat.reply_tokens.spans`).
    """

    message_id: str
    provenance: Provenance
    token_ids: tuple[int, ...] = ()
    logprobs: tuple[float, ...] = ()
    entropies: tuple[float, ...] = ()
    ranks: tuple[int, ...] = ()
    candidates: tuple[tuple[TokenCandidate, ...], ...] = ()
    texts: tuple[str, ...] = ()
    ends: tuple[int, ...] = ()
    beams: tuple[BeamNode, ...] = ()
    """The tree of a beam search, each node in its last state."""


class FolderRecord(Struct, frozen=True):
    """A group of chats. `save` with an empty id makes a new one (so for all records below)."""

    id: str
    name: str
    position: int = 0


class PresetRecord(Struct, frozen=True):
    """Named sampling parameters; `kind` "model" belongs to the model called `model`."""

    id: str
    name: str
    kind: PresetKind = "own"
    model: str = ""
    sampling: SamplingParams = SamplingParams()


class PromptRecord(Struct, frozen=True):
    """An entry of the prompt library. `updated_ms` is set when it is saved."""

    id: str
    name: str
    text: str
    updated_ms: int = 0


class EndpointRecord(Struct, frozen=True):
    """A server with an OpenAI-compatible interface. Its key is in the system keyring, never here."""

    id: str
    name: str
    base_url: str
    remote_model: str = ""


class BenchmarkRecord(Struct, frozen=True):
    """One measured scenario. Rates in tokens per second."""

    id: str
    model_name: str
    model_hash: str
    scenario: Scenario
    ttft_ms: float
    input_tps: float
    output_tps: float
    peak_rss_bytes: int
    prompt_tokens: int
    output_tokens: int
    device: str
    engine_build: str
    created_ms: int = 0


class StateRecord(Struct, frozen=True):
    """A KV state on disk. It fits a model with this hash loaded in a way that gives this context key."""

    session_id: str
    path: str
    model_hash: str
    context_key: str
    tokens: int
    size_bytes: int
    used_ms: int = 0


class SearchHit(Struct, frozen=True):
    """A message that contains every term. `ranges` are (start, end) in code points of `snippet`."""

    session_id: str
    session_title: str
    message_id: str
    role: Role
    snippet: str
    ranges: tuple[tuple[int, int], ...]
    created_ms: int


class ModelTags(Struct, frozen=True):
    """The tags of the model at `path`. `fingerprint` and `size_bytes` say which content was meant."""

    path: str
    fingerprint: str
    size_bytes: int
    tags: tuple[str, ...]


class FileHash(Struct, frozen=True):
    """`sha256` of a whole file as it was at this size and time of change."""

    path: str
    size_bytes: int
    mtime_ns: int
    sha256: str


class ModelLoad(Struct, frozen=True):
    """What one load of a file took."""

    path: str
    fingerprint: str
    loaded_ms: int
    n_ctx: int
    memory: LoadMemory


class Change(Struct, frozen=True):
    """Rows that a committed write touched; for "messages" the ids are those of the chats.

    No ids: another process wrote, read all of that area again.
    """

    area: Area
    ids: tuple[str, ...]
