"""What a worker tells its client. `job` is the number of the command that caused it, 0 for none."""

from msgspec import Struct

from engine.errors import UserError
from engine.protocol.commands import Scenario
from engine.protocol.inspection import Array, BeamNode, FilledMask, StageTrace, TapKind
from engine.protocol.values import (
    FinishReason,
    GenerationMetrics,
    LoadedModel,
    PromptReport,
    Provenance,
    TokenCandidate,
)

PROTOCOL_VERSION = 1


class Event(Struct, frozen=True, tag_field="event"):
    """Base of all events."""

    job: int = 0


class Ready(Event, frozen=True, tag="ready"):
    """First event of a worker: it can take commands."""

    protocol: int = PROTOCOL_VERSION
    pid: int = 0
    engine_build: str = ""


class Pong(Event, frozen=True, tag="pong"):
    """Answer to `Ping`."""


class LoadProgress(Event, frozen=True, tag="load_progress"):
    """`fraction` 0 to 1; `stage` is a key: "weights", "context", "measuring"."""

    fraction: float = 0.0
    stage: str = "weights"


class ModelLoaded(Event, frozen=True, tag="model_loaded", kw_only=True):
    """The model answers from now on."""

    model: LoadedModel


class ModelUnloaded(Event, frozen=True, tag="model_unloaded"):
    """The memory was given back: as asked, or (job 0) for a model that could then not be loaded."""


class PromptReady(Event, frozen=True, tag="prompt_ready", kw_only=True):
    """The prompt as it will be read."""

    report: PromptReport


class PromptProgress(Event, frozen=True, tag="prompt_progress"):
    """Prompt tokens read so far (those reused from the cache not counted), and the rate."""

    done: int = 0
    total: int = 0
    tokens_per_s: float = 0.0


class Token(Event, frozen=True, tag="token", kw_only=True):
    """One generated token.

    `text` is what may be shown now: it can be empty (half a character, or what may become a stop string) and
    can carry more than this token. The texts of all events of a reply, joined, are the reply.
    `logprob` natural, under the model's own distribution before any sampler.
    `elapsed_ms` since the request.
    """

    seq: int
    id: int
    text: str
    logprob: float
    elapsed_ms: float
    entropy: float = 0.0
    rank: int = 0
    candidates: tuple[TokenCandidate, ...] = ()
    stages: tuple[StageTrace, ...] = ()
    forced: bool = False


class TapFrame(Event, frozen=True, tag="tap_frame", kw_only=True):
    """What was read while one token was decoded.

    `position` is the token's place in the context (prompt included), `seq` its number in the reply. Arrays
    by kind: attention f4 `[layer, head, key]` with `position + 1` keys, residual f4 `[layer, embedding]`,
    routing f4 `[layer, expert]`; the layers and heads are those of `layers` and `heads`.
    """

    seq: int
    position: int
    layers: tuple[int, ...]
    heads: tuple[int, ...]
    arrays: dict[TapKind, Array]


class BeamGrown(Event, frozen=True, tag="beam_grown", kw_only=True):
    """Nodes that a step of beam search added to the tree, and old ones whose state changed."""

    nodes: tuple[BeamNode, ...]


class Inspected(Event, frozen=True, tag="inspected", kw_only=True):
    """Answer to `Inspect`.

    Arrays by name: `attention` f4 `[layer, head, query, key]`, `residual` f4 `[layer, position, embedding]`,
    `routing` f4 `[layer, position, expert]`; of the lens `lens_ids` i4 and `lens_logprobs` f4
    `[layer, position, rank]`, `lens_kl` and `lens_entropy` f4 `[layer, position]` (KL to the last layer in
    nats, entropy in bits), where the positions are `lens_positions`. Empty when a file was written.

    Of encoder-decoders `attention` and the tokens are the decoder's, and there are also `encoder_attention`
    `[layer, head, query, key]` over `encoder_ids`, `cross_attention` `[layer, head, query, encoder key]`, and
    `encoder_residual` beside `residual`. Encoders attend both ways: their `attention` is not causal.
    """

    token_ids: tuple[int, ...]
    pieces: tuple[bytes, ...]
    prompt_length: int
    layers: tuple[int, ...]
    heads: tuple[int, ...]
    arrays: dict[str, Array]
    lens_positions: tuple[int, ...] = ()
    path: str = ""
    seconds: float = 0.0
    encoder_ids: tuple[int, ...] = ()
    encoder_pieces: tuple[bytes, ...] = ()
    encoder_layers: tuple[int, ...] = ()
    causal: bool = True


