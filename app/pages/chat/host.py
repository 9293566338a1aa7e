"""What the chat page needs of the window around it."""

from collections.abc import Callable
from typing import Literal, Protocol

Region = Literal["navigator", "inspector", "bottom"]


class PageHost(Protocol):
    """`app.main_window.MainWindow` is one."""

    @property
    def current_page(self) -> str: ...

    def show_page(self, page_id: str) -> None: ...

    def show_region(self, region: Region) -> None: ...

    def toggle_region(self, region: Region) -> None: ...

    def show_toast(
        self, text: str, action_text: str = "", on_action: Callable[[], object] | None = None
    ) -> None: ...

    def show_error(self, error: BaseException) -> None: ...
