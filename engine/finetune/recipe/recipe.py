"""A recipe: everything that makes one fine-tuning run, so that it can be done again."""

from typing import Annotated, Literal, get_args

from msgspec import Meta, Struct, field

from engine.finetune.recipe.method_sections import (
    AdaLoraSection,
    AdapterSection,
    Ia3Section,
    LoraSection,
    PrefixSection,
    PromptSection,
    PTuningSection,
    QLoraSection,
)
from engine.finetune.recipe.objective_sections import (
    DpoSection,
    KtoSection,
    OnlineSection,
    OrpoSection,
    RewardSection,
)
from engine.finetune.recipe.sections import ClusterSection, DatasetSection, ProbeSection, TrainSection

Method = Literal[
    "lora",
    "rslora",
    "dora",
    "adalora",
    "qlora",
    "ia3",
    "prefix",
    "prompt",
    "p-tuning",
    "adapter",
    "full",
]
Objective = Literal["sft", "pretrain", "dpo", "kto", "orpo", "reward", "grpo", "rloo"]
METHODS: tuple[Method, ...] = get_args(Method)
OBJECTIVES: tuple[Objective, ...] = get_args(Objective)

SECTION_OF_METHOD: dict[Method, tuple[str, ...]] = {
    "lora": ("lora",),
    "rslora": ("lora",),
    "dora": ("lora",),
    "adalora": ("adalora",),
    "qlora": ("lora", "qlora"),
    "ia3": ("ia3",),
    "prefix": ("prefix",),
    "prompt": ("prompt",),
    "p-tuning": ("p-tuning",),
    "adapter": ("adapter",),
    "full": (),
}
SECTION_OF_OBJECTIVE: dict[Objective, tuple[str, ...]] = {
    "sft": (),
    "pretrain": (),
    "dpo": ("dpo",),
    "kto": ("kto",),
    "orpo": ("orpo",),
    "reward": ("reward",),
    "grpo": ("grpo",),
    "rloo": ("rloo",),
}


class Recipe(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The top of the file. Relative paths are taken from the recipe's folder."""

    base: Annotated[
        str,
        Meta(
            min_length=1, title="Base model", description="A name of the library, a GGUF file, or a folder."
        ),
    ]
    data: Annotated[
        str | tuple[str, ...], Meta(title="Data", description="The file with the rows, or several of them.")
    ]
    method: Annotated[Method, Meta(title="Method", description="Which weights are learned.")] = "lora"
    objective: Annotated[Objective, Meta(title="Objective", description="What it learns from.")] = "sft"
    name: Annotated[str, Meta(title="Name", description="What the run is called.")] = ""
    notes: Annotated[str, Meta(title="Notes", description="For you.")] = ""
    tags: Annotated[tuple[str, ...], Meta(title="Tags", description="For you.")] = ()
    license: Annotated[
        str,
        Meta(title="Licence", description="Of the result; it has to fit those of the base and of the data."),
    ] = ""
    lora: LoraSection = LoraSection()
    adalora: AdaLoraSection = AdaLoraSection()
    qlora: QLoraSection = QLoraSection()
    ia3: Ia3Section = Ia3Section()
    prefix: PrefixSection = PrefixSection()
    prompt: PromptSection = PromptSection()
    p_tuning: PTuningSection = field(default=PTuningSection(), name="p-tuning")
    adapter: AdapterSection = AdapterSection()
    dpo: DpoSection = DpoSection()
    kto: KtoSection = KtoSection()
    orpo: OrpoSection = OrpoSection()
    reward: RewardSection = RewardSection()
    grpo: OnlineSection = OnlineSection()
    rloo: OnlineSection = OnlineSection(scale_rewards=False)
    train: TrainSection = TrainSection()
    dataset: DatasetSection = DatasetSection()
    probe: ProbeSection = ProbeSection()
    cluster: ClusterSection = ClusterSection()

    @property
    def files(self) -> tuple[str, ...]:
        return (self.data,) if isinstance(self.data, str) else self.data

    @property
    def is_online(self) -> bool:
        """Whether it learns from replies that it writes itself."""
        return self.objective in ("grpo", "rloo")

    @property
    def online(self) -> OnlineSection:
        return self.grpo if self.objective == "grpo" else self.rloo
