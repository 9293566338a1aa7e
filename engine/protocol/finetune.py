"""Fine-tuning as a job: what is asked for, and what a run says while it goes on.

The same events are lines of the run's `metrics.jsonl` and `samples.jsonl`, see `engine.finetune.run_folder`.
"""

from typing import ClassVar, Literal

from msgspec import Struct

RunStatus = Literal["running", "paused", "done", "stopped", "early_stopped", "failed", "interrupted"]
"""“stopped”: by the user, and kept. “interrupted”: its process is gone, and nobody said why."""


class FinetuneJob(Struct, frozen=True, tag="finetune"):
    """Train by a recipe. `run`: the folder's name under `home`/runs; it is made if it is not there.

    `recipe`: TOML with absolute paths. `base`: the file or folder that the recipe's base means. `resume`:
    go on from the run's last checkpoint; the recipe is then the run's own. Cancelling keeps what was
    learned.
    """

    pausable: ClassVar[bool] = True
    cancel_grace_ms: ClassVar[int] = 300_000

    home: str
    run: str
    recipe: str = ""
    base: str = ""
    resume: bool = False


class ExportJob(Struct, frozen=True, tag="export"):
    """Write what a run has learned to `out`, and check it against the trained model.

    `target`: “adapter” (a folder in PEFT's format), “safetensors” (a folder, merged) or “gguf” (of an
    adapter, or with `merge` of the whole model). `type_name`: of the weights, for what is merged. `base` as
    in `FinetuneJob`.
    """

    home: str
    run: str
    target: Literal["adapter", "safetensors", "gguf"]
    out: str
    type_name: str = "f16"
    merge: bool = False
    base: str = ""


class MemoryPart(Struct, frozen=True):
    """`name`: “program”, “weights”, “gradients”, “optimizer”, “activations”, “logits” or “reference”.
    Bytes.
    """

    name: str
    nbytes: int


class TrainStarted(Struct, frozen=True, tag="train_started"):
    """What will be trained. `path`: “lean” or “general”, `reason` why it is the general one.

    `trainable` and `parameters` are counts of weights. `available`: bytes of memory that are free. `needed`:
    bytes of the parts of `memory` with some room, as in `TrainingPlanned`; 0 in runs of earlier releases.
    """

    run: str
    path: str
    reason: str
    steps: int
    rows: int
    held_out_rows: int
    tokens: int
    trainable: int
    parameters: int
    memory: tuple[MemoryPart, ...]
    available: int
    precision: str
    device: str
    threads: int
    resumed_from: int = 0
    needed: int = 0


class TrainStep(Struct, frozen=True, tag="train_step"):
    """After step `step`, from 1. `loss` in nats; `figures`: what the objective adds. `seconds_left` is -1
    while nobody can tell. `rss_bytes`: memory of the process, `peak_bytes` the most so far.
    """

    step: int
    steps: int
    epoch: float
    loss: float
    lr: float
    grad_norm: float
    tokens: int
    tokens_per_s: float
    rss_bytes: int
    peak_bytes: int
    seconds: float
    seconds_left: float = -1.0
    figures: dict[str, float] = {}


class Evaluated(Struct, frozen=True, tag="evaluated"):
    """On held-out rows after `step`; 0 is before training. `best`: no evaluation was better."""

    step: int
    held_out_loss: float
    rows: int
    best: bool
    figures: dict[str, float] = {}


class ProbeAnswered(Struct, frozen=True, tag="probe"):
    """A probe prompt answered at `step`. `log_prob`: mean per token of this answer.

    `drift`: how much more probable the answer of step 0 has become, mean nats per token; negative: less.
    """

    step: int
    index: int
    prompt: str
    answer: str
    log_prob: float
    drift: float


class RowLosses(Struct, frozen=True, tag="row_losses"):
    """Of every token of one held-out row, in nats; `counted`: whether the objective counts it. The first
    has none: 0.
    """

    step: int
    row: int
    tokens: tuple[str, ...]
    losses: tuple[float, ...]
    counted: tuple[bool, ...]


