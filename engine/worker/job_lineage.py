"""Every job that makes a file leaves a line about what it was made from."""

import logging
import os
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec

from engine.library.lineage import Ancestor, LineageStep, add_step, ancestor
from engine.protocol.hub import Downloaded
from engine.protocol.jobs import AnyJob, FileWritten, JobEnd

_log = logging.getLogger(__name__)
_ROLES = {
    "source": "model",
    "base": "model",
    "model": "model",
    "paths": "model",
    "sources": "model",
    "adapter": "adapter",
    "adapters": "adapter",
    "imatrix": "imatrix",
    "text": "text",
    "data": "data",
}
"""Fields of jobs that name files, and what these are in the new one."""
_NOT_TOLD = frozenset({"target", "out", "folder", "n_threads", "plan_only", "names"})


def note_lineage(job: AnyJob, end: JobEnd) -> None:
    """Nothing where no file was written; a line that cannot be written is no failure of the job."""
    home = os.environ.get("LATHE_HOME")
    if not home or not isinstance(end, FileWritten | Downloaded):
        return
    try:
        add_step(Path(home), lineage_of(job, end))
    except OSError as error:
        _log.warning("the lineage of %s was not written: %s", end.path, error)


def lineage_of(job: AnyJob, end: FileWritten | Downloaded) -> LineageStep:
    """By the fields of the job: files that exist are sources, the rest are settings."""
    sources = tuple(_sources(job))
    if isinstance(end, Downloaded):
        sources = (Ancestor("hub", end.repo, ""),)
    used = {field.name for field in msgspec.structs.fields(job) if field.name in _ROLES}
    settings = {
        field.encode_name: _written(getattr(job, field.name))
        for field in msgspec.structs.fields(job)
        if field.name not in used | _NOT_TOLD and getattr(job, field.name) != field.default
    }
    return LineageStep(
        operation=str(type(job).__struct_config__.tag),
        target=ancestor(Path(end.path)),
        sources=sources,
        settings={name: text for name, text in settings.items() if text},
        made_ms=time.time_ns() // 1_000_000,
    )


def _sources(job: AnyJob) -> Iterator[Ancestor]:
    for field in msgspec.structs.fields(job):
        value = getattr(job, field.name)
        role = _ROLES.get(field.name)
        if role is None:
            continue
        for text in (value,) if isinstance(value, str) else value if isinstance(value, tuple) else ():
            if isinstance(text, str) and text and Path(text).exists():
                yield ancestor(Path(text), role)


def _written(value: object) -> str:
    if isinstance(value, str) and Path(value).is_absolute():
        return Path(value).name  # a setting is read by people; files that matter are sources
    if isinstance(value, str | int | float | bool):
        return str(value)
    return msgspec.json.encode(value).decode()[:500]
