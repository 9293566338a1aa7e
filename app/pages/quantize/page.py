"""The page Quantize: smaller models from large ones, and what it cost."""

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.commands.registry import CommandRegistry
from app.controllers.adapter_chat import open_adapted_chat
from app.controllers.chat_controllers import ChatControllers
from app.pages.quantize.view import QuantizeView
from app.pages.quantize.views import VIEWS
from app.panels.file_panel_parts import FilePanelParts
from app.panels.inspection_parts import PanelHost
from app.theme.theme import Theme
from app.window import page_titles
from engine.library.adapters import base_of
from engine.library.entries import ModelEntry


class QuantizePage(QObject):
    """A `Page` with a centre only; its tabs are in `app.pages.quantize.views`."""

    icon_name = "shrink"

    def __init__(
        self, controllers: ChatControllers, host: PanelHost, registry: CommandRegistry, theme: Theme
    ) -> None:
        super().__init__()
        self._c = controllers
        self._host = host
        self.view = QuantizeView(VIEWS)
        self.view.attach(
            FilePanelParts(controllers, host, registry, theme, self.view.show_view, self._open_in_chat)
        )

    # Page

    @property
    def title(self) -> str:
        return page_titles.quantize()

    def navigator(self) -> QWidget | None:
        return None

    def centre(self) -> QWidget:
        return self.view

    def inspector(self) -> QWidget | None:
        return None

    def bottom(self) -> QWidget | None:
        return None

    # what others do

    def open_view(self, view_id: str, paths: Sequence[str] = ()) -> None:
        """Show the page with one of its tabs, and model files to work on."""
        self._host.show_page("quantize")
        self.view.show_view(view_id, paths)

    def _open_in_chat(self, path: str) -> None:
        """A model; an adapter with its base, where that is known."""
        files = self._c.models.files

        def find_base() -> ModelEntry | None:
            entry = next((one for one in files if one.path == path), None)
            return base_of(entry, files) if entry is not None and entry.format == "lora" else None

        def found(base: ModelEntry | None) -> None:
            if base is not None:
                open_adapted_chat(self._c, base.path, path)
            else:
                self._c.models.load(path)
            self._host.show_page("chat")

        self._c.background.run(find_base, found)
