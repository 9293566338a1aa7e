"""What the settings of a context are called and what they do."""

from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from app.i18n.marks import QT_TRANSLATE_NOOP

_CONTEXT = "ContextTexts"


class FieldText(NamedTuple):
    """Translated."""

    label: str
    meaning: str


FIELDS: dict[str, tuple[str, str]] = {
    "n_ctx": (
        QT_TRANSLATE_NOOP("ContextTexts", "Context length"),
        QT_TRANSLATE_NOOP(
            "ContextTexts",
            "How many tokens the model can see: system prompt, conversation and reply together. Memory for "
            "the KV cache grows with it. Auto takes what the model was trained for, as far as memory allows.",
        ),
    ),
    "n_gpu_layers": (
        QT_TRANSLATE_NOOP("ContextTexts", "GPU layers"),
        QT_TRANSLATE_NOOP(
            "ContextTexts",
            "How many layers lie on the GPU. More is faster until its memory is full; auto puts "
            "there as many as "
            "fit, 0 uses the processor alone.",
        ),
    ),
    "n_threads": (
        QT_TRANSLATE_NOOP("ContextTexts", "Threads"),
        QT_TRANSLATE_NOOP(
            "ContextTexts",
            "Threads that write the reply. Best is the number of free physical cores: more make it slower.",
        ),
    ),
    "n_threads_batch": (
        QT_TRANSLATE_NOOP("ContextTexts", "Threads for the prompt"),
        QT_TRANSLATE_NOOP("ContextTexts", "Threads that read the prompt; auto is all cores."),
    ),
    "n_batch": (
        QT_TRANSLATE_NOOP("ContextTexts", "Batch"),
        QT_TRANSLATE_NOOP(
            "ContextTexts",
            "Prompt tokens handed over at once. A stop takes effect between two batches.",
        ),
    ),
    "n_ubatch": (
        QT_TRANSLATE_NOOP("ContextTexts", "Micro-batch"),
        QT_TRANSLATE_NOOP(
            "ContextTexts",
            "Prompt tokens computed at once. Larger reads prompts faster and needs more memory.",
        ),
    ),
    "flash_attention": (
        QT_TRANSLATE_NOOP("ContextTexts", "Flash attention"),
        QT_TRANSLATE_NOOP(
            "ContextTexts",
            "Computes attention in blocks. Saves memory and speeds prompts; on a processor it can "
            "slow the reply "
            "down in long conversations. Auto measures both on this machine.",
        ),
    ),
    "type_k": (
        QT_TRANSLATE_NOOP("ContextTexts", "KV cache type K"),
        QT_TRANSLATE_NOOP(
            "ContextTexts",
            "Precision of the remembered keys. q8_0 halves the memory almost without loss; below "
            "that answers "
            "get worse in long conversations.",
        ),
    ),
    "type_v": (
        QT_TRANSLATE_NOOP("ContextTexts", "KV cache type V"),
        QT_TRANSLATE_NOOP(
            "ContextTexts",
            "Precision of the remembered values. A quantized type needs flash attention.",
        ),
    ),
    "offload_kqv": (
        QT_TRANSLATE_NOOP("ContextTexts", "KV cache on the GPU"),
        QT_TRANSLATE_NOOP(
            "ContextTexts", "Keeps the cache of GPU layers on the GPU. Off saves its memory and is slower."
        ),
    ),
    "swa_full": (
        QT_TRANSLATE_NOOP("ContextTexts", "Full sliding window"),
        QT_TRANSLATE_NOOP(
            "ContextTexts",
            "For models with a sliding window: keeps the whole conversation in the cache, so that "
            "earlier turns can be "
            "reused after an edit. Costs memory.",
        ),
    ),
    "use_mmap": (
        QT_TRANSLATE_NOOP("ContextTexts", "Map the file"),
        QT_TRANSLATE_NOOP(
            "ContextTexts", "Reads weights from the file as they are needed: starts fast, shares memory."
        ),
    ),
    "use_mlock": (
        QT_TRANSLATE_NOOP("ContextTexts", "Keep in memory"),
        QT_TRANSLATE_NOOP("ContextTexts", "Forbids the system to move the model out of memory."),
    ),
    "rope_scaling": (
        QT_TRANSLATE_NOOP("ContextTexts", "RoPE scaling"),
        QT_TRANSLATE_NOOP(
            "ContextTexts",
            "How positions beyond the training length are squeezed in. YaRN keeps most of the "
            "quality; linear "
            "is the oldest way.",
        ),
    ),
    "rope_freq_base": (
        QT_TRANSLATE_NOOP("ContextTexts", "RoPE base"),
        QT_TRANSLATE_NOOP("ContextTexts", "Base of the rotation frequencies; auto takes the model's own."),
    ),
    "rope_freq_scale": (
        QT_TRANSLATE_NOOP("ContextTexts", "RoPE scale"),
        QT_TRANSLATE_NOOP(
            "ContextTexts",
            "Factor on the positions: 0.5 doubles the length that fits. Auto takes the model's.",
        ),
    ),
    "yarn_ext_factor": (
        QT_TRANSLATE_NOOP("ContextTexts", "YaRN mix"),
        QT_TRANSLATE_NOOP(
            "ContextTexts", "Between pure interpolation (0) and full extrapolation (1); auto is 1 with YaRN."
        ),
    ),
    "yarn_orig_ctx": (
        QT_TRANSLATE_NOOP("ContextTexts", "YaRN original length"),
        QT_TRANSLATE_NOOP("ContextTexts", "The length the model was trained for; auto takes the model's."),
    ),
    "main_gpu": (
        QT_TRANSLATE_NOOP("ContextTexts", "Main GPU"),
        QT_TRANSLATE_NOOP("ContextTexts", "The number of the GPU that holds what is not split."),
    ),
    "tensor_split": (
        QT_TRANSLATE_NOOP("ContextTexts", "Tensor split"),
        QT_TRANSLATE_NOOP(
            "ContextTexts", "Shares of the model for each GPU, e.g. 3, 1. Empty splits by free memory."
        ),
    ),
}


def field_text(name: str) -> FieldText:
    """Label and meaning of a field of `ContextParams`."""
    label, meaning = FIELDS[name]
    return FieldText(
        QCoreApplication.translate(_CONTEXT, label), QCoreApplication.translate(_CONTEXT, meaning)
    )
