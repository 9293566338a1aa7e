"""Which of a repository's variants are meant."""

from collections.abc import Sequence
from fnmatch import fnmatchcase

from engine.errors import UserError
from engine.hub.listing import Repository
from engine.protocol.hub import HubFile, HubVariant

_SHOWN = 12


def chosen_variants(found: Repository, patterns: Sequence[str]) -> list[HubVariant]:
    """The variants with a file or a label that a pattern matches, whole; without patterns the only one.

    Raises `UserError` hub.no_files, hub.choose_file, hub.no_match.
    """
    if not found.variants:
        raise UserError("hub.no_files", repo=found.repo)
    if not patterns:
        models = [each for each in found.variants if each.kind != "projector"]
        if len(models) != 1:
            raise UserError("hub.choose_file", repo=found.repo, count=len(models), names=_names(found))
        return models
    chosen = [each for each in found.variants if any(_matches(each, pattern) for pattern in patterns)]
    if not chosen:
        raise UserError(
            "hub.no_match", repo=found.repo, pattern=", ".join(patterns)[:200], names=_names(found)
        )
    return chosen


def files_of(variants: Sequence[HubVariant]) -> list[HubFile]:
    """Each file once, small ones first: a configuration that cannot be had should not cost gigabytes."""
    unique = {file.path: file for variant in variants for file in variant.files}
    return sorted(unique.values(), key=lambda file: (file.size > 64 << 20, file.path))


def _matches(variant: HubVariant, pattern: str) -> bool:
    wanted = pattern.casefold()
    names = [variant.label, *(file.path for file in variant.files)]
    names += [file.path.rpartition("/")[2] for file in variant.files]
    return any(fnmatchcase(name.casefold(), wanted) for name in names)


def _names(found: Repository) -> str:
    shown = [f"{each.label} ({_size(each.size_bytes)})" for each in found.variants[:_SHOWN]]
    rest = len(found.variants) - len(shown)
    return ", ".join(shown) + (f" and {rest} more" if rest > 0 else "")


def _size(count: int) -> str:
    return f"{count / 2**30:.1f} GiB" if count >= 1 << 30 else f"{count / 2**20:.0f} MiB"
