"""The job that looks for models, and what it finds. Entries travel undecoded: both ends take them apart a
slice at a time, and what they are belongs to `engine.library.entries`.
"""

from msgspec import Raw, Struct

NO_ENTRIES = Raw(b"[]")


class ListModelsJob(Struct, frozen=True, tag="list_models"):
    """Every model in the usual places, in `folders`, and in the home of the process.

    `known`: the entries that the asker has from a scan before, as JSON; only what differs from them is told.
    """

    folders: tuple[str, ...]
    known: Raw = NO_ENTRIES


class ModelsListed(Struct, frozen=True, tag="models"):
    """Some entries, as JSON. `anew`: the first ones of a list that replaces all that was told before;
    otherwise they come after what was told. `left`: how many entries of the same list follow.
    """

    entries: Raw
    anew: bool = False
    left: int = 0


class ModelsScanned(Struct, frozen=True, tag="scanned"):
    """Everything was looked at."""

    seconds: float
