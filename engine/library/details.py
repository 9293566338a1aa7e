"""Everything about one model that its files and the records of Lathe say. Reads files: not on a GUI
thread.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from engine.errors import UserError
from engine.library.describe import describe
from engine.library.entries import ModelEntry, ModelFacts, Problem, TensorShare
from engine.library.gguf_origin import Origin, read_origin
from engine.library.kv_cache import kv_bytes
from engine.library.lineage import LineageStep, ancestor, chain, descendants, read_steps
from engine.library.shards import read_parts


class ModelDetails(NamedTuple):
    """`facts` and `origin` are None for what is no GGUF file. `made`: what was made from it, newest first."""

    entry: ModelEntry
    facts: ModelFacts | None
    origin: Origin | None
    types: tuple[TensorShare, ...]
    lineage: tuple[LineageStep, ...]
    made: tuple[LineageStep, ...]
    kv_bytes_per_token: int = 0
    problem: Problem | None = None


def read_details(entry: ModelEntry, home: Path, others: Sequence[LineageStep] = ()) -> ModelDetails:
    """Raises nothing for a bad file: `problem` says what is wrong with it, also when it is gone by now.

    `others`: lineage that is not in the file of `home`.
    """
    facts: ModelFacts | None = None
    origin: Origin | None = None
    problem = entry.problem
    path = Path(entry.path)
    if problem is None:
        try:
            if path.suffix.lower() == ".gguf" or path.is_file():
                header, *parts = read_parts(path)
                facts = describe(header, parts)
                origin = read_origin(header.metadata)
            elif not path.exists():
                raise UserError("model.missing", path=path)
        except UserError as error:
            problem = Problem(error.code, dict(error.params))
    steps = [*read_steps(home), *others]
    lineage = chain(steps, path) if steps else ()
    made = descendants(steps, ancestor(path).fingerprint) if steps else ()
    return ModelDetails(
        entry=entry,
        facts=facts,
        origin=origin,
        types=entry.types,
        lineage=lineage,
        made=made,
        kv_bytes_per_token=kv_bytes(facts, 1) if facts is not None else 0,
        problem=problem,
    )
