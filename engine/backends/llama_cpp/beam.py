"""Beam search: the most probable reply among `beam_width` that grow together.

Each beam is a sequence of the shared cache; a beam that splits shares the cells of its past. Scores are
sums of log-probabilities, divided by length to the power `length_penalty` when a finished hypothesis is
compared with others (the convention of Hugging Face transformers: 0 prefers short replies, above 1 prefers
long ones).
"""

from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

import numpy as np

from engine.backends.backend import Control
from engine.backends.llama_cpp.context import ContextFull
from engine.backends.llama_cpp.generate import Clock, Engine, Outcome
from engine.backends.llama_cpp.native import library
from engine.errors import UserError
from engine.protocol.events import AnyEvent, BeamGrown, Token
from engine.protocol.inspection import BeamNode
from engine.sampling.params import SamplingParams
from engine.text.incremental import IncrementalText

LARGEST_WIDTH = 8
DEFAULT_LIMIT = 256
NodeState = Literal["alive", "dropped", "finished"]


class Step(NamedTuple):
    """A token of a hypothesis with what the model thought of it. `node` numbers it in the tree."""

    node: int
    token: int
    logprob: float
    entropy: float
    rank: int


class Hypothesis(NamedTuple):
    """A beam: its steps, the sum of their log-probabilities, and the cache sequence that holds it."""

    steps: tuple[Step, ...]
    score: float
    sequence: int

    def normalized(self, length_penalty: float) -> float:
        return self.score / float(max(1, len(self.steps)) ** length_penalty)


def beam_tokens(
    engine: Engine,
    params: SamplingParams,
    job: int,
    clock: Clock,
    control: Control,
    outcome: Outcome,
) -> Iterator[AnyEvent]:
    """Search after the prompt that was just read; tokens are told as soon as all beams agree on them."""
    if not 1 <= params.beam_width <= LARGEST_WIDTH:
        raise UserError(
            "params.invalid",
            name="beam_width",
            value=params.beam_width,
            reason="it is out of range",
            minimum=1,
            maximum=LARGEST_WIDTH,
        )
    search = BeamSearch(engine, params)
    teller = _Teller(engine, job, params, clock, outcome)
    try:
        limit = params.max_tokens if params.max_tokens >= 0 else DEFAULT_LIMIT
        search.start()
        clock.begin()
        outcome.finish_reason = "length"
        while search.length < limit and search.beams:
            yield BeamGrown(job=job, nodes=search.take_nodes())
            yield from teller.tell(search.agreed())
            if teller.stopped or control.cancelled:
                break
            if not search.advance():
                break
        if nodes := search.take_nodes():
            yield BeamGrown(job=job, nodes=nodes)
        best = search.best()
        if control.cancelled:
            outcome.finish_reason = "cancelled"
        elif search.ended(best):
            outcome.finish_reason = "stop"
        elif search.context_full:
            outcome.finish_reason = "context"
        yield from teller.tell(best.steps)
        teller.finish()
    finally:
        search.close()


