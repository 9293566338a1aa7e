"""An importance matrix from a text: how strongly each input of each weight is driven."""

import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from engine.backends.llama_cpp.matmul_tap import MatmulTap
from engine.backends.llama_cpp.text_chunks import ChunkReader
from engine.errors import UserError
from engine.output import check_target, writing
from engine.protocol.jobs import FileWritten, ImatrixJob, JobEvent, JobStep
from engine.quantize.imatrix_file import write_imatrix
from engine.quantize.imatrix_values import Entry, Imatrix
from engine.text.file import read_text_file


def run_imatrix(job: ImatrixJob, tell: Callable[[JobEvent], None]) -> FileWritten:
    """Raises `UserError` model.*, text.too_short, file.*, output.*."""
    started = time.perf_counter()
    source, text, target = Path(job.source), Path(job.text), Path(job.target)
    check_target(target, (source, text))
    content = read_text_file(text)
    imatrix = measure(source, content, job, tell, text.name)
    with writing(target) as part:
        write_imatrix(part, imatrix)
    return FileWritten(str(target), target.stat().st_size, 0.0, time.perf_counter() - started)


def measure(
    source: Path, text: str, job: ImatrixJob, tell: Callable[[JobEvent], None], dataset: str = ""
) -> Imatrix:
    """Reads the text with the model. Raises `UserError` as above."""
    tap = MatmulTap()
    with ChunkReader(source, job.n_ctx, n_threads=job.n_threads, tap=tap) as reader:
        tokens = reader.tokenize(text, job.n_tokens)
        began = time.perf_counter()
        for start in range(0, len(tokens), job.n_ctx):
            tap.begin()
            # Scores of every token: without them the last layer sees the last token only.
            reader.read(tokens[start : start + job.n_ctx], 0)
            tap.check()
            done = start + job.n_ctx
            spent = time.perf_counter() - began
            left = spent / done * (len(tokens) - done)
            tell(JobStep(done / len(tokens), f"{done} of {len(tokens)} tokens", left))
    entries = {
        name: Entry(one.sums.astype(np.float32), one.counts.astype(np.float32))
        for name, one in tap.squares.items()
    }
    if not entries:
        raise UserError("inspect.missing", what="matrix products in its layers")
    return Imatrix(entries, (dataset,) if dataset else (), len(tokens) // job.n_ctx, job.n_ctx)
