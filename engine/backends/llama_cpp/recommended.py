"""Sampling values that a model's own file recommends (`general.sampling.*` metadata)."""

from engine.backends.llama_cpp.model import LlamaModel
from engine.sampling.params import SamplingParams

_KEYS: dict[str, tuple[str, type[int] | type[float]]] = {
    "top_k": ("general.sampling.top_k", int),
    "top_p": ("general.sampling.top_p", float),
    "min_p": ("general.sampling.min_p", float),
    "xtc_probability": ("general.sampling.xtc_probability", float),
    "xtc_threshold": ("general.sampling.xtc_threshold", float),
    "temperature": ("general.sampling.temp", float),
    "repeat_last_n": ("general.sampling.penalty_last_n", int),
    "repeat_penalty": ("general.sampling.penalty_repeat", float),
    "mirostat": ("general.sampling.mirostat", int),
    "mirostat_tau": ("general.sampling.mirostat_tau", float),
    "mirostat_eta": ("general.sampling.mirostat_eta", float),
}


def recommended_sampling(model: LlamaModel) -> SamplingParams | None:
    """The defaults with what the file says, or None when it says nothing."""
    found: dict[str, int | float] = {}
    for name, (key, kind) in _KEYS.items():
        text = model.metadata(key)
        if text is None:
            continue
        try:
            found[name] = kind(float(text))
        except ValueError:
            continue
    return SamplingParams(**found) if found else None  # type: ignore[arg-type]
