"""Which files of a repository Lathe takes, what they belong to, and where they may be put.

Names come from a server: nothing here trusts them.
"""

import re
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from msgspec.structs import replace

from engine.errors import UserError
from engine.library.shards import shard_of
from engine.protocol.hub import HubFile, HubVariant, VariantKind

_REPO = re.compile(r"[A-Za-z0-9][\w.-]{0,95}(?:/[A-Za-z0-9_][\w.-]{0,95})?", re.ASCII)
_REVISION = re.compile(r"[\w][\w./-]{0,200}", re.ASCII)
_SMALL_FILES = frozenset(
    (
        *("config.json", "generation_config.json", "adapter_config.json", "model.safetensors.index.json"),
        *("tokenizer.json", "tokenizer_config.json", "tokenizer.model", "special_tokens_map.json"),
        *("added_tokens.json", "vocab.json", "merges.txt", "vocab.txt", "spiece.model"),
        *("sentencepiece.bpe.model", "chat_template.jinja", "chat_template.json"),
        *("preprocessor_config.json", "processor_config.json"),
    )
)
"""Configurations and tokenizers. Everything else that is no weights stays where it is: pickles, programs."""
_MAX_SMALL = 256 << 20
_QUANTIZATION = re.compile(
    r"(?:^|[-._])((?:UD-)?(?:IQ[1-6]_[A-Z0-9_]+|T?Q[1-8]_[A-Z0-9]+(?:_[A-Z0-9]+)*|MXFP4(?:_MOE)?|BF16|F16|FP16|F32|FP32|F64))(?=$|[-._])",
    re.IGNORECASE,
)
_RESERVED = frozenset(
    ("con", "prn", "aux", "nul", *(f"com{n}" for n in range(1, 10)), *(f"lpt{n}" for n in range(1, 10)))
)
_FORBIDDEN = re.compile(r'[\x00-\x1f\\:*?"<>|]')
SAFETENSORS_LABEL = "safetensors"


def check_repo(name: str) -> str:
    """“org/name”, also taken out of a repository's address. Raises `UserError` hub.name."""
    text = name.strip()
    match = re.match(r"https?://[^/]+/(.+)$", text)
    if match is not None:
        text = "/".join(match[1].split("?")[0].split("/")[:2])
    if not _REPO.fullmatch(text) or ".." in text or "--" in text or text.endswith((".git", ".", "-")):
        raise UserError("hub.name", name=name[:120])
    return text


def check_revision(name: str) -> str:
    """A branch, tag or commit; "" is the main branch. Raises `UserError` hub.no_revision."""
    if name and (not _REVISION.fullmatch(name) or ".." in name):
        raise UserError("hub.no_revision", repo="", revision=name[:120])
    return name


def folder_of(home: Path, repo: str) -> Path:
    """Where a repository's files go: HOME/models/<org>/<name>."""
    return home.joinpath("models", *repo.split("/"))


def is_safe(path: str) -> bool:
    """Whether a file may be written under this name below a folder, on every system."""
    parts = PurePosixPath(path).parts
    return (
        0 < len(path) <= 240
        and path == "/".join(parts)
        and not path.startswith("/")
        and all(_is_safe_part(part) for part in parts)
    )


def _is_safe_part(part: str) -> bool:
    bad = part in {"", ".", ".."} or part.startswith(".") or part.endswith((" ", "."))
    return not bad and not _FORBIDDEN.search(part) and part.split(".", maxsplit=1)[0].lower() not in _RESERVED


def is_wanted(file: HubFile) -> bool:
    """Weights in GGUF or safetensors, and the configuration and tokenizer that go with them."""
    if not is_safe(file.path) or file.size < 0:
        return False
    name = PurePosixPath(file.path).name.lower()
    if name.endswith((".gguf", ".safetensors")):
        return True
    return (name in _SMALL_FILES or name.endswith(".safetensors.index.json")) and file.size <= _MAX_SMALL


def quantization_of(path: str) -> str:
    """The quantization that a file's or its folder's name tells, in llama.cpp's spelling; "" for none."""
    for part in (PurePosixPath(path).stem, *reversed(PurePosixPath(path).parts[:-1])):
        found = _QUANTIZATION.findall(part)
        if found:
            return str(found[-1]).upper().replace("FP16", "F16").replace("FP32", "F32")
    return ""


def variants_of(files: Sequence[HubFile]) -> list[HubVariant]:
    """What can be fetched, smallest first: each quantization with all its parts, and the safetensors set."""
    wanted = [file for file in files if is_wanted(file)]
    groups: dict[tuple[VariantKind, str], list[HubFile]] = {}
    for file in wanted:
        if file.path.lower().endswith(".gguf"):
            groups.setdefault(_gguf_group(file.path), []).append(file)
    weights = [file for file in wanted if _is_top_safetensors(file.path)]
    made = [_variant(kind, base, group) for (kind, base), group in groups.items()]
    if weights:
        small = [f for f in wanted if "/" not in f.path and not f.path.lower().endswith(_WEIGHTS)]
        made.append(_variant("safetensors", SAFETENSORS_LABEL, [*weights, *small]))
    return sorted(_distinct(made), key=lambda each: (each.kind == "projector", each.size_bytes, each.label))


_WEIGHTS = (".gguf", ".safetensors")


def _is_top_safetensors(path: str) -> bool:
    """Weights in sub-folders are copies in other forms (ONNX, original checkpoints)."""
    return path.lower().endswith(".safetensors") and "/" not in path


def _gguf_group(path: str) -> tuple[VariantKind, str]:
    name = PurePosixPath(path)
    shard = shard_of(Path(name.name))
    base = str(name.with_name(shard.base)) if shard is not None else str(name.with_suffix(""))
    return ("projector" if name.name.lower().startswith("mmproj") else "gguf"), base


def _variant(kind: VariantKind, base: str, files: list[HubFile]) -> HubVariant:
    label = PurePosixPath(base).name
    if kind == "gguf":
        label = quantization_of(files[0].path) or label
    ordered = tuple(sorted(files, key=lambda file: file.path))
    return HubVariant(label, kind, ordered, sum(file.size for file in files))


def _distinct(variants: list[HubVariant]) -> list[HubVariant]:
    """Two files of one quantization are called by their file names."""
    labels = [(each.kind, each.label) for each in variants]
    return [
        replace(each, label=PurePosixPath(each.files[0].path).stem)
        if labels.count((each.kind, each.label)) > 1
        else each
        for each in variants
    ]