class MaskFilled(Event, frozen=True, tag="mask_filled", kw_only=True):
    """Answer to `FillMask`: the masks in reading order."""

    masks: tuple[FilledMask, ...]


class Embedded(Event, frozen=True, tag="embedded", kw_only=True):
    """Answer to `EmbedTexts`: f4 `[text, embedding]`, each of length 1 in the Euclidean norm.

    `pooling` says how the tokens' vectors became one: "mean", "cls" or "max".
    """

    vectors: Array
    pooling: str


class NextSentenceScored(Event, frozen=True, tag="next_sentence_scored", kw_only=True):
    """Answer to `ScoreNextSentence`: the probability that the second sentence follows the first."""

    p: float


class GenerationDone(Event, frozen=True, tag="generation_done", kw_only=True):
    """`tail` is text not yet sent. `text` is the whole reply, for checking and for one-shot clients."""

    tail: str
    text: str
    finish_reason: FinishReason
    metrics: GenerationMetrics
    provenance: Provenance
    token_ids: tuple[int, ...]


class Tokens(Event, frozen=True, tag="tokens", kw_only=True):
    """Answer to `Tokenize`: ids, bytes, and which are special."""

    ids: tuple[int, ...]
    pieces: tuple[bytes, ...]
    special: tuple[bool, ...]


class StateSaved(Event, frozen=True, tag="state_saved", kw_only=True):
    """`tokens` positions are in the file."""

    path: str
    size_bytes: int
    tokens: int


class JobProgress(Event, frozen=True, tag="job_progress"):
    """Progress of anything long. `seconds_left` is negative while unknown. Within a reply: a second model,
    named by `note`, is being loaded and measured before the first token.
    """

    fraction: float = 0.0
    seconds_left: float = -1.0
    note: str = ""


class BenchmarkDone(Event, frozen=True, tag="benchmark_done", kw_only=True):
    """One scenario's figures."""

    scenario: Scenario
    ttft_ms: float
    input_tps: float
    output_tps: float
    peak_rss_bytes: int
    prompt_tokens: int
    output_tokens: int


class Stats(Event, frozen=True, tag="stats", kw_only=True):
    """Once a second: what the process uses. `gpu_*` are negative where there is none."""

    rss_bytes: int
    cpu_percent: float
    kv_used: int
    kv_size: int
    gpu_percent: float = -1.0
    gpu_used_bytes: int = -1
    gpu_total_bytes: int = -1


class Failed(Event, frozen=True, tag="failed", kw_only=True):
    """The job ended with an error. `code` is empty for a bug; `report` is then the traceback."""

    code: str
    message: str
    hint: str = ""
    params: dict[str, str] = {}
    report: str = ""

    @staticmethod
    def of(job: int, error: UserError, report: str = "") -> "Failed":
        """What the user can mend, in the words of the catalog."""
        return Failed(
            job=job,
            code=error.code,
            message=error.message,
            hint=error.hint,
            params=dict(error.params),
            report=report,
        )


class WorkerDied(Event, frozen=True, tag="worker_died", kw_only=True):
    """Made by the client: the process is gone. `will_restart` says whether a new one is coming."""

    exit_code: int
    stderr_tail: str
    will_restart: bool


AnyEvent = (
    Ready
    | Pong
    | LoadProgress
    | ModelLoaded
    | ModelUnloaded
    | PromptReady
    | PromptProgress
    | Token
    | TapFrame
    | BeamGrown
    | Inspected
    | MaskFilled
    | Embedded
    | NextSentenceScored
    | GenerationDone
    | Tokens
    | StateSaved
    | JobProgress
    | BenchmarkDone
    | Stats
    | Failed
    | WorkerDied
)
