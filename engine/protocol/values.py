"""Values that commands and events share: what to load, how, and what came of it."""

from typing import Literal

from msgspec import Struct

from engine.messages import Message
from engine.protocol.adapters import AdapterUse, UsedAdapter
from engine.protocol.inspection import TapSpec
from engine.sampling.params import SamplingParams

KvType = Literal["f32", "f16", "bf16", "q8_0", "q5_1", "q5_0", "q4_1", "q4_0", "iq4_nl"]
RopeScaling = Literal["model", "none", "linear", "yarn", "longrope"]
FlashAttention = Literal["auto", "on", "off"]
OverflowPolicy = Literal["stop", "drop_oldest", "keep_ends"]
FinishReason = Literal["stop", "length", "context", "cancelled", "failed"]
"""“length”: as many tokens as were asked for; “context”: no room for another one."""
BackendKind = Literal["llama_cpp", "fake", "remote", "torch"]
ModelKind = Literal["decoder", "encoder", "encoder_decoder"]
"""decoder: GPT kind, writes on. encoder: BERT kind, reads both ways. encoder_decoder: T5 kind, reads one text
and writes another."""
Ability = Literal["chat", "fill_mask", "embed", "next_sentence"]


class ModelSpec(Struct, frozen=True):
    """Which model: a GGUF path, a safetensors folder (torch), or an endpoint. `name` is for people."""

    backend: BackendKind
    name: str
    path: str = ""
    base_url: str = ""
    remote_model: str = ""
    api_key: str = ""
    """Read from the keyring at load time; never stored, logged or repeated in an event."""


class ContextParams(Struct, frozen=True, omit_defaults=True):
    """How a model is loaded. Zero means “choose for me”; the choice comes back in `LoadedModel`."""

    n_ctx: int = 0
    n_batch: int = 512
    n_ubatch: int = 512
    n_threads: int = 0
    n_threads_batch: int = 0
    n_gpu_layers: int = -1
    """-1: as many as fit (all of them where there is a GPU, none where there is not)."""
    main_gpu: int = 0
    tensor_split: tuple[float, ...] = ()
    flash_attention: FlashAttention = "auto"
    type_k: KvType = "f16"
    type_v: KvType = "f16"
    offload_kqv: bool = True
    swa_full: bool = False
    use_mmap: bool = True
    use_mlock: bool = False
    rope_scaling: RopeScaling = "model"
    rope_freq_base: float = 0.0
    rope_freq_scale: float = 0.0
    yarn_ext_factor: float = -1.0
    yarn_orig_ctx: int = 0


class MemoryBuffer(Struct, frozen=True):
    """What llama.cpp reserved: on which device ("CPU", "CUDA0"…), for what, how many bytes."""

    device: str
    use: Literal["weights", "kv", "compute", "output"]
    nbytes: int


class LoadMemory(Struct, frozen=True):
    """Bytes of one load: the estimate before it, and what it really took.

    `grown`: how much more of the process is in memory than before; buffers count there once they are written.
    """

    predicted_weights: int
    predicted_kv: int
    predicted_compute: int
    buffers: tuple[MemoryBuffer, ...]
    grown: int

    @property
    def predicted(self) -> int:
        return self.predicted_weights + self.predicted_kv + self.predicted_compute

    @property
    def taken(self) -> int:
        return sum(buffer.nbytes for buffer in self.buffers)

    def taken_for(self, *uses: str) -> int:
        """Bytes of the buffers with these uses."""
        return sum(buffer.nbytes for buffer in self.buffers if buffer.use in uses)


class LoadedModel(Struct, frozen=True):
    """What a load really gave. Bytes and tokens; `model_hash` identifies the file's content."""

    name: str
    path: str
    backend: BackendKind
    model_hash: str
    architecture: str
    quantization: str
    parameters: int
    size_bytes: int
    n_ctx: int
    n_ctx_train: int
    n_layer: int
    n_head: int
    n_head_kv: int
    n_embd: int
    n_vocab: int
    kv_bytes_per_token: float
    flash_attention: bool
    n_threads: int
    n_gpu_layers: int
    device: str
    has_template: bool
    template_hash: str
    engine_build: str
    load_ms: float
    context: ContextParams
    recommended: SamplingParams | None = None
    """What the model's own metadata recommends, where it does."""
    kind: ModelKind = "decoder"
    abilities: tuple[Ability, ...] = ("chat",)
    """What it can be asked for. An encoder without a head can only be looked into, and embed."""
    n_layer_encoder: int = 0
    """Layers of the encoder of an encoder-decoder; `n_layer` are those of its decoder."""
    mask_token: str = ""
    """How a missing word is written for `FillMask`; empty without that ability."""
    memory: LoadMemory | None = None
    """What the load took, where the backend can tell."""
    understands: tuple[str, ...] | None = None
    """Names of the `SamplingParams` that have an effect there; None for all."""


