"""Where a converted model comes from, as its GGUF says it: the keys `general.source.*` and
`general.base_model.*` of the GGUF specification.

Only what is known: the repository that a folder was downloaded from, and what an adapter names as its base.
Paths of this computer are never written.
"""

import re
from pathlib import Path
from typing import Any

from engine.library.hub_origin import read_hub_origin

_REPOSITORY = re.compile(r"^[\w-][\w.-]{0,95}/[\w-][\w.-]{0,95}$")
_HUB = "https://huggingface.co"


def is_repository(name: str) -> bool:
    """Whether it can be `owner/name` of the hub, and is no path that exists here."""
    return bool(_REPOSITORY.match(name)) and not Path(name).exists()


def add_source(writer: Any, folder: Path) -> None:
    """Say which repository the folder was downloaded from, and what that was made from."""
    origin = read_hub_origin(folder)
    if origin is None or not is_repository(origin.repo):
        return
    address = f"{(origin.endpoint or _HUB).rstrip('/')}/{origin.repo}"
    writer.add_source_url(f"{address}/tree/{origin.revision}" if origin.revision else address)
    writer.add_source_repo_url(address)
    writer.add_string("general.source.huggingface.repository", origin.repo)
    if origin.license:
        writer.add_license(origin.license)
    bases = [name for name in origin.base_models if is_repository(name)]
    if bases:
        writer.add_base_model_count(len(bases))
    for number, name in enumerate(bases):
        add_base(writer, number, name)


def add_base(writer: Any, number: int, repository: str) -> None:
    """One of the models that it was made from, by its repository."""
    owner, _, name = repository.partition("/")
    writer.add_base_model_name(number, name)
    writer.add_base_model_organization(number, owner)
    writer.add_base_model_repo_url(number, f"{_HUB}/{repository}")
