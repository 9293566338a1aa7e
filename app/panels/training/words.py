"""Methods, objectives, sections and parts of memory in the language of the interface."""

from PySide6.QtCore import QCoreApplication

from app.i18n.marks import QT_TRANSLATE_NOOP
from app.panels.training.setting_texts import SETTING_TEXTS
from engine.finetune.recipe.recipe import Method, Objective
from engine.finetune.recipe.settings import Setting

_METHODS: dict[Method, tuple[str, str]] = {
    "lora": (
        QT_TRANSLATE_NOOP("TrainingWords", "LoRA"),
        QT_TRANSLATE_NOOP(
            "TrainingWords", "A small file beside the model learns. Right for nearly everything, and fastest."
        ),
    ),
    "rslora": (
        QT_TRANSLATE_NOOP("TrainingWords", "rsLoRA"),
        QT_TRANSLATE_NOOP("TrainingWords", "LoRA scaled so that high ranks help; from rank 32 on."),
    ),
    "dora": (
        QT_TRANSLATE_NOOP("TrainingWords", "DoRA"),
        QT_TRANSLATE_NOOP(
            "TrainingWords", "LoRA that learns size and direction apart: a little better, half as fast."
        ),
    ),
    "adalora": (
        QT_TRANSLATE_NOOP("TrainingWords", "AdaLoRA"),
        QT_TRANSLATE_NOOP("TrainingWords", "LoRA that gives more rank to the layers that need it."),
    ),
    "qlora": (
        QT_TRANSLATE_NOOP("TrainingWords", "QLoRA"),
        QT_TRANSLATE_NOOP(
            "TrainingWords", "LoRA on a base in 4 bits: for models that do not fit otherwise; slower."
        ),
    ),
    "ia3": (
        QT_TRANSLATE_NOOP("TrainingWords", "IA³"),
        QT_TRANSLATE_NOOP("TrainingWords", "Only scales are learned: tiny, for small changes of style."),
    ),
    "prefix": (
        QT_TRANSLATE_NOOP("TrainingWords", "Prefix tuning"),
        QT_TRANSLATE_NOOP("TrainingWords", "Learned keys and values stand before every text."),
    ),
    "prompt": (
        QT_TRANSLATE_NOOP("TrainingWords", "Prompt tuning"),
        QT_TRANSLATE_NOOP("TrainingWords", "A learned prompt stands before every text; large models only."),
    ),
    "p-tuning": (
        QT_TRANSLATE_NOOP("TrainingWords", "P-tuning"),
        QT_TRANSLATE_NOOP("TrainingWords", "A small network writes the prompt before every text."),
    ),
    "adapter": (
        QT_TRANSLATE_NOOP("TrainingWords", "Bottleneck adapter"),
        QT_TRANSLATE_NOOP("TrainingWords", "Narrow layers between the layers of the model learn."),
    ),
    "full": (
        QT_TRANSLATE_NOOP("TrainingWords", "All weights"),
        QT_TRANSLATE_NOOP(
            "TrainingWords", "The whole model learns: takes about four times its size, forgets most."
        ),
    ),
}
_OBJECTIVES: dict[Objective, tuple[str, str]] = {
    "sft": (
        QT_TRANSLATE_NOOP("TrainingWords", "Answers (SFT)"),
        QT_TRANSLATE_NOOP("TrainingWords", "It learns to answer as the rows do."),
    ),
    "pretrain": (
        QT_TRANSLATE_NOOP("TrainingWords", "Plain text"),
        QT_TRANSLATE_NOOP(
            "TrainingWords", "It learns to continue text: knowledge and language, not answering."
        ),
    ),
    "dpo": (
        QT_TRANSLATE_NOOP("TrainingWords", "Preferences (DPO)"),
        QT_TRANSLATE_NOOP("TrainingWords", "It learns which of two answers is better."),
    ),
    "kto": (
        QT_TRANSLATE_NOOP("TrainingWords", "Thumbs (KTO)"),
        QT_TRANSLATE_NOOP("TrainingWords", "It learns from answers that are marked as good or bad."),
    ),
    "orpo": (
        QT_TRANSLATE_NOOP("TrainingWords", "Preferences in one go (ORPO)"),
        QT_TRANSLATE_NOOP("TrainingWords", "Answers and preferences at once, without a reference model."),
    ),
    "reward": (
        QT_TRANSLATE_NOOP("TrainingWords", "Reward model"),
        QT_TRANSLATE_NOOP("TrainingWords", "It learns to score answers instead of writing them."),
    ),
    "grpo": (
        QT_TRANSLATE_NOOP("TrainingWords", "Rewards (GRPO)"),
        QT_TRANSLATE_NOOP("TrainingWords", "It writes replies itself; rules of yours say which are good."),
    ),
    "rloo": (
        QT_TRANSLATE_NOOP("TrainingWords", "Rewards (RLOO)"),
        QT_TRANSLATE_NOOP("TrainingWords", "Like GRPO, with a plainer way of comparing replies."),
    ),
}
_SECTIONS: dict[str, str] = {
    "": QT_TRANSLATE_NOOP("TrainingWords", "For you"),
    "train": QT_TRANSLATE_NOOP("TrainingWords", "Training"),
    "dataset": QT_TRANSLATE_NOOP("TrainingWords", "Data"),
    "probe": QT_TRANSLATE_NOOP("TrainingWords", "Questions while it learns"),
    "cluster": QT_TRANSLATE_NOOP("TrainingWords", "Cluster"),
}
_PARTS: dict[str, tuple[str, str]] = {
    "program": (QT_TRANSLATE_NOOP("TrainingWords", "Program"), "fg3"),
    "weights": (QT_TRANSLATE_NOOP("TrainingWords", "Weights"), "accent"),
    "gradients": (QT_TRANSLATE_NOOP("TrainingWords", "Gradients"), "info"),
    "optimizer": (QT_TRANSLATE_NOOP("TrainingWords", "Optimizer"), "ok"),
    "activations": (QT_TRANSLATE_NOOP("TrainingWords", "Activations"), "warn"),
    "logits": (QT_TRANSLATE_NOOP("TrainingWords", "Logits"), "error"),
    "reference": (QT_TRANSLATE_NOOP("TrainingWords", "Reference model"), "accent_text"),
}
_REASONS: dict[str, str] = {
    "asked": QT_TRANSLATE_NOOP("TrainingWords", "as set"),
    "method": QT_TRANSLATE_NOOP("TrainingWords", "for this method"),
    "objective": QT_TRANSLATE_NOOP("TrainingWords", "for this objective"),
    "dropout": QT_TRANSLATE_NOOP("TrainingWords", "because of dropout"),
    "architecture": QT_TRANSLATE_NOOP("TrainingWords", "for this architecture"),
}


