"""What a repository offers: one request for all names, sizes and hashes, before any file is fetched."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import psutil
from msgspec.structs import replace

from engine.errors import UserError
from engine.hub.connection import Connection
from engine.hub.fit import with_fit
from engine.hub.names import check_repo, check_revision, is_wanted, variants_of
from engine.hub.search import license_of, parameters_of
from engine.output import part_path
from engine.protocol.hub import HubFile, HubFiles, HubListed, HubVariant
from engine.protocol.jobs import JobEvent

if TYPE_CHECKING:
    from huggingface_hub import ModelInfo

Tell = Callable[[JobEvent], None]
_MAX_FILES = 20_000


class Repository(NamedTuple):
    """A repository at a commit, as the hub describes it."""

    repo: str
    revision: str
    files: tuple[HubFile, ...]
    variants: tuple[HubVariant, ...]
    info: "ModelInfo"

    @property
    def license(self) -> str:
        return license_of(self.info)

    @property
    def base_models(self) -> tuple[str, ...]:
        """What its card says it was made from."""
        named = getattr(self.info.card_data, "base_model", None)
        listed = [named] if isinstance(named, str) else named if isinstance(named, list) else []
        return tuple(str(each)[:200] for each in listed[:16])


def run_files(job: HubFiles, _tell: Tell) -> HubListed:
    """Raises `UserError` hub.*."""
    connection = Connection(job.endpoint, "hub_files", job.repo)
    found = read_repository(connection, job.repo, job.revision)
    folder = Path(job.folder)
    gguf = found.info.gguf if isinstance(found.info.gguf, dict) else {}
    variants = with_fit(connection, found.repo, found.revision, list(found.variants))
    return HubListed(
        repo=found.repo,
        revision=found.revision,
        license=found.license,
        gated=bool(found.info.gated),
        architecture=str(gguf.get("architecture") or _architecture(found.info))[:80],
        parameters=parameters_of(found.info),
        context_length=_whole(gguf.get("context_length")),
        variants=tuple(replace(each, present_bytes=present_bytes(folder, each.files)) for each in variants),
        left_out=sum(1 for file in found.files if not is_wanted(file)),
        free_bytes=free_bytes(folder),
        base_models=found.base_models,
        memory_bytes=psutil.virtual_memory().total,
    )


def read_repository(connection: Connection, repo: str, revision: str) -> Repository:
    """Raises `UserError` hub.*."""
    name, wanted = check_repo(repo), check_revision(revision)
    with connection.asking(name, wanted or "main"):
        info = connection.api.model_info(name, revision=wanted or None, files_metadata=True, timeout=20)
        files = tuple(_file(each) for each in (info.siblings or [])[:_MAX_FILES])
    commit = str(info.sha or "")
    if not commit.isalnum() or len(commit) > 64:
        raise UserError("hub.answer", host=connection.host)
    return Repository(name, commit, files, tuple(variants_of(files)), info)


def present_bytes(folder: Path, files: Sequence[HubFile]) -> int:
    """How much of these files is there, complete or as a part that can be gone on with."""
    return sum(min(max(_size(folder / f.path), _size(part_path(folder / f.path))), f.size) for f in files)


def free_bytes(folder: Path) -> int:
    """Of the disk on which a folder is or would be."""
    while not folder.is_dir() and folder != folder.parent:
        folder = folder.parent
    return shutil.disk_usage(folder).free


def _file(sibling: object) -> HubFile:
    name, size = getattr(sibling, "rfilename", ""), getattr(sibling, "size", None)
    lfs = getattr(sibling, "lfs", None)
    return HubFile(
        path=str(name),
        size=size if type(size) is int else -1,
        sha256=str(lfs.sha256).lower() if lfs is not None else "",
        git_oid=str(getattr(sibling, "blob_id", None) or "").lower(),
    )


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _architecture(info: "ModelInfo") -> str:
    config = info.config if isinstance(info.config, dict) else {}
    return str(config.get("model_type") or "")


def _whole(value: object) -> int:
    return value if type(value) is int and 0 < value < 1 << 40 else 0