class CheckpointSaved(Struct, frozen=True, tag="checkpoint"):
    """What is learned after `step` is on the disk."""

    step: int
    nbytes: int


class RunFinished(Struct, frozen=True, tag="run_finished"):
    """The end of a run; `path` holds what was learned. Losses are -1 where there is none.

    `predicted_bytes` and `peak_bytes`: memory before and after.
    """

    run: str
    status: RunStatus
    path: str
    step: int
    loss: float
    held_out_loss: float
    first_held_out_loss: float
    tokens: int
    seconds: float
    tokens_per_s: float
    predicted_bytes: int
    peak_bytes: int


class Exported(Struct, frozen=True, tag="exported"):
    """An export that was checked: `kl` is the mean KL divergence (nats) between the trained model and what
    was written, `top1` the share of tokens where both find the same one most probable, over `tokens` of
    held-out text.
    """

    path: str
    target: str
    size_bytes: int
    kl: float
    kl_max: float
    top1: float
    tokens: int
    seconds: float


TrainEvent = TrainStarted | TrainStep | Evaluated | ProbeAnswered | RowLosses | CheckpointSaved


class PlanTrainingJob(Struct, frozen=True, tag="plan_training"):
    """Find out what a recipe would train, what that takes, and how long; nothing is trained. Without `data`
    in the recipe only what the base says is told.

    `rows`: of larger data so many rows are looked at. `preset`: “quick”, “balanced” or “thorough”; settings
    are then taken from it. `home`, `recipe` and `base` as in `FinetuneJob`.
    """

    home: str
    recipe: str
    base: str = ""
    rows: int = 2000
    preset: str = ""


class TrainingPlanned(Struct, frozen=True, tag="training_planned"):
    """What a recipe would do on this machine. `recipe`: it itself, with what a preset changed.

    `tokens` and `trained_tokens` are of one epoch, `typical` and `long` lengths that half and 95 % of the
    rows do not exceed, before anything is cut off. `looked_at`: rows that this was counted on. `memory` and
    `needed` in bytes; `smaller` is a recipe that fits where this one does not, else "". `seconds` is -1 where
    nobody can tell; `told_by`: “runs” (earlier ones of this kind) or “machine”. `missing`: packages that are
    not installed. `row_format`: what the rows of the first file are, one of `datasets.mapping.FORMATS`.
    """

    path: str
    reason: str
    device: str
    precision: str
    threads: int
    quantization: str
    parameters: int
    trainable: int
    context_length: int
    chat_template: bool
    memory: tuple[MemoryPart, ...]
    needed: int
    available: int
    total_memory: int
    recipe: str = ""
    smaller: str = ""
    missing: tuple[str, ...] = ()
    rows: int = 0
    held_out_rows: int = 0
    looked_at: int = 0
    tokens: int = 0
    trained_tokens: int = 0
    typical: int = 0
    long: int = 0
    longest: int = 0
    steps: int = 0
    steps_per_epoch: int = 0
    seconds: float = -1.0
    told_by: str = ""
    row_format: str = ""


class AskRunJob(Struct, frozen=True, tag="ask_run"):
    """Let the base and what a run has learned answer the same prompts with the same seed.

    `temperature` 0 takes the most probable token. `base` as in `FinetuneJob`.
    """

    home: str
    run: str
    prompts: tuple[str, ...]
    seed: int = 0
    temperature: float = 0.0
    max_new_tokens: int = 96
    base: str = ""


class RunAnswered(Struct, frozen=True, tag="run_answered"):
    """One prompt, answered by both. `tokens` are texts of the answer's tokens, `losses` −log p of each, in
    nats, by the model that wrote it; `other`: by the other one.
    """

    index: int
    tuned: bool
    tokens: tuple[str, ...]
    losses: tuple[float, ...]
    other: tuple[float, ...]


class RunAsked(Struct, frozen=True, tag="run_asked"):
    """All prompts are answered."""

    prompts: int
    seconds: float
