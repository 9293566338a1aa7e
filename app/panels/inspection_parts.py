"""What panels that look inside are made of, on the chat page and on the page Inspect alike."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from app.commands.registry import CommandRegistry
from app.controllers.chat_controllers import ChatControllers
from app.controllers.inspection import InspectionController
from app.controllers.inspection_source import SubjectSource
from app.theme.theme import Theme


class PanelHost(Protocol):
    """The part of the window that panels need. `app.main_window.MainWindow` is one."""

    def show_page(self, page_id: str) -> None: ...

    def show_toast(
        self, text: str, action_text: str = "", on_action: Callable[[], object] | None = None
    ) -> None: ...

    def show_error(self, error: BaseException) -> None: ...


@dataclass(frozen=True)
class PanelParts:
    """Handed to the factory of a panel.

    `source` says what the panel shows and when that changes. `place` is “chat” or “inspect”: it makes the
    names under which a panel tells the controller what it wants unique.
    """

    controllers: ChatControllers
    source: SubjectSource
    host: PanelHost
    registry: CommandRegistry
    theme: Theme
    place: str

    @property
    def inspection(self) -> InspectionController:
        return self.controllers.inspection
