"""What the palette shows, and where it comes from."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class PaletteItem:
    """One row. `positions` index the letters of `title` that matched; `run` is what choosing it does."""

    id: str
    title: str
    run: Callable[[], object]
    subtitle: str = ""
    icon: str = ""
    keys: str = ""
    group: str = ""
    enabled: bool = True
    positions: tuple[int, ...] = ()


Deliver = Callable[[list[PaletteItem]], None]


class PaletteProvider(Protocol):
    """A source of rows: commands, chats, models."""

    @property
    def placeholder(self) -> str:
        """What the empty field says; translated."""

    @property
    def nothing_found(self) -> str:
        """What is shown when no row matches; translated."""

    def search(self, query: str, deliver: Deliver) -> None:
        """Find rows, best first, and hand them over on the GUI thread, at once or later.

        An answer that comes after the next question is dropped by the palette.
        """
