"""Getting models from a hub that speaks the protocol of huggingface.co: what is asked, what comes back.

Each is a job (`engine.protocol.jobs`): a question to the network has a process of its own, too.
"""

from typing import ClassVar, Literal

from msgspec import Struct

HubFormat = Literal["gguf", "safetensors", ""]
HubOrder = Literal["downloads", "likes", "last_modified", "trending_score"]
VariantKind = Literal["gguf", "safetensors", "projector"]
Fit = Literal["fits", "tight", "too_large", "unknown"]

SPEED_MARK = " · "
"""Between the file and the speed in the label of a download; a label without it means that nothing
arrives.
"""


class HubSearch(Struct, frozen=True, tag="hub_search"):
    """Find repositories. `endpoint`: the hub's address. Ends with `HubFound`."""

    endpoint: str
    text: str
    format: HubFormat = "gguf"
    order: HubOrder = "downloads"
    limit: int = 50


class HubFiles(Struct, frozen=True, tag="hub_files"):
    """What a repository offers that Lathe can use. `folder`: where it would be put. Ends with `HubListed`."""

    endpoint: str
    repo: str
    folder: str
    revision: str = ""


class DownloadJob(Struct, frozen=True, tag="download"):
    """Fetch files of a repository into `folder`.

    `files`: paths or patterns such as ``*Q4_K_M*``; the files they choose are the `HubVariant`s that match,
    whole. `revision` "": the main branch. No key is in here: the process reads it from the keyring.
    """

    pausable: ClassVar[bool] = True

    endpoint: str
    repo: str
    files: tuple[str, ...]
    folder: str
    revision: str = ""


class HubModel(Struct, frozen=True):
    """A repository as a search shows it. `updated`: ISO date or "". `gated`: its owner has to let people
    in.
    """

    repo: str
    downloads: int
    likes: int
    license: str
    updated: str
    gated: bool
    parameters: int = 0


class HubFound(Struct, frozen=True, tag="hub_found"):
    """In the order that was asked for; `more`: there are others beyond the limit."""

    models: tuple[HubModel, ...]
    more: bool = False


class HubFile(Struct, frozen=True):
    """`sha256` of the content where the hub keeps it as a large file, else `git_oid` of the blob."""

    path: str
    size: int
    sha256: str = ""
    git_oid: str = ""


class HubVariant(Struct, frozen=True):
    """What is fetched together: one quantization with its parts, or a safetensors model with its tokenizer.

    `need_bytes`: memory for weights, KV cache of `n_ctx` tokens and buffers; 0 where that is not known.
    `present_bytes`: how much of it is in the folder already.
    """

    label: str
    kind: VariantKind
    files: tuple[HubFile, ...]
    size_bytes: int
    need_bytes: int = 0
    n_ctx: int = 0
    fit: Fit = "unknown"
    present_bytes: int = 0


class HubListed(Struct, frozen=True, tag="hub_listed"):
    """The variants of a repository at a commit, smallest first. `left_out`: files that are never fetched."""

    repo: str
    revision: str
    license: str
    gated: bool
    architecture: str
    parameters: int
    context_length: int
    variants: tuple[HubVariant, ...]
    left_out: int
    free_bytes: int
    base_models: tuple[str, ...] = ()
    memory_bytes: int = 0
    """Memory of this machine, all of it."""


class Downloaded(Struct, frozen=True, tag="downloaded"):
    """All files are there and checked. `path`: what to load, a file or a folder."""

    path: str
    repo: str
    revision: str
    license: str
    files: tuple[str, ...]
    size_bytes: int
    seconds: float
