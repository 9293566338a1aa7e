"""What the KV cache holds, and how a new prompt reuses it.

Same seed, same tokens asks for care here. llama.cpp's kernels for one token and for several differ in the
last bits, so a token that is read again must be read the way it was read before. Three rules follow:

- the scores at the end of a prompt are kept, so that a reply to the same prompt starts from the very same
  numbers;
- prompt tokens are never read singly: a reused prefix is shortened by one rather than leave a single token;
- what was generated stays in the cache as it was generated, in memory and in the saved state.
"""

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np

from engine.backends.llama_cpp.context import ContextFull, LlamaContext, Logits
from engine.errors import Cancelled

_KEPT_ENDS = 4


class StateMeta(msgspec.Struct):
    """Beside a state file: whether it fits, which tokens it holds, and the scores at the ends of prompts."""

    key: str
    tokens: list[int]
    ends: dict[int, bytes]
    singles: list[tuple[int, int]]


class ReadProgress(NamedTuple):
    """Prompt tokens read of those that had to be, and the seconds it took so far."""

    done: int
    total: int
    seconds: float


def common_prefix(first: Sequence[int], second: Sequence[int]) -> int:
    """Length of the longest common beginning."""
    limit = min(len(first), len(second))
    if first[:limit] == second[:limit]:
        return limit
    return next(index for index in range(limit) if first[index] != second[index])


class Conversation:
    """Sequence 0 of a context and the knowledge of what is in it.

    `singles` are the stretches (start, end) that were decoded token by token; the rest was read in batches.
    """

    def __init__(self, context: LlamaContext, key: str) -> None:
        self._context = context
        self._key = _digest(key)
        self.tokens: list[int] = []
        self.singles: list[tuple[int, int]] = []
        self._ends: dict[int, Logits] = {}
        self.path = ""
        self.saved_length = 0

    def read(self, prompt: list[int], cancelled: Callable[[], bool]) -> Iterator[ReadProgress]:
        """Make the cache hold exactly `prompt`, reusing what it can; `end_logits()` is then its end.

        Raises `ContextFull` and `Cancelled`; the cache is consistent after either.
        """
        reused = self._reuse(prompt)
        total = len(prompt) - reused
        start = time.perf_counter()
        position = reused
        while position < len(prompt):
            size = self._chunk(len(prompt) - position)
            self._append(prompt[position : position + size], cancelled)
            position += size
            yield ReadProgress(position - reused, total, time.perf_counter() - start)
        if total:
            self._remember_end()

    def reusable(self, prompt: list[int]) -> int:
        """How many tokens of `prompt` would not have to be read again."""
        shared = common_prefix(self.tokens, prompt)
        if shared == len(prompt):
            return shared if shared in self._ends else max(0, shared - 2)
        return max(0, shared - 1) if len(prompt) - shared == 1 else shared

    def end_logits(self) -> Logits:
        """Scores after the last token of the prompt just read."""
        return self._ends[len(self.tokens)]

    def append_generated(self, token: int) -> None:
        """Decode one token. Raises `ContextFull`."""
        self._context.decode_one(token)
        self.tokens.append(token)
        end = len(self.tokens)
        if self.singles and self.singles[-1][1] == end - 1:
            self.singles[-1] = (self.singles[-1][0], end)
        else:
            self.singles.append((end - 1, end))

    def evaluation(self) -> tuple[int, ...]:
        """How the tokens were read: positive lengths in batches, negative ones token by token."""
        lengths: list[int] = []
        position = 0
        for start, end in self.singles:
            if start > position:
                lengths.append(start - position)
            lengths.append(start - end)
            position = end
        if len(self.tokens) > position:
            lengths.append(len(self.tokens) - position)
        return tuple(lengths)

    def forget(self) -> None:
        """Empty the cache."""
        self._context.clear()
        self._set_length(0)

    def begin_anew(self, key: str) -> None:
        """The model is another one from now on, as with other adapters: what was read is of no use."""
        self._key = _digest(key)
        self.forget()
        self.path, self.saved_length = "", 0

    def truncate(self, length: int) -> None:
        """Cut the end off; where the cache cannot, everything goes."""
        if length < len(self.tokens):
            if length > 0 and self._context.truncate(length):
                self._set_length(length)
            else:
                self.forget()

    def move_to(self, context: LlamaContext) -> None:
        """Go on in another context of the same kind; what does not fit there is read again when needed."""
        moved = bool(self.tokens) and context.take_over(self._context)
        self._context = context
        if not moved:
            self._set_length(0)

    # -- files

    def save(self, path: str) -> int:
        """Write the cache to `path` and its description beside it, atomically. Bytes written; `OSError`."""
        target = Path(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        partial = target.with_name(target.name + ".part")
        meta = StateMeta(
            self._key,
            self.tokens,
            {length: logits.tobytes() for length, logits in self._ends.items()},
            self.singles,
        )
        try:
            size = self._context.save(str(partial), self.tokens)
            target.unlink(missing_ok=True)
            _meta_path(target).write_bytes(msgspec.msgpack.encode(meta))
            partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)
        self.path, self.saved_length = path, len(self.tokens)
        return size

    def restore_if_better(self, path: str, prompt: list[int]) -> bool:
        """Load a saved cache when it spares more reading than the present one."""
        target = Path(path)
        try:
            meta = msgspec.msgpack.decode(_meta_path(target).read_bytes(), type=StateMeta)
        except (OSError, msgspec.DecodeError, msgspec.ValidationError):
            return False
        if meta.key != self._key or len(meta.tokens) > self._context.n_ctx or not target.exists():
            return False
        if common_prefix(meta.tokens, prompt) <= self.reusable(prompt):
            return False
        tokens = self._context.restore(path)
        if tokens != meta.tokens:
            self.forget()
            return False
        self.tokens = tokens
        self.singles = [(start, end) for start, end in meta.singles]
        self._ends = {length: np.frombuffer(data, np.float32) for length, data in meta.ends.items()}
        self.path, self.saved_length = path, len(tokens)
        return True

    # -- inside

    def _reuse(self, prompt: list[int]) -> int:
        keep = self.reusable(prompt)
        self.truncate(keep)
        # A cache that could not be cut is empty now.
        return len(self.tokens)

    def _chunk(self, left: int) -> int:
        limit = self._context.chunk
        if left <= limit:
            return left
        return limit - 1 if left - limit == 1 and limit > 2 else limit

    def _append(self, tokens: list[int], cancelled: Callable[[], bool]) -> None:
        before = len(self.tokens)
        try:
            self._context.decode(tokens, cancelled)
        except (Cancelled, ContextFull):
            # Part of the batch may be in the cache already.
            if not self._context.truncate(before):
                self.forget()
            raise
        self.tokens += tokens

    def _remember_end(self) -> None:
        self._ends[len(self.tokens)] = self._context.logits().copy()
        while len(self._ends) > _KEPT_ENDS:
            del self._ends[min(self._ends)]

    def _set_length(self, length: int) -> None:
        del self.tokens[length:]
        self.singles = [(start, min(end, length)) for start, end in self.singles if start < length]
        self._ends = {end: logits for end, logits in self._ends.items() if end <= length}


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:32]


def _meta_path(state: Path) -> Path:
    return state.with_name(state.name + ".meta")
