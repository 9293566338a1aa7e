"""Where the files of a folder were downloaded from: a small file beside them, for the library's lineage."""

from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

NAME = "lathe-origin.json"
_MAX_BYTES = 4 << 20


class HubOrigin(Struct, frozen=True):
    """A repository at a commit. `files`: SHA-256 by path, of those that were fetched and checked.

    `endpoint`: the hub's address. `base_models`: what the repository says it was made from. `downloaded`:
    ISO time of the last file.
    """

    repo: str
    revision: str
    endpoint: str
    license: str = ""
    base_models: tuple[str, ...] = ()
    downloaded: str = ""
    files: dict[str, str] = {}


_decoder = msgspec.json.Decoder(HubOrigin)


def read_hub_origin(folder: Path) -> HubOrigin | None:
    """None where nothing was downloaded into this folder, or nobody can tell."""
    path = folder / NAME
    try:
        if path.stat().st_size > _MAX_BYTES:
            return None
        return _decoder.decode(path.read_bytes())
    except (OSError, msgspec.DecodeError):
        return None


def write_hub_origin(folder: Path, origin: HubOrigin) -> None:
    """Files of the same repository that were fetched before stay on record. Raises `OSError`."""
    before = read_hub_origin(folder)
    if before is not None and before.repo == origin.repo:
        origin = replace(origin, files=before.files | origin.files)
    part = folder / (NAME + ".part")
    part.write_bytes(msgspec.json.format(msgspec.json.encode(origin), indent=2) + b"\n")
    part.replace(folder / NAME)
