"""The sections of a recipe that belong to a method; see `engine.finetune.recipe.sections`."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from engine.finetune.recipe.kinds import Targets


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
