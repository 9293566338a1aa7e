"""Continuous batching: several requests at once on one model, each in a sequence of the shared cache.

Every step decodes one token of each reply that is being written, and as much of the prompts that wait as the
batch still holds; replies begin and end at any step. A finished sequence stays in the cache, so that a
follow-up reads only what is new; what several prompts share is read once and copied (cells are shared).

The results of llama.cpp's kernels differ in the last bits with the size of a batch: under load, the same seed
can give another reply. Alone it does not.
"""

import itertools
import queue
import threading
from typing import NamedTuple

import msgspec

from engine.backends.backend import Control
from engine.backends.llama_cpp.context import ContextFull
from engine.backends.llama_cpp.distribution import Distribution
from engine.backends.llama_cpp.loading import N_SEQUENCES, Loaded
from engine.backends.llama_cpp.native import library
from engine.backends.llama_cpp.prompts import PromptBuilder
from engine.backends.llama_cpp.slots import Reply, Slot, Task, Tell
from engine.errors import Cancelled, UserError
from engine.protocol.events import Failed, GenerationDone, PromptReady
from engine.protocol.values import ChatRequest, Provenance
from engine.text.hashing import prompt_hash

MOST_SLOTS = N_SEQUENCES - 1
_STOP = None


class Load(NamedTuple):
    """What is going on: replies being written, prompts being read, requests that wait for a slot."""

    writing: int
    reading: int
    waiting: int


