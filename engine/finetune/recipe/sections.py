"""The sections of a recipe: every setting with its default, its range, and what it does.

Names are those of PEFT and transformers where they have one. The texts and ranges are in the annotations,
so that the window builds its form and the reader its errors from the same place.
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct

Share = Annotated[float, Meta(ge=0.0, le=1.0)]
Targets = str | tuple[str, ...]


class LoraSection(Struct, frozen=True, forbid_unknown_fields=True):
    """Hu et al. 2021; rsLoRA: Kalajdzievski 2023; DoRA: Liu et al. 2024."""

    r: Annotated[
        int,
        Meta(
            ge=1,
            le=1024,
            title="Rank",
            description="How many directions each layer may change in. More can learn more "
            "and takes more memory.",
            extra_json_schema={"basic": True},
        ),
    ] = 16
    alpha: Annotated[
        float,
        Meta(
            gt=0.0,
            le=4096.0,
            title="Alpha",
            description="How strongly the change counts: it is multiplied by alpha/r (alpha/√r for rsLoRA).",
            extra_json_schema={"basic": True},
        ),
    ] = 32.0
    dropout: Annotated[
        float,
        Meta(
            ge=0.0,
            lt=1.0,
            title="Dropout",
            description="Share of inputs left out at random while training, against learning by heart. "
            "Above 0 the slower general path trains.",
        ),
    ] = 0.0
    target_modules: Annotated[
        Targets,
        Meta(
            title="Layers",
            description="Names of the layers that are changed, as in PEFT; “all-linear” takes all "
            "but the output head.",
        ),
    ] = "all-linear"


class AdaLoraSection(Struct, frozen=True, forbid_unknown_fields=True):
    """Zhang et al. 2023."""

    init_r: Annotated[
        int,
        Meta(ge=1, le=1024, title="Rank at the start", description="The rank of every layer before pruning."),
    ] = 12
    target_r: Annotated[
        int,
        Meta(ge=1, le=1024, title="Rank at the end", description="The average rank that remains."),
    ] = 8
    alpha: Annotated[
        float, Meta(gt=0.0, le=4096.0, title="Alpha", description="How strongly the change counts.")
    ] = 32.0
    tinit: Annotated[
        int, Meta(ge=0, title="Steps before pruning", description="Steps in which no rank is taken away.")
    ] = 0
    tfinal: Annotated[
        int,
        Meta(
            ge=0, title="Steps after pruning", description="Steps at the end with the ranks as they then are."
        ),
    ] = 0
    deltaT: Annotated[  # noqa: N815 - PEFT's name
        int, Meta(ge=1, title="Steps between two prunings", description="How often ranks are given out anew.")
    ] = 1
    orth_reg_weight: Annotated[
        float,
        Meta(
            gt=0.0,
            le=10.0,
            title="Orthogonality",
            description="Weight of the term that keeps directions apart.",
        ),
    ] = 0.5
    target_modules: Annotated[
        Targets, Meta(title="Layers", description="Names of the layers that are changed, as in PEFT.")
    ] = "all-linear"


class QLoraSection(Struct, frozen=True, forbid_unknown_fields=True):
    """Dettmers et al. 2023. The adapter itself is set under [lora]."""

    bnb_4bit_quant_type: Annotated[
        Literal["nf4", "fp4"],
        Meta(title="4-bit type", description="NF4 suits weights; FP4 is the plain floating-point kind."),
    ] = "nf4"
    bnb_4bit_use_double_quant: Annotated[
        bool,
        Meta(title="Quantize twice", description="Store the scales smaller too: 0.4 bits a weight less."),
    ] = False


class Ia3Section(Struct, frozen=True, forbid_unknown_fields=True):
    """Liu et al. 2022: learned scales for keys, values and the feed-forward."""

    target_modules: Annotated[
        tuple[str, ...], Meta(title="Layers", description="Names of the layers that are scaled.")
    ] = ("k_proj", "v_proj", "down_proj")
    feedforward_modules: Annotated[
        tuple[str, ...],
        Meta(title="Feed-forward layers", description="Those of them whose input is scaled, not the output."),
    ] = ("down_proj",)


class PrefixSection(Struct, frozen=True, forbid_unknown_fields=True):
    """Li & Liang 2021: learned keys and values before the text, in every layer."""

    num_virtual_tokens: Annotated[
        int, Meta(ge=1, le=2048, title="Virtual tokens", description="Length of the learned prefix.")
    ] = 16
    prefix_projection: Annotated[
        bool,
        Meta(title="Projection", description="Learn the prefix through a small network; steadier, larger."),
    ] = False
    encoder_hidden_size: Annotated[
        int, Meta(ge=1, le=65536, title="Projection size", description="Width of that network.")
    ] = 512


class PromptSection(Struct, frozen=True, forbid_unknown_fields=True):
    """Lester et al. 2021: learned embeddings before the text."""

    num_virtual_tokens: Annotated[
        int, Meta(ge=1, le=2048, title="Virtual tokens", description="Length of the learned prompt.")
    ] = 16
    prompt_tuning_init_text: Annotated[
        str,
        Meta(
            title="Start from", description="A text whose embeddings the prompt starts from; empty: random."
        ),
    ] = ""


class PTuningSection(Struct, frozen=True, forbid_unknown_fields=True):
    """Liu et al. 2021: a prompt that a small network writes."""

    num_virtual_tokens: Annotated[
        int, Meta(ge=1, le=2048, title="Virtual tokens", description="Length of the learned prompt.")
    ] = 16
    encoder_reparameterization_type: Annotated[
        Literal["MLP", "LSTM"], Meta(title="Network", description="What writes the prompt.")
    ] = "MLP"
    encoder_hidden_size: Annotated[
        int, Meta(ge=1, le=65536, title="Network size", description="Width of that network.")
    ] = 128


class AdapterSection(Struct, frozen=True, forbid_unknown_fields=True):
    """Houlsby et al. 2019: two narrow layers after attention and after the feed-forward."""

    bottleneck: Annotated[
        int,
        Meta(
            ge=1,
            le=8192,
            title="Bottleneck",
            description="Width of the narrow layers.",
            extra_json_schema={"basic": True},
        ),
    ] = 64
    activation: Annotated[
        Literal["gelu", "relu", "silu"],
        Meta(title="Activation", description="Between the two narrow layers."),
    ] = "gelu"
    after_attention: Annotated[
        bool, Meta(title="After attention", description="Put one adapter after each attention.")
    ] = True
    after_feed_forward: Annotated[
        bool, Meta(title="After the feed-forward", description="Put one adapter after each feed-forward.")
    ] = True


class DpoSection(Struct, frozen=True, forbid_unknown_fields=True):
    """Rafailov et al. 2023; IPO: Azar et al. 2023."""

    beta: Annotated[
        float,
        Meta(
            gt=0.0,
            le=10.0,
            title="Beta",
            description="How closely the model stays to the one it started from.",
        ),
    ] = 0.1
    label_smoothing: Annotated[
        float,
        Meta(ge=0.0, lt=0.5, title="Label smoothing", description="Share of preferences taken to be wrong."),
    ] = 0.0
    loss_type: Annotated[
        Literal["sigmoid", "hinge", "ipo"], Meta(title="Loss", description="Sigmoid is DPO as published.")
    ] = "sigmoid"


class KtoSection(Struct, frozen=True, forbid_unknown_fields=True):
    """Ethayarajh et al. 2024."""

    beta: Annotated[
        float,
        Meta(
            gt=0.0,
            le=10.0,
            title="Beta",
            description="How closely the model stays to the one it started from.",
        ),
    ] = 0.1
    desirable_weight: Annotated[
        float, Meta(ge=0.0, le=100.0, title="Weight of good answers", description="Their weight in the loss.")
    ] = 1.0
    undesirable_weight: Annotated[
        float, Meta(ge=0.0, le=100.0, title="Weight of bad answers", description="Their weight in the loss.")
    ] = 1.0


class OrpoSection(Struct, frozen=True, forbid_unknown_fields=True):
    """Hong et al. 2024."""

    beta: Annotated[
        float,
        Meta(
            ge=0.0,
            le=10.0,
            title="Beta",
            description="Weight of the preference beside the likelihood of the answer.",
        ),
    ] = 0.1


class RewardSection(Struct, frozen=True, forbid_unknown_fields=True):
    """A Bradley-Terry model of preferences."""

    center_rewards_coefficient: Annotated[
        float,
        Meta(
            ge=0.0,
            le=10.0,
            title="Centring",
            description="Pulls the scores towards an average of 0; 0 does not.",
        ),
    ] = 0.0


RewardName = Literal["exact_answer", "regex", "format", "length", "python"]


class RewardRule(Struct, frozen=True, forbid_unknown_fields=True):
    """One reward; several are added up by their weights."""

    name: Annotated[
        RewardName,
        Meta(
            title="Reward",
            description="exact_answer: the row's answer is the reply's last line or number. regex: a pattern "
            "is found. format: <think>…</think> and then an answer. length: near a number of words. "
            "python: a function of yours.",
        ),
    ]
    weight: Annotated[
        float, Meta(ge=-1000.0, le=1000.0, title="Weight", description="Its share in the sum.")
    ] = 1.0
    pattern: Annotated[str, Meta(title="Pattern", description="For regex: a regular expression.")] = ""
    target: Annotated[
        int, Meta(ge=0, title="Words", description="For length: the number of words wanted.")
    ] = 50
    column: Annotated[
        str,
        Meta(title="Column", description="For exact_answer: the column of the data with the right answer."),
    ] = "answer"
    file: Annotated[
        str,
        Meta(title="File", description="For python: the file. It runs on this computer with your rights."),
    ] = ""
    function: Annotated[
        str, Meta(title="Function", description="For python: called with (prompts, completions, **columns).")
    ] = "reward"


class OnlineSection(Struct, frozen=True, forbid_unknown_fields=True):
    """GRPO: Shao et al. 2024; RLOO: Ahmadian et al. 2024."""

    rewards: Annotated[
        tuple[RewardRule, ...], Meta(title="Rewards", description="What good replies are.")
    ] = ()
    num_generations: Annotated[
        int,
        Meta(ge=2, le=256, title="Replies to a prompt", description="They are compared with each other."),
    ] = 4
    max_completion_length: Annotated[
        int, Meta(ge=1, le=32768, title="Longest reply", description="In tokens.")
    ] = 128
    temperature: Annotated[
        float, Meta(gt=0.0, le=10.0, title="Temperature", description="How freely replies are sampled.")
    ] = 1.0
    beta: Annotated[
        float,
        Meta(
            ge=0.0, le=10.0, title="Beta", description="Weight of the divergence from the model at the start."
        ),
    ] = 0.0
    scale_rewards: Annotated[
        bool, Meta(title="Scale", description="GRPO: divide advantages by the spread within a prompt.")
    ] = True


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
            description="auto: bf16 on graphics cards that can, else fp32, which learns more exactly.",
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
        str, Meta(title="Ray address", description="ray://host:10001, or auto; empty: this machine.")
    ] = ""
    num_workers: Annotated[
        int, Meta(ge=1, le=1024, title="Workers", description="Processes that share each batch.")
    ] = 1
