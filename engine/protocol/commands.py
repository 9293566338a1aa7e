"""What a client asks of a worker. `job` is the client's number for the answer's events."""

from typing import Literal

from msgspec import Struct

from engine.messages import Message
from engine.protocol.inspection import InspectRequest, TapSpec
from engine.protocol.values import ChatRequest, ContextParams, ModelSpec, PromptOptions
from engine.sampling.params import SamplingParams

Scenario = Literal["chat", "code", "writing", "document", "batch"]


class Command(Struct, frozen=True, tag_field="command"):
    """Base of all commands."""

    job: int


class LoadModel(Command, frozen=True, tag="load_model"):
    """Replace the loaded model. Answers: `LoadProgress`…, then `ModelLoaded` or `Failed`."""

    model: ModelSpec
    context: ContextParams


class UnloadModel(Command, frozen=True, tag="unload_model"):
    """Give the model's memory back. Answer: `ModelUnloaded`."""


class Generate(Command, frozen=True, tag="generate"):
    """Answers: `PromptProgress`…, `PromptReady`, `Token`…, then `GenerationDone` or `Failed`."""

    request: ChatRequest


class Cancel(Command, frozen=True, tag="cancel"):
    """Stop the job of that number within one token. The job itself answers."""


class UpdateSampling(Command, frozen=True, tag="update_sampling"):
    """Change the parameters of a running generation from the next token on."""

    sampling: SamplingParams


class MeasurePrompt(Command, frozen=True, tag="measure_prompt"):
    """Render and count without generating. Answer: `PromptReady`."""

    messages: tuple[Message, ...]
    prompt: PromptOptions
    max_tokens: int = -1
    segments: bool = False


class Tokenize(Command, frozen=True, tag="tokenize"):
    """Answer: `Tokens`."""

    text: str
    special: bool = False
    path: str = ""
    """Another GGUF or safetensors folder whose vocabulary to use; empty for the loaded model."""
    inside: bool = False
    """With `path`: the text is a stretch of a prompt, so `special` adds nothing around it."""


class SaveState(Command, frozen=True, tag="save_state"):
    """Write the KV state of the current conversation. Answer: `StateSaved` or `Failed`."""

    path: str


class Inspect(Command, frozen=True, tag="inspect"):
    """Answers: `JobProgress`…, then `Inspected` or `Failed`."""

    request: InspectRequest


class FillMask(Command, frozen=True, tag="fill_mask"):
    """What could stand where the text says `LoadedModel.mask_token`. Answer: `MaskFilled`."""

    text: str
    top: int = 10


class EmbedTexts(Command, frozen=True, tag="embed_texts"):
    """One vector for each text. Answer: `Embedded`."""

    texts: tuple[str, ...]


class ScoreNextSentence(Command, frozen=True, tag="score_next_sentence"):
    """Does the second sentence follow the first? Answer: `NextSentenceScored`."""

    first: str
    second: str


class UpdateTaps(Command, frozen=True, tag="update_taps"):
    """Tap something else, or nothing, from the next token of a running generation on."""

    taps: TapSpec | None


class RunBenchmark(Command, frozen=True, tag="run_benchmark"):
    """Answers: `JobProgress`…, then `BenchmarkDone` or `Failed`."""

    scenario: Scenario


class Ping(Command, frozen=True, tag="ping"):
    """Answer: `Pong`, also while a job runs."""


class Shutdown(Command, frozen=True, tag="shutdown"):
    """End the process in order."""


AnyCommand = (
    LoadModel
    | UnloadModel
    | Generate
    | Cancel
    | UpdateSampling
    | MeasurePrompt
    | Tokenize
    | SaveState
    | Inspect
    | FillMask
    | EmbedTexts
    | ScoreNextSentence
    | UpdateTaps
    | RunBenchmark
    | Ping
    | Shutdown
)
