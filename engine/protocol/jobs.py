"""Jobs: work on files that runs in a process of its own, and what such a process says while it works.

The specification goes to the process as one line of JSON, the events come back as one line each. A job ends
with one of `FileWritten`, `Planned`, `Compared`, or `JobFailed`.
"""

import msgspec
from msgspec import Struct

from engine.protocol.addons import AddonInstalled, InstallAddonJob
from engine.protocol.data import DataChecked, DataMeasured, DataRead, MeasureDataJob, PrepareDataJob
from engine.protocol.finetune import (
    AskRunJob,
    CheckpointSaved,
    Evaluated,
    Exported,
    ExportJob,
    FinetuneJob,
    PlanTrainingJob,
    ProbeAnswered,
    RowLosses,
    RunAnswered,
    RunAsked,
    RunFinished,
    TrainingPlanned,
    TrainStarted,
    TrainStep,
)
from engine.protocol.gguf_edit import EditGgufJob
from engine.protocol.hub import Downloaded, DownloadJob, HubFiles, HubFound, HubListed, HubSearch
from engine.protocol.lab import LabDone, LabJob, LabMeasure
from engine.protocol.library import ListModelsJob, ModelsListed, ModelsScanned
from engine.protocol.updates import UpdateCheck, UpdateFound


class QuantizeJob(Struct, frozen=True, tag="quantize"):
    """Write `source` (a GGUF) as `target` in another type. `type_name`: a key of
    `engine.quantize.types.FILE_TYPES`.

    `overrides`: (regular expression on tensor names, tensor type), the first that matches wins.
    `plan_only`: find out sizes and types, write nothing.
    """

    source: str
    target: str
    type_name: str
    imatrix: str = ""
    overrides: tuple[tuple[str, str], ...] = ()
    n_threads: int = 0
    plan_only: bool = False


class PlansJob(Struct, frozen=True, tag="plans"):
    """Find out what `source` would become in each of several types; writes nothing. Fields as in
    `QuantizeJob`.
    """

    source: str
    type_names: tuple[str, ...]
    imatrix: str = ""
    overrides: tuple[tuple[str, str], ...] = ()


class ImatrixJob(Struct, frozen=True, tag="imatrix"):
    """Measure on a text file how much each input of each weight matters, and write that as `target`.

    `n_ctx`: tokens of a chunk. `n_tokens`: how much of the text is read at most, 0 for all of it.
    """

    source: str
    target: str
    text: str
    n_ctx: int = 512
    n_tokens: int = 0
    n_threads: int = 0


class CompareJob(Struct, frozen=True, tag="compare"):
    """Measure the models at `paths` on a text file, each against the first; `names` are for people.

    The chunks and what of them is scored are those of llama.cpp's `llama-perplexity`. `target`: an NPZ file
    with what each model thought of every token.
    """

    paths: tuple[str, ...]
    names: tuple[str, ...]
    text: str
    target: str
    n_ctx: int = 512
    n_tokens: int = 0
    n_threads: int = 0


class ConvertJob(Struct, frozen=True, tag="convert"):
    """Write a safetensors folder as a GGUF file, or a GGUF as such a folder; a LoRA adapter likewise.

    `type_name`: f16, bf16, f32, or for a GGUF file q8_0. `adapter`: one in PEFT's format that is merged into
    the model. `base`: the model that an adapter was made for.
    """

    source: str
    target: str
    type_name: str = "f16"
    adapter: str = ""
    base: str = ""


class SensitivityJob(Struct, frozen=True, tag="sensitivity"):
    """Measure what each tensor of `source` (a GGUF) loses in each of the tensor types `types` (empty: a
    ladder of usual ones), and write the map as `target` (JSON).

    With a `text` the KL divergence is measured too, with one layer or one kind of tensor quantized to
    `probe` at a time. `imatrix` is used for quantizing and weighs the errors.
    """

    source: str
    target: str
    text: str = ""
    imatrix: str = ""
    types: tuple[str, ...] = ()
    probe: str = "Q4_0"
    n_ctx: int = 512
    n_tokens: int = 2048
    n_threads: int = 0


class TargetJob(Struct, frozen=True, tag="target"):
    """Write `source` as `target` with a type for each tensor that the sensitivity map at `map` gives, so
    that the file has at most `size_bytes`, or a mean KL divergence of at most `kl` (one of both is 0).

    With a `text` the divergence of the file from the source is measured on it; one that was aimed at and
    missed is corrected and written again.
    """

    source: str
    target: str
    map: str
    size_bytes: int = 0
    kl: float = 0.0
    text: str = ""
    imatrix: str = ""
    n_ctx: int = 512
    n_tokens: int = 2048
    n_threads: int = 0


AnyJob = (
    FinetuneJob
    | ExportJob
    | PlanTrainingJob
    | AskRunJob
    | PrepareDataJob
    | MeasureDataJob
    | DownloadJob
    | InstallAddonJob
    | EditGgufJob
    | HubFiles
    | HubSearch
    | UpdateCheck
    | LabJob
    | ListModelsJob
    | SensitivityJob
    | TargetJob
    | QuantizeJob
    | PlansJob
    | ImatrixJob
    | CompareJob
    | ConvertJob
)


def target_of(job: AnyJob) -> str:
    """The file or folder that it writes; "" for none."""
    # Of an export, `target` is the format.
    target = job.out if isinstance(job, ExportJob) else getattr(job, "target", "")
    return target if isinstance(target, str) else ""


