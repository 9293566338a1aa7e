"""Jobs: work on files that runs in a process of its own, and what such a process says while it works.

The specification goes to the process as one line of JSON, the events come back as one line each. A job ends
with one of `FileWritten`, `Planned`, or `JobFailed`.
"""

import msgspec
from msgspec import Struct


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


AnyJob = QuantizeJob | ImatrixJob


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


class FileWritten(Struct, frozen=True, tag="written"):
    """Done. `bits_per_weight` is 0 where the file holds no weights."""

    path: str
    size_bytes: int
    bits_per_weight: float
    seconds: float


class JobFailed(Struct, frozen=True, tag="failed"):
    """`code` of the error catalog, "cancelled", or "" for a bug with its `report`."""

    code: str
    params: dict[str, str] = {}
    report: str = ""


JobEvent = JobStep | JobNotice | Planned | FileWritten | JobFailed
JobEnd = Planned | FileWritten | JobFailed

_spec_decoder = msgspec.json.Decoder(AnyJob)
_event_decoder = msgspec.json.Decoder(JobEvent)
_encoder = msgspec.json.Encoder()


def encode_line(value: AnyJob | JobEvent) -> bytes:
    """One line of JSON with its end."""
    return _encoder.encode(value) + b"\n"


def decode_job(line: bytes) -> AnyJob:
    """Raises `msgspec.DecodeError`, also for what is no job (`ValidationError`)."""
    return _spec_decoder.decode(line)


def decode_job_event(line: bytes) -> JobEvent:
    """Raises `msgspec.DecodeError`."""
    event: JobEvent = _event_decoder.decode(line)
    return event
