"""Asks the renderer for pictures, one at a time and always for the newest state."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.bridge.background import Background

if TYPE_CHECKING:
    from app.panels.attention.renderer import Rendered, Renderer, RenderRequest


class RenderLoop(QObject):
    """`ask` as often as you like: while a picture is being made one request waits, and newer ones replace it.

    `snapshot` is called on the GUI thread when a picture is about to be made; None means nothing to draw.
    """

    rendered = Signal(object)
    """`Rendered`"""

    def __init__(
        self,
        background: Background,
        snapshot: "Callable[[], RenderRequest | None]",
        failed: Callable[[Exception], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._background = background
        self._snapshot = snapshot
        self._tell = failed
        self._renderer: Renderer | None = None
        self._ready = False
        self._busy = False
        self._again = False

    def ask(self) -> None:
        """The state has changed."""
        if self._busy:
            self._again = True
            return
        if not self._ready:
            self._busy = True
            self._background.run(_prepare, self._prepared, self._broke)
            return
        request = self._snapshot()
        if request is None or self._renderer is None:
            return
        self._busy = True
        renderer = self._renderer
        self._background.run(lambda: renderer.render(request), self._done, self._broke)

    def _prepared(self, renderer: "Renderer") -> None:
        self._renderer, self._ready, self._busy, self._again = renderer, True, False, False
        self.ask()

    def _done(self, rendered: "Rendered") -> None:
        self._busy = False
        self.rendered.emit(rendered)
        self._next()

    def _broke(self, error: Exception) -> None:
        self._busy = False
        self._again = False
        self._tell(error)

    def _next(self) -> None:
        if self._again:
            self._again = False
            self.ask()


def _prepare() -> "Renderer":
    """On a worker thread: numpy takes a fifth of a second to import."""
    from app.panels.attention.renderer import Renderer  # noqa: PLC0415

    return Renderer()