def method_word(method: Method) -> str:
    return _told(_METHODS[method][0])


def method_tip(method: Method) -> str:
    return _told(_METHODS[method][1])


def objective_word(objective: Objective) -> str:
    return _told(_OBJECTIVES[objective][0])


def objective_tip(objective: Objective) -> str:
    return _told(_OBJECTIVES[objective][1])


def section_word(section: str) -> str:
    """Sections of a method are called as the method."""
    for key, (word, _tip) in (*_METHODS.items(), *_OBJECTIVES.items()):
        if section == key:
            return _told(word)
    return _told(_SECTIONS.get(section, section))


def part_word(part: str) -> str:
    return _told(_PARTS[part][0])


def part_role(part: str) -> str:
    """Colour role of a part of memory."""
    return _PARTS[part][1]


def reason_word(reason: str) -> str:
    """Why the general path trains."""
    return _told(_REASONS[reason])


def setting_title(setting: Setting) -> str:
    return QCoreApplication.translate("Recipe", SETTING_TEXTS[setting.key][0])


def setting_words(setting: Setting) -> str:
    text = SETTING_TEXTS[setting.key][1]
    return QCoreApplication.translate("Recipe", text) if text else ""


def _told(text: str) -> str:
    return QCoreApplication.translate("TrainingWords", text)