class BatchEngine:
    """Serves requests until `close`. `submit` may be called from any thread; news come on the engine's
    own.
    """

    def __init__(self, loaded: Loaded, n_slots: int) -> None:
        self._loaded = loaded
        self._context = loaded.context
        self._vocab = loaded.model.vocab
        self._builder = PromptBuilder(self._vocab, loaded.model.chat_template(), loaded.context.n_ctx)
        self._distribution = Distribution(self._vocab)
        self._slots = [Slot(sequence) for sequence in range(max(1, min(n_slots, MOST_SLOTS)))]
        self._batch = library().llama_batch_init(loaded.context.chunk, 0, 1)
        self._inbox: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
        self._waiting: list[Task] = []
        self._numbers = itertools.count(1)
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="batching", daemon=True)
        self._thread.start()

    def submit(self, job: int, request: ChatRequest, tell: Tell, control: Control) -> None:
        """`tell` gets `PromptReady`, a `Token` each, and `GenerationDone` or `Failed` last."""
        self._inbox.put(Task(job, request, tell, control))

    def load(self) -> Load:
        """For display; from any thread."""
        busy = [slot for slot in self._slots if slot.reply is not None]
        reading = sum(slot.reading for slot in busy)
        return Load(len(busy) - reading, reading, len(self._waiting) + self._inbox.qsize())

    def kv_usage(self) -> tuple[int, int]:
        """(tokens held, tokens that fit); tokens that sequences share count once for each."""
        return sum(len(slot.tokens) for slot in self._slots), self._context.n_ctx

    def close(self) -> None:
        """End what runs as cancelled, and the thread."""
        self._inbox.put(_STOP)
        self._thread.join()
        library().llama_batch_free(self._batch)

    # -- the loop, on the thread of the engine

    def _run(self) -> None:
        while not self._closing:
            self._take_in()
            self._drop_unwanted()
            if any(slot.reply for slot in self._slots):
                try:
                    self._step()
                except Exception as error:  # noqa: BLE001 - told to those who wait; the next request starts anew
                    self._fail_all(error)
        for task in self._waiting:
            task.tell(_failed(task, Cancelled()))
        for slot in self._slots:
            if slot.reply is not None:
                slot.reply.finish_reason = "cancelled"
                self._end(slot)

    def _take_in(self) -> None:
        idle = not self._waiting and not any(slot.reply for slot in self._slots)
        try:
            while True:
                task = self._inbox.get(block=idle)
                idle = False
                if task is _STOP:
                    self._closing = True
                    return
                self._waiting.append(task)
        except queue.Empty:
            pass
        while self._waiting and (free := [slot for slot in self._slots if slot.reply is None]):
            self._begin(self._waiting.pop(0), free)

    def _begin(self, task: Task, free: list[Slot]) -> None:
        request = task.request
        if task.control.cancelled:
            task.tell(_failed(task, Cancelled()))
            return
        try:
            _check(request)
            built = self._builder.build(
                request.messages, request.prompt, request.sampling.max_tokens, {}, segments=False
            )
            if len(built.tokens) >= self._context.n_ctx:
                raise UserError("context.overflow", needed=len(built.tokens), n_ctx=self._context.n_ctx)
            reply = Reply(task, built, self._vocab, self._context.n_ctx)
        except UserError as error:
            task.tell(_failed(task, error))
            return
        slot = self._choose(free, built.tokens)
        slot.reply, slot.used = reply, next(self._numbers)
        slot.ahead = built.tokens[len(slot.tokens) :]
        reply.clock.read_tokens = len(slot.ahead)
        report = msgspec.structs.replace(built.report, reused=len(slot.tokens))
        task.tell(PromptReady(job=task.job, report=report))

    def _choose(self, free: list[Slot], prompt: list[int]) -> Slot:
        """The free slot that knows most of the prompt, else the one unused for longest; then what another
        slot knows beyond it.
        """
        slot = max(free, key=lambda one: (one.shares(prompt), -one.used))
        if slot.shares(prompt) == 0:
            slot = min(free, key=lambda one: one.used)
        best = max(self._slots, key=lambda one: one.shares(prompt))
        shared = best.shares(prompt)
        if best is not slot and shared > slot.shares(prompt):
            self._context.copy_sequence(best.sequence, slot.sequence)
            slot.tokens = list(best.tokens)
        self._cut(slot, slot.shares(prompt))
        return slot

    def _cut(self, slot: Slot, length: int) -> None:
        if length and self._context.truncate(length, slot.sequence):
            del slot.tokens[length:]
        else:
            self._context.remove_sequence(slot.sequence)
            slot.tokens = []

    def _drop_unwanted(self) -> None:
        for slot in self._slots:
            if slot.reply is not None and slot.reply.task.control.cancelled:
                slot.reply.finish_reason = "cancelled"
                self._end(slot)

    # -- one step

    def _step(self) -> None:
        planned = self._fill()
        try:
            self._context.decode_batch(self._batch)
        except ContextFull:
            self._make_room()
            return
        for slot, count in planned:
            slot.tokens += slot.ahead[:count]
            del slot.ahead[:count]
        for slot, _ in planned:
            if slot.output >= 0 and slot.reply is not None:
                self._grow(slot, slot.reply)

    def _fill(self) -> list[tuple[Slot, int]]:
        """The batch of this step: (slot, how many of its tokens), replies before prompts, oldest first."""
        busy = sorted((slot for slot in self._slots if slot.ahead), key=lambda one: (one.reading, one.used))
        batch, room = self._batch, self._context.chunk
        planned: list[tuple[Slot, int]] = []
        place = 0
        for slot in busy:
            count = min(len(slot.ahead), room - place)
            if count == 0:
                slot.output = -1
                continue
            start = len(slot.tokens)
            for offset, token in enumerate(slot.ahead[:count]):
                batch.token[place] = token
                batch.pos[place] = start + offset
                batch.n_seq_id[place] = 1
                batch.seq_id[place][0] = slot.sequence
                batch.logits[place] = 0
                place += 1
            whole = count == len(slot.ahead)
            slot.output = place - 1 if whole else -1
            batch.logits[place - 1] = int(whole)
            planned.append((slot, count))
        batch.n_tokens = place
        return planned

    def _grow(self, slot: Slot, reply: Reply) -> None:
        clock = reply.clock
        if not clock.count:
            clock.read_seconds = clock.since_start()
        self._distribution.read(self._context.logits(slot.output))
        token = reply.take(self._distribution)
        if token is None:
            self._end(slot)
        else:
            slot.ahead = [token]

    def _make_room(self) -> None:
        """The cache is full: forget what nobody uses, oldest first; else the newest request has to end."""
        kept = [slot for slot in self._slots if slot.reply is None and slot.tokens]
        if kept:
            self._cut(min(kept, key=lambda one: one.used), 0)
            return
        slot = max((one for one in self._slots if one.reply), key=lambda one: one.used)
        reply = slot.reply
        if reply is None:
            return
        if reply.token_ids:
            reply.finish_reason = "context"
            self._end(slot)
        else:
            needed = sum(len(one.tokens) + len(one.ahead) for one in self._slots)
            error = UserError("context.overflow", needed=needed, n_ctx=self._context.n_ctx)
            self._fail(slot, _failed(reply.task, error))
        self._cut(slot, 0)

    # -- ends

    def _end(self, slot: Slot) -> None:
        reply = slot.reply
        if reply is None:
            return
        slot.reply, slot.ahead, slot.output = None, [], -1
        reply.finish()
        reply.task.tell(
            GenerationDone(
                job=reply.task.job,
                tail=reply.tail,
                text="".join(reply.parts),
                finish_reason=reply.finish_reason or "stop",
                metrics=reply.clock.metrics(len(reply.built.tokens)),
                provenance=self._provenance(reply),
                token_ids=tuple(reply.token_ids),
            )
        )

    def _fail(self, slot: Slot, failure: Failed) -> None:
        reply = slot.reply
        slot.reply, slot.ahead, slot.output = None, [], -1
        if reply is not None:
            reply.close()
            reply.task.tell(failure)

    def _fail_all(self, error: Exception) -> None:
        for slot in self._slots:
            if slot.reply is not None:
                self._fail(slot, _failed(slot.reply.task, error))
            self._cut(slot, 0)

    def _provenance(self, reply: Reply) -> Provenance:
        facts = self._loaded.facts
        return Provenance(
            model_name=facts.name,
            model_hash=facts.model_hash,
            engine_build=facts.engine_build,
            template_hash=facts.template_hash,
            prompt_hash=prompt_hash(reply.built.tokens),
            sampling=reply.task.request.sampling,
            seed=reply.seed,
            context=facts.context,
            flash_attention=facts.flash_attention,
        )


def _check(request: ChatRequest) -> None:
    """Batches hold independent replies; what needs the cache for itself is not for here."""
    if request.sampling.decoding in ("beam", "contrastive"):
        raise UserError(
            "params.invalid",
            name="decoding",
            value=request.sampling.decoding,
            reason="several requests share the model",
            minimum="greedy",
            maximum="sample",
        )


def _failed(task: Task, error: Exception) -> Failed:
    if isinstance(error, UserError):
        return Failed.of(task.job, error)
    if isinstance(error, Cancelled):
        return Failed(job=task.job, code="cancelled", message="Cancelled.")
    return Failed(job=task.job, code="", message=f"{type(error).__name__}: {error}")
