"""The smaller model of contrastive decoding (Li et al. 2022), kept in step with the expert.

A token is plausible when the expert gives it at least `alpha` times its best probability; among the
plausible ones the score is the expert's log-probability minus the amateur's. The amateur must read the same
tokens.
"""

import math

import numpy as np
from numpy.typing import NDArray

from engine.backends.backend import Control
from engine.backends.llama_cpp.conversation import Conversation
from engine.backends.llama_cpp.distribution import Distribution
from engine.backends.llama_cpp.loading import Loaded, load_model
from engine.backends.llama_cpp.vocab import Vocab
from engine.errors import UserError
from engine.inspection.contrastive import contrastive_scores
from engine.protocol.inspection import StageCandidate, StageTrace
from engine.protocol.values import ContextParams, ModelSpec, TokenCandidate
from engine.sampling.params import SamplingParams

_SHOWN = 24


class Amateur:
    """A second loaded model. Close it to give its memory back."""

    def __init__(self, spec: ModelSpec, expert: Loaded, control: Control) -> None:
        self.path = spec.path
        context = ContextParams(
            n_ctx=expert.context.n_ctx,
            n_threads=expert.n_threads,
            n_gpu_layers=expert.facts.context.n_gpu_layers,
        )
        self._loaded = load_model(spec, context, lambda _fraction, _stage: None, control)
        if not _same_vocabulary(self._loaded.model.vocab, expert.model.vocab):
            self.close()
            raise UserError("amateur.vocabulary", name=spec.name, expert=expert.facts.name)
        self._conversation = Conversation(self._loaded.context, self._loaded.facts.model_hash)
        self.distribution = Distribution(self._loaded.model.vocab)
        self._combined = Distribution(expert.model.vocab)

    def read(self, prompt: list[int], control: Control) -> None:
        """Take in the prompt. Raises `Cancelled`, `ContextFull`."""
        for _ in self._conversation.read(prompt, lambda: control.cancelled):
            pass
        self.distribution.read(self._conversation.end_logits())

    def contrast(self, expert: Distribution, params: SamplingParams) -> Distribution:
        """Scores of the present position; not plausible tokens have minus infinity."""
        scores: NDArray[np.float32] = contrastive_scores(
            expert.logits,
            self.distribution.logits,
            params.contrastive_alpha,
            params.amateur_temperature,
        ).astype(np.float32)
        self._combined.read(scores)
        return self._combined

    def traces(self, expert: Distribution) -> tuple[StageTrace, StageTrace]:
        """What the amateur thinks, and what the contrast left: stages before those of the sampler."""
        everyone = self.distribution.logits.size
        opinion = StageTrace("amateur", everyone, 0, (), _candidates(self.distribution, _SHOWN))
        left = np.isfinite(self._combined.logits)
        kept = int(left.sum())
        # The expert's best are plausible, so those that went stand right behind the plausible ones.
        gone = [each for each in expert.top(kept + _SHOWN) if not left[each.id]][:_SHOWN]
        return opinion, StageTrace(
            "contrastive",
            kept,
            everyone - kept,
            tuple(_candidate(expert, each) for each in gone),
            _candidates(self._combined, min(kept, _SHOWN)),
        )

    def follow(self, token: int) -> None:
        """The reply goes on with this token. Raises `ContextFull`."""
        self._conversation.append_generated(token)
        self.distribution.read(self._loaded.context.logits())

    def close(self) -> None:
        self._loaded.close()


def _candidates(distribution: Distribution, count: int) -> tuple[StageCandidate, ...]:
    return tuple(_candidate(distribution, each) for each in distribution.top(count))


def _candidate(distribution: Distribution, of: TokenCandidate) -> StageCandidate:
    """`p` under `distribution`."""
    logit = float(distribution.logits[of.id])
    return StageCandidate(of.id, of.text, logit, math.exp(distribution.logprob(of.id)))


def _same_vocabulary(first: Vocab, second: Vocab) -> bool:
    """Equal size, and equal bytes at places spread over the whole."""
    if first.size != second.size:
        return False
    step = max(1, first.size // 2000)
    return all(first.piece(token) == second.piece(token) for token in range(0, first.size, step))
