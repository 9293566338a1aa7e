"""Drawing the next token: the stages of `engine.inspection`, one after the other, and one seeded draw.

The stages are those of llama.cpp in the same order, so a panel set for a GGUF model means the same here.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.backends.torch.pieces import Pieces
from engine.errors import UserError
from engine.inspection import sampler_stages as stages
from engine.inspection.sampler_penalties import dry, penalties
from engine.inspection.sampler_stages import Candidates, candidates_of
from engine.protocol.inspection import StageCandidate, StageTrace
from engine.sampling.params import SamplerName, SamplingParams
from engine.sampling.specs import SPECS

_SHOWN = 24
_LLAMA_CPP_ALONE = (
    "beam_width",
    "length_penalty",
    "contrastive_alpha",
    "amateur_temperature",
    "mirostat",
    "mirostat_tau",
    "mirostat_eta",
    "adaptive_target",
    "adaptive_decay",
    "grammar",
    "json_schema",
)
UNDERSTOOD = tuple(name for name in SPECS if name not in _LLAMA_CPP_ALONE)
"""Names of the parameters that have an effect here."""
Logits = NDArray[np.float32]


class Draw(NamedTuple):
    """A token, and what each stage did where that was asked for."""

    token: int
    stages: tuple[StageTrace, ...]


class TorchSampler:
    """One reply's sampler: parameters, the tokens so far, and the random numbers of its seed."""

    def __init__(self, params: SamplingParams, pieces: Pieces, n_vocab: int, seed: int) -> None:
        """Raises `UserError` params.unsupported for what llama.cpp alone can do."""
        check_supported(params)
        self.params = params
        self._pieces = pieces
        self._random = np.random.default_rng(seed)
        self._breakers = _breakers(params, pieces, n_vocab)
        self.history: list[int] = []

    def change(self, params: SamplingParams) -> None:
        """Other parameters from the next token on; the random numbers go on."""
        check_supported(params)
        self.params = params

    def draw(self, logits: Logits, *, trace: bool) -> Draw:
        """`logits` [vocab]."""
        if self.params.decoding == "greedy":
            token = int(logits.argmax())
            return Draw(token, ())
        left = _biased(candidates_of(logits), self.params)
        left = left.take(np.isfinite(left.logits))
        seen: list[StageTrace] = []
        for name in self.params.order:
            before, left = left, self._apply(name, left)
            if trace:
                seen.append(self._trace(name, before, left))
        ordered = left.sorted()
        reached = np.cumsum(ordered.p) > self._random.random()
        place = int(reached.argmax()) if reached.any() else reached.size - 1
        return Draw(int(ordered.ids[place]), tuple(seen))

    def _apply(self, name: SamplerName, left: Candidates) -> Candidates:  # noqa: PLR0911 - one return a stage
        params = self.params
        match name:
            case "penalties":
                last = params.repeat_last_n if params.repeat_last_n >= 0 else len(self.history)
                neutral = (params.repeat_penalty, params.frequency_penalty, params.presence_penalty)
                if neutral == (1.0, 0.0, 0.0):
                    return left
                return penalties(
                    left,
                    self.history,
                    last,
                    params.repeat_penalty,
                    params.frequency_penalty,
                    params.presence_penalty,
                )
            case "dry":
                last = params.dry_penalty_last_n if params.dry_penalty_last_n >= 0 else len(self.history)
                return dry(
                    left,
                    self.history,
                    last,
                    params.dry_multiplier,
                    params.dry_base,
                    params.dry_allowed_length,
                    self._breakers,
                )
            case "top_n_sigma":
                return stages.top_n_sigma(left, params.top_n_sigma)
            case "top_k":
                return stages.top_k(left, params.top_k)
            case "typical_p":
                return stages.typical_p(left, params.typical_p)
            case "top_p":
                return stages.top_p(left, params.top_p)
            case "min_p":
                return stages.min_p(left, params.min_p)
            case "xtc":
                strikes = params.xtc_probability > 0 and self._random.random() <= params.xtc_probability
                return stages.xtc(left, params.xtc_threshold) if strikes else left
            case "temperature":
                return stages.dynamic_temperature(
                    left, params.temperature, params.dynatemp_range, params.dynatemp_exponent
                )

    def _trace(self, name: str, before: Candidates, after: Candidates) -> StageTrace:
        gone = ~np.isin(before.ids, after.ids)
        return StageTrace(
            sampler=name,
            kept=int(after.ids.size),
            removed_count=int(gone.sum()),
            removed=self._best(before, gone),
            top=self._best(after, np.ones(after.ids.size, dtype=bool)),
        )

    def _best(self, group: Candidates, which: NDArray[np.bool_]) -> tuple[StageCandidate, ...]:
        shares = group.p
        places = np.flatnonzero(which)
        order = places[np.argsort(-group.logits[places], kind="stable")][:_SHOWN]
        return tuple(
            StageCandidate(
                int(group.ids[place]),
                self._pieces.text(int(group.ids[place])),
                float(group.logits[place]),
                float(shares[place]),
            )
            for place in order
        )


def check_supported(params: SamplingParams) -> None:
    """Raises `UserError` params.unsupported: better than a reply that silently ignores a setting."""
    unsupported = {
        "beam search": params.decoding == "beam",
        "contrastive decoding": params.decoding == "contrastive",
        "mirostat": params.mirostat != 0,
        "adaptive_p": params.adaptive_target >= 0,
        "grammar": bool(params.grammar),
        "json_schema": bool(params.json_schema),
    }
    for name, used in unsupported.items():
        if used:
            raise UserError("params.unsupported", name=name)


def _biased(candidates: Candidates, params: SamplingParams) -> Candidates:
    """Biases by token id; a bias on a text counts for no token here, as its tokens depend on the place."""
    logits = candidates.logits
    for bias in params.logit_bias:
        if bias.token_id is None:
            raise UserError("params.unsupported", name="logit_bias of a text")
        if 0 <= bias.token_id < logits.size:
            logits[bias.token_id] += bias.bias
    return Candidates(candidates.ids, logits)


def _breakers(params: SamplingParams, pieces: Pieces, n_vocab: int) -> frozenset[int]:
    if params.dry_multiplier == 0:
        return frozenset()
    return frozenset(
        token
        for token in range(n_vocab)
        if any(breaker in pieces.text(token) for breaker in params.dry_sequence_breakers)
    )
