"""The sections that every recipe has: every setting with its default, its range, and what it does.

Names are those of PEFT and transformers where they have one. The texts and ranges are in the annotations,
so that the window builds its form and the reader its errors from the same place. Those of one method or one
objective are in files of their own.
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct


class TrainSection(Struct, frozen=True, forbid_unknown_fields=True):
    """How long, how much at once, how fast."""

    max_steps: Annotated[
        int,
        Meta(
            ge=0,
            le=10_000_000,
            title="Steps",
            description="How often the weights change; 0: as many as the epochs need.",
            extra_json_schema={"basic": True},
        ),
    ] = 0
    num_train_epochs: Annotated[
        float,
        Meta(
            gt=0.0,
            le=10_000.0,
            title="Epochs",
            description="How often every row is seen, where no number of steps is given.",
            extra_json_schema={"basic": True},
        ),
    ] = 1.0
    batch_size: Annotated[
        int,
        Meta(
            ge=1,
            le=65536,
            title="Batch size",
            description="Rows in memory at once. With packing: packed rows.",
            extra_json_schema={"basic": True},
        ),
    ] = 4
    gradient_accumulation_steps: Annotated[
        int,
        Meta(
            ge=1,
            le=65536,
            title="Batches to a step",
            description="Batches that are added up before each step.",
        ),
    ] = 1
    max_length: Annotated[
        int,
        Meta(
            ge=8,
            le=1_048_576,
            title="Longest row",
            description="In tokens; what is longer is cut off at the end.",
            extra_json_schema={"basic": True},
        ),
    ] = 1024
    packing: Annotated[
        bool,
        Meta(
            title="Packing",
            description="Put short rows together up to the longest length. They do not see each other.",
        ),
    ] = False
    learning_rate: Annotated[
        float,
        Meta(
            gt=0.0,
            le=10.0,
            title="Learning rate",
            description="How far each step goes. Too high forgets and diverges, too low learns nothing.",
            extra_json_schema={"basic": True},
        ),
    ] = 2e-4
    lr_scheduler_type: Annotated[
        Literal["linear", "cosine", "constant"],
        Meta(title="Schedule", description="How the learning rate falls after the warm-up."),
    ] = "linear"
    warmup_steps: Annotated[
        int, Meta(ge=0, title="Warm-up steps", description="Steps in which the learning rate rises from 0.")
    ] = 0
    warmup_ratio: Annotated[
        float,
        Meta(
            ge=0.0,
            le=1.0,
            title="Warm-up share",
            description="The same as a share of all steps, if steps is 0.",
        ),
    ] = 0.0
    weight_decay: Annotated[
        float,
        Meta(ge=0.0, le=1.0, title="Weight decay", description="Pulls weights (not norms or biases) to 0."),
    ] = 0.0
    max_grad_norm: Annotated[
        float,
        Meta(ge=0.0, le=1000.0, title="Clipping", description="Longer gradients are shortened; 0 does not."),
    ] = 1.0
    adam_beta1: Annotated[
        float, Meta(ge=0.0, lt=1.0, title="Adam β₁", description="Memory of the mean gradient.")
    ] = 0.9
    adam_beta2: Annotated[
        float, Meta(ge=0.0, lt=1.0, title="Adam β₂", description="Memory of the squared gradient.")
    ] = 0.999
    adam_epsilon: Annotated[
        float, Meta(gt=0.0, le=1.0, title="Adam ε", description="Keeps the division of Adam finite.")
    ] = 1e-8
    seed: Annotated[
        int,
        Meta(
            ge=0, le=2**53, title="Seed", description="The same seed gives the same run on the same machine."
        ),
    ] = 0
    precision: Annotated[
        Literal["auto", "fp32", "bf16"],
        Meta(
            title="Precision",
            description="auto: bf16 where it is faster here and learns as well, else fp32.",
        ),
    ] = "auto"
    gradient_checkpointing: Annotated[
        bool,
        Meta(title="Recompute", description="Keep less in memory and compute it twice: a third slower."),
    ] = False
    threads: Annotated[int, Meta(ge=0, le=1024, title="Threads", description="0: one a physical core.")] = 0
    loss_on: Annotated[
        Literal["answer", "all"],
        Meta(
            title="Learn from",
            description="answer: the model learns to write the answers. all: prompts, too.",
            extra_json_schema={"basic": True},
        ),
    ] = "answer"
    eval_steps: Annotated[
        int, Meta(ge=0, title="Steps between evaluations", description="0: about ten times in the run.")
    ] = 0
    eval_rows: Annotated[
        int, Meta(ge=1, title="Rows to evaluate on", description="At most so many of the held-out rows.")
    ] = 64
    save_steps: Annotated[
        int,
        Meta(
            ge=0, title="Steps between checkpoints", description="0: about every two minutes, and at the end."
        ),
    ] = 0
    save_total_limit: Annotated[
        int, Meta(ge=2, le=1000, title="Checkpoints kept", description="Older ones are removed.")
    ] = 2
    early_stopping_patience: Annotated[
        int,
        Meta(
            ge=0,
            title="Patience",
            description="Stop after so many evaluations without improvement; 0: never.",
        ),
    ] = 0
    early_stopping_threshold: Annotated[
        float, Meta(ge=0.0, title="Improvement", description="What counts as one, in nats of held-out loss.")
    ] = 0.0
    engine: Annotated[
        Literal["auto", "general"],
        Meta(title="Path", description="auto: Lathe's own loop where it fits, else transformers and PEFT."),
    ] = "auto"


class DatasetSection(Struct, frozen=True, forbid_unknown_fields=True):
    """How the rows of `data` are read."""

    format: Annotated[
        str,
        Meta(
            title="Format", description="auto recognises messages, Alpaca, ShareGPT, text, preferences, KTO."
        ),
    ] = "auto"
    columns: Annotated[
        dict[str, str], Meta(title="Columns", description="Where they are not recognised: role = column.")
    ] = {}
    held_out: Annotated[
        float,
        Meta(
            ge=0.0,
            le=0.9,
            title="Held out",
            description="Share of the rows that is never trained on, to see whether it helps elsewhere.",
            extra_json_schema={"basic": True},
        ),
    ] = 0.05
    held_out_data: Annotated[
        str, Meta(title="Held-out file", description="Rows of their own instead of a share.")
    ] = ""
    split_seed: Annotated[
        int, Meta(ge=0, le=2**53, title="Seed of the split", description="Which rows these are.")
    ] = 0
    limit: Annotated[int, Meta(ge=0, title="At most", description="Use only the first rows; 0: all.")] = 0


class ProbeSection(Struct, frozen=True, forbid_unknown_fields=True):
    """Questions that the model answers while it learns."""

    prompts: Annotated[
        tuple[str, ...],
        Meta(
            title="Probe prompts",
            description="Answered again and again, to see what changes.",
            extra_json_schema={"basic": True},
        ),
    ] = ()
    every: Annotated[int, Meta(ge=0, title="Steps between", description="0: with every evaluation.")] = 0
    max_new_tokens: Annotated[int, Meta(ge=1, le=4096, title="Longest answer", description="In tokens.")] = 48
    rows: Annotated[
        tuple[int, ...],
        Meta(title="Watched rows", description="Held-out rows whose loss is shown token by token, from 0."),
    ] = (0, 1)


class ClusterSection(Struct, frozen=True, forbid_unknown_fields=True):
    """Where this machine is too small."""

    address: Annotated[
        str,
        Meta(
            title="Ray address",
            description="host:port of its head, auto for a cluster that this machine is part of, local for "
            "processes of this machine; empty: no cluster.",
        ),
    ] = ""
    num_workers: Annotated[
        int, Meta(ge=1, le=1024, title="Workers", description="Processes that share each batch.")
    ] = 1
