"""Names and explanations of the lab's methods and choices."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from app.i18n.marks import QT_TRANSLATE_NOOP
from engine.protocol.lab import LAB_METHODS, LabJob, LabMethod

_CONTEXT = "QuantizationLab"


@dataclass(frozen=True)
class MethodWords:
    """Marked for translation. `paper` is a citation and stays as it is."""

    name: str
    meaning: str
    more: str
    paper: str


WORDS: dict[LabMethod, MethodWords] = {
    "rtn": MethodWords(
        QT_TRANSLATE_NOOP("QuantizationLab", "Round to nearest"),
        QT_TRANSLATE_NOOP(
            "QuantizationLab", "Every weight goes to the closest level. Needs no text and no time."
        ),
        QT_TRANSLATE_NOOP(
            "QuantizationLab",
            "What all other methods are compared with. Each weight is rounded alone, as if all inputs "
            "mattered alike: the error in the weights is the least possible, the error in the output is not.",
        ),
        "",
    ),
    "gptq": MethodWords(
        QT_TRANSLATE_NOOP("QuantizationLab", "GPTQ"),
        QT_TRANSLATE_NOOP(
            "QuantizationLab", "Rounds column by column; the columns that are left make up for each error."
        ),
        QT_TRANSLATE_NOOP(
            "QuantizationLab",
            "From the inputs of the calibration text it knows which of them go together (their Gram matrix). "
            "After each column, the weights behind it are moved so that the output changes least. Weights "
            "end up further from the original, the output nearer. With fewer tokens than some times the "
            "inputs it learns the text by heart: compare the errors on fitted and on other text.",
        ),
        "Frantar, Ashkboos, Hoefler, Alistarh 2022: GPTQ: Accurate Post-Training Quantization for Generative "
        "Pre-trained Transformers. arXiv:2210.17323",
    ),
    "awq": MethodWords(
        QT_TRANSLATE_NOOP("QuantizationLab", "AWQ"),
        QT_TRANSLATE_NOOP(
            "QuantizationLab",
            "Enlarges the weights of strong inputs before rounding, so that they lose less.",
        ),
        QT_TRANSLATE_NOOP(
            "QuantizationLab",
            "Weights of inputs that are large on average matter most. They are multiplied by a scale and "
            "their inputs divided by it; the strength of the scales is the best of 20 tried on the "
            "calibration text. Only one number is fitted, so it hardly depends on the text. Clipping, the "
            "paper's second part, is left out.",
        ),
        "Lin et al. 2023: AWQ: Activation-aware Weight Quantization for LLM Compression and Acceleration. "
        "arXiv:2306.00978",
    ),
    "smoothquant": MethodWords(
        QT_TRANSLATE_NOOP("QuantizationLab", "SmoothQuant"),
        QT_TRANSLATE_NOOP(
            "QuantizationLab",
            "Moves difficulty from inputs with outliers to the weights, so that both can be rounded.",
        ),
        QT_TRANSLATE_NOOP(
            "QuantizationLab",
            "Made for 8 bits in weights and inputs. Each input is divided by a scale and its weights are "
            "multiplied by it, from the largest magnitudes of both. At strength 0.5 both ranges become "
            "equal. With inputs as they are it has nothing to win, and weights of few bits suffer.",
        ),
        "Xiao et al. 2022: SmoothQuant: Accurate and Efficient Post-Training Quantization for Large Language "
        "Models. arXiv:2211.10438",
    ),
    "llm_int8": MethodWords(
        QT_TRANSLATE_NOOP("QuantizationLab", "LLM.int8()"),
        QT_TRANSLATE_NOOP(
            "QuantizationLab", "Keeps the few inputs with outliers, and their weights, in 16 bits."
        ),
        QT_TRANSLATE_NOOP(
            "QuantizationLab",
            "Mixed-precision decomposition: inputs that ever reach the threshold in the calibration text are "
            "multiplied in 16 bits, all others are rounded. One outlier no longer spoils the scale of a "
            "whole token. The size grows with every input that is kept.",
        ),
        "Dettmers, Lewis, Belkada, Zettlemoyer 2022: LLM.int8(): 8-bit Matrix Multiplication for "
        "Transformers at Scale. arXiv:2208.07339",
    ),
}

assert tuple(WORDS) == LAB_METHODS  # noqa: S101 - the engine's list is the order of the switches

_KINDS: dict[str, str] = {
    "attn_q": QT_TRANSLATE_NOOP("QuantizationLab", "Attention: queries"),
    "attn_k": QT_TRANSLATE_NOOP("QuantizationLab", "Attention: keys"),
    "attn_v": QT_TRANSLATE_NOOP("QuantizationLab", "Attention: values"),
    "attn_qkv": QT_TRANSLATE_NOOP("QuantizationLab", "Attention: queries, keys, values"),
    "attn_output": QT_TRANSLATE_NOOP("QuantizationLab", "Attention: output"),
    "ffn_gate": QT_TRANSLATE_NOOP("QuantizationLab", "Feed-forward: gate"),
    "ffn_up": QT_TRANSLATE_NOOP("QuantizationLab", "Feed-forward: up"),
    "ffn_down": QT_TRANSLATE_NOOP("QuantizationLab", "Feed-forward: down"),
    "ffn_gate_inp": QT_TRANSLATE_NOOP("QuantizationLab", "Router of the experts"),
}


def method_name(method: LabMethod) -> str:
    return QCoreApplication.translate(_CONTEXT, WORDS[method].name)


def method_meaning(method: LabMethod) -> str:
    """One sentence."""
    return QCoreApplication.translate(_CONTEXT, WORDS[method].meaning)


def method_more(method: LabMethod) -> str:
    """Some sentences: why it works, and when it does not."""
    return QCoreApplication.translate(_CONTEXT, WORDS[method].more)


def method_paper(method: LabMethod) -> str:
    return WORDS[method].paper


def kind_name(kind: str) -> str:
    """What a matrix is in its layer; llama.cpp's name where there is no better one."""
    return QCoreApplication.translate(_CONTEXT, _KINDS[kind]) if kind in _KINDS else kind


def kind_order(kind: str) -> tuple[int, str]:
    """In the order in which a layer computes."""
    known = list(_KINDS)
    return (known.index(kind) if kind in known else len(known), kind)


def scheme_words(job: LabJob) -> str:
    """What a result was made with."""
    scheme = job.scheme
    levels = {
        "uniform": QCoreApplication.translate("QuantizationLab", "even levels"),
        "normal": QCoreApplication.translate("QuantizationLab", "normal levels"),
        "kmeans": QCoreApplication.translate("QuantizationLab", "k-means levels"),
    }
    shared = {
        "tensor": QCoreApplication.translate("QuantizationLab", "one set for the matrix"),
        "channel": QCoreApplication.translate("QuantizationLab", "a set for each output"),
        "group": QCoreApplication.translate("QuantizationLab", "groups of {size}").format(
            size=scheme.group_size
        ),
    }
    parts = [
        QCoreApplication.translate("QuantizationLab", "{bits} bits").format(bits=scheme.bits),
        levels[scheme.levels],
        shared[scheme.granularity],
    ]
    if scheme.levels == "uniform" and not scheme.symmetric:
        parts.insert(2, QCoreApplication.translate("QuantizationLab", "asymmetric"))
    if job.input_bits:
        parts.append(
            QCoreApplication.translate("QuantizationLab", "inputs in {bits} bits").format(bits=job.input_bits)
        )
    else:
        parts.append(QCoreApplication.translate("QuantizationLab", "inputs as they are"))
    return ", ".join(parts)
