"""What panels that work on model files are made of: the tabs of the page Quantize."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.commands.registry import CommandRegistry
from app.controllers.chat_controllers import ChatControllers
from app.controllers.jobs import JobsController
from app.panels.inspection_parts import PanelHost
from app.theme.theme import Theme


@dataclass(frozen=True)
class FilePanelParts:
    """Handed to the factory of a tab.

    `show_view(view_id, paths)` brings another tab to the front; a panel with a method `set_models(paths)` is
    told these model files. `open_in_chat(path)` loads a model and shows the chat.
    """

    controllers: ChatControllers
    host: PanelHost
    registry: CommandRegistry
    theme: Theme
    show_view: Callable[[str, Sequence[str]], None]
    open_in_chat: Callable[[str], None]

    @property
    def jobs(self) -> JobsController:
        return self.controllers.jobs
