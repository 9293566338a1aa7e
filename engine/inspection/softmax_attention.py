"""Attention of one layer in float32, with the weights kept: softmax(scale · Q Kᵀ + mask) V.

What llama.cpp's `GGML_OP_FLASH_ATTN_EXT` means: grouped-query attention, ALiBi slopes on the mask (Press et
al. 2022), capped scores (Gemma 2) and attention sinks (a score per head that only enters the denominator).
The work goes block by block, so a head's weights are in the processor's cache when they are stored.
"""

from collections import deque
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Protocol

from engine.inspection.attention_inputs import Attention, HeadBlock, Task, Weights
from engine.inspection.attention_kernel import Kernel, kernel_library
from engine.inspection.attention_numpy import NumpyAttention


class Store(Protocol):
    """Where weights go. Called from several threads."""

    def rows(self, head: int, first: int, count: int) -> Weights | None:
        """`[count, key]` to be filled with the weights of queries `first`…, in single or half precision;
        None: nobody wants them.
        """
        ...

    def filled(self, head: int, first: int, rows: Weights) -> None:
        """`rows` holds them now."""
        ...


class SoftmaxAttention:
    """Computes `Attention`s with the threads it is given. Use it as a context manager."""

    def __init__(self, n_threads: int) -> None:
        library = kernel_library()
        self._plain = NumpyAttention()
        self._way = self._plain if library is None else Kernel(library)
        # numpy's matrix products bring threads of their own.
        self._helpers = 0 if library is None else max(0, n_threads - 1)
        self._pool = ThreadPoolExecutor(max(1, self._helpers), "attention")

    def __enter__(self) -> "SoftmaxAttention":
        return self

    def __exit__(self, *_error: object) -> None:
        self._pool.shutdown()

    def run(self, inputs: Attention, store: Store, shift: int = 0) -> None:
        """Fills `inputs.out` and hands the weights to `store`, whose first query is number `shift` of it."""
        blocks = inputs.mask.blocks
        self._each(self._way.begin(inputs, max((block.last for block in blocks), default=0)))

        def one(job: HeadBlock) -> None:
            first, count = shift + job.block.start, job.block.stop - job.block.start
            rows = store.rows(job.head, first, count)
            if job.block.last > job.block.first:
                self._way.attend(job, rows)
            else:  # queries that see nothing
                inputs.out[job.head, job.block.start : job.block.stop] = 0
                if rows is not None:
                    rows[:] = 0
            if rows is not None:
                store.filled(job.head, first, rows)

        # The longest first, so that no thread is left with one when the others are done.
        heads = range(len(inputs.queries))
        jobs = [HeadBlock(head, block) for block in reversed(blocks) for head in heads]
        self._each(partial(one, job) for job in jobs)

    def _each(self, tasks: Iterable[Task]) -> None:
        """All tasks, by this thread and the helpers. Raises what one of them raised."""
        left = deque(tasks)

        def take() -> None:
            while left:
                try:
                    task = left.popleft()
                except IndexError:
                    return
                task()

        helping = [self._pool.submit(take) for _ in range(self._helpers)]
        try:
            take()
        finally:
            left.clear()
            for one in helping:
                one.result()