class PromptOptions(Struct, frozen=True, omit_defaults=True):
    """How messages become a prompt."""

    system: str = ""
    raw: bool = False
    """No template: the texts are joined as they are."""
    template: str = ""
    """Jinja source that replaces the model's own; empty for the model's."""
    overflow: OverflowPolicy = "drop_oldest"
    keep_first: int = 2
    """`keep_ends`: how many messages at the beginning stay."""
    reply_room: int = 0
    """Tokens kept free for the reply; 0: `max_tokens`, at most a quarter of the context."""
    enable_thinking: bool = True


SegmentKind = Literal["template", "special", "system", "user", "assistant", "tool", "prefill"]


class Segment(Struct, frozen=True):
    """A stretch of the rendered prompt. `message` is the index in the request, -1 for template text."""

    kind: SegmentKind
    text: str
    message: int
    tokens: int


class PromptReport(Struct, frozen=True):
    """What a prompt is made of, in tokens, and what the overflow policy left out (message indexes)."""

    n_ctx: int
    total: int
    system: int
    history: int
    reply_room: int
    reused: int
    dropped: tuple[int, ...]
    per_message: tuple[int, ...]
    thinking: tuple[str, str] | None = None
    """Tags of the reasoning in which the reply begins, because the prompt opened it."""
    segments: tuple[Segment, ...] = ()
    pieces: tuple[bytes, ...] = ()
    """The bytes of each prompt token, where segments were asked for: what keys of attention are called."""


class TokenCandidate(Struct, frozen=True, array_like=True):
    """A candidate for one position: id, text, log-probability (natural) under the raw distribution."""

    id: int
    text: str
    logprob: float


class GenerationMetrics(Struct, frozen=True):
    """The figures under a reply, as CONCEPTS row 8 of the help defines them.

    `ttft_ms`: from the request to the first token. `input_tps`: prompt tokens evaluated per second.
    `output_tps`: tokens per second after the first one.
    """

    prompt_tokens: int
    reused_tokens: int
    output_tokens: int
    ttft_ms: float
    input_tps: float
    output_tps: float
    duration_ms: float


class Provenance(Struct, frozen=True):
    """Everything needed to repeat a reply, or to name what differs."""

    model_name: str
    model_hash: str
    engine_build: str
    template_hash: str
    prompt_hash: str
    sampling: SamplingParams
    seed: int
    context: ContextParams
    flash_attention: bool
    evaluation: tuple[int, ...] = ()
    """Lengths of the stretches in which the prompt was read (cache included), in order."""
    adapters: tuple[UsedAdapter, ...] = ()


class ChatRequest(Struct, frozen=True):
    """What `Generate` asks for. The last message may be an assistant's: it is then continued."""

    messages: tuple[Message, ...]
    sampling: SamplingParams
    prompt: PromptOptions = PromptOptions()
    n_probs: int = 0
    """Candidates reported for each token; 0: only the log-probability of the one taken."""
    state_path: str = ""
    """Where the session's KV state lives; read when it helps, written by `SaveState`."""
    token_history: tuple[tuple[int, tuple[int, ...]], ...] = ()
    """(message index, token ids) of earlier replies, so that they are repeated as they were sampled."""
    forced: tuple[int, ...] = ()
    """The reply begins with these tokens. The sampler draws beside them all the same, so that its random
    state after them is as it was when they were drawn: a branch under the same seed, or a reply walked again.
    """
    trace: bool = False
    """Each `Token` carries what every sampler stage did."""
    taps: TapSpec | None = None
    """Read these out while the reply is written: `TapFrame` events."""
    amateur: ModelSpec | None = None
    """The smaller model of contrastive decoding."""
    adapters: tuple[AdapterUse, ...] = ()
    """LoRA adapters that act while the prompt is read and the reply is written; no others do."""