class JobStep(Struct, frozen=True, tag="step"):
    """How far it is: `fraction` 0 to 1 of the work, `seconds_left` -1 while nobody can tell."""

    fraction: float
    label: str = ""
    seconds_left: float = -1.0


class JobNotice(Struct, frozen=True, tag="notice"):
    """Something the user should know that does not stop the job; a code of the error catalog."""

    code: str
    params: dict[str, str]


class TensorPlan(Struct, frozen=True):
    """One tensor of a quantized file. `fallback_from`: the type that its width did not allow, "" if none."""

    name: str
    shape: tuple[int, ...]
    before: str
    after: str
    nbytes: int
    fallback_from: str = ""


class Planned(Struct, frozen=True, tag="planned"):
    """What a quantization would give. `size_bytes` is that of the file, to within some hundred bytes."""

    size_bytes: int
    bits_per_weight: float
    tensors: tuple[TensorPlan, ...]


class TypePlanned(Struct, frozen=True, tag="type"):
    """What one type would give; see `Planned`. `after`: the type of each tensor, in the order of the file.

    `fallbacks`: how many tensors become another type because of their width, and `changes` in words.
    `problem`: why this model cannot become that type; then nothing else is told.
    """

    type_name: str
    size_bytes: int
    bits_per_weight: float
    needs_imatrix: bool
    after: tuple[str, ...]
    fallbacks: int = 0
    changes: str = ""
    problem: str = ""


class TypesPlanned(Struct, frozen=True, tag="planned-types"):
    """All types were told. `names`, `shapes`, `before`: the tensors of the source, in the order of the
    file.
    """

    names: tuple[str, ...]
    shapes: tuple[tuple[int, ...], ...]
    before: tuple[str, ...]


class FileWritten(Struct, frozen=True, tag="written"):
    """Done. `bits_per_weight` is 0 where the file holds no weights."""

    path: str
    size_bytes: int
    bits_per_weight: float
    seconds: float


class ModelCompared(Struct, frozen=True, tag="model"):
    """One model against the first. Divergences in nats; `top1_agreement` 0 to 1; `tokens` were scored."""

    model: str
    path: str
    perplexity: float
    perplexity_error: float
    kl_mean: float
    kl_error: float
    kl_median: float
    kl_p99: float
    kl_max: float
    top1_agreement: float
    top1_error: float
    size_bytes: int
    bits_per_weight: float
    quantization: str
    load_ms: float
    input_tps: float
    output_tps: float
    rss_bytes: int
    tokens: int


class Compared(Struct, frozen=True, tag="compared"):
    """All models are measured; `path` is the file with the tokens."""

    path: str
    tokens: int
    seconds: float


class GroupMeasured(Struct, frozen=True, tag="group"):
    """Mean KL divergence in nats with one group of tensors quantized: `axis` “layer”, “kind”, or “whole”
    for all.
    """

    axis: str
    name: str
    kl: float


class TargetChosen(Struct, frozen=True, tag="chosen"):
    """What a target is met with. `types`: bytes by tensor type. `kl` is predicted, -1 where nobody can
    tell.
    """

    size_bytes: int
    kl: float
    types: dict[str, int]


class TargetMeasured(Struct, frozen=True, tag="met"):
    """What the written file has. `kl` in nats, with its standard error."""

    size_bytes: int
    kl: float
    kl_error: float


class JobFailed(Struct, frozen=True, tag="failed"):
    """`code` of the error catalog, "cancelled", or "" for a bug with its `report`."""

    code: str
    params: dict[str, str] = {}
    report: str = ""


JobEvent = (
    AddonInstalled
    | TrainStarted
    | TrainStep
    | Evaluated
    | ProbeAnswered
    | RowLosses
    | CheckpointSaved
    | RunFinished
    | RunAnswered
    | RunAsked
    | TrainingPlanned
    | Exported
    | DataRead
    | DataChecked
    | DataMeasured
    | Downloaded
    | HubFound
    | HubListed
    | UpdateFound
    | LabMeasure
    | LabDone
    | ModelsListed
    | ModelsScanned
    | GroupMeasured
    | TargetChosen
    | TargetMeasured
    | JobStep
    | JobNotice
    | ModelCompared
    | Planned
    | TypePlanned
    | TypesPlanned
    | FileWritten
    | Compared
    | JobFailed
)
JobEnd = (
    AddonInstalled
    | RunFinished
    | RunAsked
    | TrainingPlanned
    | Exported
    | DataChecked
    | DataMeasured
    | Downloaded
    | HubFound
    | HubListed
    | UpdateFound
    | LabDone
    | ModelsScanned
    | Planned
    | TypesPlanned
    | FileWritten
    | Compared
    | JobFailed
)

_spec_decoder = msgspec.json.Decoder(AnyJob)
_event_decoder = msgspec.json.Decoder(JobEvent)
_encoder = msgspec.json.Encoder()


def encode_line(value: AnyJob | JobEvent) -> bytes:
    """One line of JSON with its end."""
    return _encoder.encode(value) + b"\n"


def decode_job(line: bytes) -> AnyJob:
    """Raises `msgspec.DecodeError`, also for what is no job (`ValidationError`)."""
    job: AnyJob = _spec_decoder.decode(line)
    return job


def decode_job_event(line: bytes) -> JobEvent:
    """Raises `msgspec.DecodeError`."""
    event: JobEvent = _event_decoder.decode(line)
    return event
