"""The sections of a recipe that belong to an objective; see `engine.finetune.recipe.sections`."""

from typing import Annotated, Literal

from msgspec import Meta, Struct


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
