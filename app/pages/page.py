"""What the window asks of a page.

The window makes a page when it is first opened, asks once for each of its widgets, and keeps them: switching
pages hides and shows, nothing is built again. All of it happens on the GUI thread.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtWidgets import QWidget


class Page(Protocol):
    """One entry of the rail with what fills the regions of the window."""

    @property
    def title(self) -> str:
        """Translated; read again after a change of language."""

    @property
    def icon_name(self) -> str:
        """A lucide name."""

    def navigator(self) -> QWidget | None:
        """Left: the list of what this page works on."""

    def centre(self) -> QWidget:
        """The work itself. A page with a top bar of its own puts it here (`app.window.top_bar.TopBar`)."""

    def inspector(self) -> QWidget | None:
        """Right: what can be set."""

    def bottom(self) -> QWidget | None:
        """Below: what can be watched."""


@dataclass(frozen=True)
class PageEntry:
    """A page before it exists: enough to draw the rail.

    `title` is called again after a change of language. `create` runs on the first visit; None means that the
    page cannot be made yet, and that the window will be told to try again.
    """

    id: str
    title: Callable[[], str]
    icon_name: str
    create: Callable[[], Page | None]
    below: bool = False
    """Whether the button stands at the lower end of the rail."""