class BeamSearch:
    """The beams and the finished hypotheses."""

    def __init__(self, engine: Engine, params: SamplingParams) -> None:
        self._lib = library()
        self._engine = engine
        self._width = params.beam_width
        self._penalty = params.length_penalty
        self._batch = self._lib.llama_batch_init(LARGEST_WIDTH, 0, 1)
        self._prompt_length = len(engine.conversation.tokens)
        self._finished: list[Hypothesis] = []
        self.beams: list[Hypothesis] = []
        self.length = 0
        self._nodes: list[BeamNode] = []
        self._n_nodes = 0
        self.context_full = False

    def start(self) -> None:
        """The first tokens, from the end of the prompt."""
        root = Hypothesis((), 0.0, 0)
        self._grow([(root, self._engine.conversation.end_logits())])

    def advance(self) -> bool:
        """One token more on every beam; False when nothing better can come or the context is full."""
        if not self.beams or self._decided():
            return False
        batch = self._batch
        batch.n_tokens = len(self.beams)
        for slot, beam in enumerate(self.beams):
            batch.token[slot] = beam.steps[-1].token
            batch.pos[slot] = self._prompt_length + len(beam.steps) - 1
            batch.n_seq_id[slot] = 1
            batch.seq_id[slot][0] = beam.sequence
            batch.logits[slot] = 1
        try:
            self._engine.context.decode_batch(batch)
        except ContextFull:
            self.context_full = True
            return False
        self._grow([(beam, self._engine.context.logits(slot)) for slot, beam in enumerate(self.beams)])
        return True

    def take_nodes(self) -> tuple[BeamNode, ...]:
        """What changed in the tree since the last call."""
        nodes, self._nodes = self._nodes, []
        return tuple(nodes)

    def agreed(self) -> tuple[Step, ...]:
        """The beginning that all live beams and the best finished hypothesis share."""
        contenders = [beam.steps for beam in self.beams] + [one.steps for one in self._finished]
        if not contenders:
            return ()
        length = min(len(steps) for steps in contenders)
        for index in range(length):
            if len({steps[index].token for steps in contenders}) > 1:
                return contenders[0][:index]
        return contenders[0][:length]

    def best(self) -> Hypothesis:
        """The best of all, finished or not."""
        candidates = self._finished + self.beams
        return max(candidates, key=lambda one: one.normalized(self._penalty), default=Hypothesis((), 0.0, 0))

    def ended(self, hypothesis: Hypothesis) -> bool:
        return hypothesis in self._finished

    def close(self) -> None:
        """Free the batch and every sequence but the prompt's."""
        for sequence in range(1, 2 * LARGEST_WIDTH + 1):
            self._engine.context.remove_sequence(sequence)
        self._lib.llama_batch_free(self._batch)

    def _decided(self) -> bool:
        if len(self._finished) < self._width:
            return False
        worst = min(one.normalized(self._penalty) for one in self._finished)
        return all(beam.normalized(self._penalty) < worst for beam in self.beams)

    def _grow(self, sources: list[tuple[Hypothesis, Any]]) -> None:
        distribution, vocab = self._engine.distribution, self._engine.vocab
        options: list[tuple[float, Hypothesis, Step]] = []
        for beam, logits in sources:
            distribution.read(logits)
            for token in np.argpartition(logits, -2 * self._width)[-2 * self._width :]:
                logprob = distribution.logprob(int(token))
                step = Step(-1, int(token), logprob, distribution.entropy, distribution.rank(int(token)))
                options.append((beam.score + logprob, beam, step))
        options.sort(key=lambda option: -option[0])
        chosen: list[tuple[float, Hypothesis, Step]] = []
        for place, (score, beam, step) in enumerate(options):
            if vocab.is_end(step.token):
                if place < self._width:
                    self._number(beam, step, score, "finished")
                    self._finish(Hypothesis(beam.steps, score, -1))
            elif len(chosen) < self._width:
                chosen.append((score, beam, step))
        self._assign(chosen)
        self.length += 1

    def _number(self, parent: Hypothesis, step: Step, score: float, state: NodeState) -> Step:
        node = Step(self._n_nodes, *step[1:])
        above = parent.steps[-1].node if parent.steps else -1
        text = self._engine.vocab.text(step.token)
        self._nodes.append(BeamNode(node.node, above, step.token, text, step.logprob, score, state))
        self._n_nodes += 1
        return node

    def _mark_dropped(self, beam: Hypothesis) -> None:
        last = beam.steps[-1]
        above = beam.steps[-2].node if len(beam.steps) > 1 else -1
        text = self._engine.vocab.text(last.token)
        self._nodes.append(BeamNode(last.node, above, last.token, text, last.logprob, beam.score, "dropped"))

    def _finish(self, hypothesis: Hypothesis) -> None:
        self._finished.append(hypothesis)
        self._finished.sort(key=lambda one: -one.normalized(self._penalty))
        del self._finished[self._width :]

    def _assign(self, chosen: list[tuple[float, Hypothesis, Step]]) -> None:
        """Give each new beam a sequence: the parent's for its first child, a copy for the others."""
        context = self._engine.context
        taken: set[int] = {0}
        parents = {beam.sequence for _, beam, _ in chosen}
        free = [number for number in range(1, 2 * LARGEST_WIDTH + 1) if number not in parents]
        beams: list[Hypothesis] = []
        for score, beam, step in chosen:
            sequence = beam.sequence
            if sequence in taken:
                sequence = free.pop(0)
                context.copy_sequence(beam.sequence, sequence)
            taken.add(sequence)
            numbered = self._number(beam, step, score, "alive")
            beams.append(Hypothesis((*beam.steps, numbered), score, sequence))
        grown = {beam.steps[-1].node for _, beam, _ in chosen if beam.steps}
        for beam in self.beams:
            if beam.steps[-1].node not in grown:
                self._mark_dropped(beam)
            if beam.sequence not in taken:
                context.remove_sequence(beam.sequence)
        self.beams = beams


class _Teller:
    """Turns agreed steps into `Token` events, each once."""

    def __init__(
        self, engine: Engine, job: int, params: SamplingParams, clock: Clock, outcome: Outcome
    ) -> None:
        self._engine, self._job, self._clock, self._outcome = engine, job, clock, outcome
        self._text = IncrementalText(params.stop)
        self._told = 0

    @property
    def stopped(self) -> bool:
        return self._text.stopped is not None

    def tell(self, steps: tuple[Step, ...]) -> Iterator[AnyEvent]:
        for step in steps[self._told :]:
            if self.stopped:
                self._outcome.finish_reason = "stop"
                return
            shown = self._text.feed(self._engine.vocab.piece(step.token))
            self._outcome.token_ids.append(step.token)
            self._outcome.text.append(shown)
            self._told += 1
            yield Token(
                job=self._job,
                seq=self._told - 1,
                id=step.token,
                text=shown,
                logprob=step.logprob,
                elapsed_ms=self._clock.token(),
                entropy=step.entropy,
                rank=step.rank,
            )

    def finish(self) -> None:
        self._outcome.tail = self._text.finish()
        self._outcome.text.append(self._outcome.tail)
