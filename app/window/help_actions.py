"""What the buttons of the articles open: “page/view”, the view with an example in it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from app.controllers.chat_controllers import ChatControllers
from app.main_window import MainWindow
from app.pages.help.articles import Article
from app.resource_paths import resource

CHAT_TABS = ("attention", "lens", "probabilities", "xray", "beams", "throughput")
VIEWS: dict[str, tuple[str, ...]] = {
    "chat": ("", *CHAT_TABS),
    "inspect": (
        "attention",
        "lens",
        "tokens",
        "vocabulary",
        "model_card",
        "context",
        "fill_mask",
    ),
    "quantize": ("quantize", "compare", "sensitivity", "convert", "lab"),
    "data": ("", "sample", "preferences"),
    "finetune": ("", "sample"),
    "models": ("", "get"),
    "benchmarks": ("",),
    "settings": ("",),
    "server": ("",),
}
"""The places that an article may name."""
COMMANDS = {"models/get": "models.get", "server/": "server.show"}
"""Places that are opened by a command."""


class HelpActions(QObject):
    """Opens tools for the help page. A place whose page cannot be made yet is not offered."""

    def __init__(
        self,
        window: MainWindow,
        controllers: Callable[[], ChatControllers | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._controllers = controllers
        self._waiting: Callable[[], None] | None = None

    def can(self, action: str) -> bool:
        """Whether the place is there now."""
        page, _, view = action.partition("/")
        if view not in VIEWS.get(page, ()) or self._controllers() is None:
            return False
        command = COMMANDS.get(action)
        return command in self._window.registry if command else self._window.has_page(page)

    def run(self, article: Article) -> None:
        """Open the tool of an article, with its example."""
        if not self.can(article.action):
            return
        page, _, view = article.action.partition("/")
        if article.action in COMMANDS:
            if self._window.has_page(page):
                self._window.show_page(page)
            self._window.registry.action(COMMANDS[article.action]).trigger()
            return
        opening = {
            "inspect": self._inspect,
            "quantize": self._quantize,
            "data": self._data,
            "finetune": self._finetune,
            "chat": self._chat,
        }
        if page in opening:
            opening[page](view, article.example)
        else:
            self._window.show_page(page)

    def _inspect(self, view: str, example: str) -> None:
        from app.pages.inspect.page import InspectPage  # noqa: PLC0415 - made long after the help page

        page = self._window.prepare_page("inspect")
        if isinstance(page, InspectPage):
            page.show_example(view, example)

    def _quantize(self, view: str, _example: str) -> None:
        from app.pages.quantize.page import QuantizePage  # noqa: PLC0415

        page = self._window.prepare_page("quantize")
        controllers = self._controllers()
        if isinstance(page, QuantizePage) and controllers is not None:
            model = controllers.models.current
            page.open_view(view, [model.path] if model is not None and model.path else [])

    def _data(self, view: str, _example: str) -> None:
        from app.pages.data.page import DataPage  # noqa: PLC0415

        page = self._window.prepare_page("data")
        self._window.show_page("data")
        if isinstance(page, DataPage) and view:
            (page.open_preferences if view == "preferences" else page.open_sample)()

    def _finetune(self, view: str, _example: str) -> None:
        """A run on the sample, prepared and not started."""
        from app.pages.data.page import SAMPLE  # noqa: PLC0415
        from app.pages.finetune.page import FinetunePage  # noqa: PLC0415

        page = self._window.prepare_page("finetune")
        if isinstance(page, FinetunePage) and view == "sample":
            page.train_on(str(resource(*SAMPLE)))
        else:
            self._window.show_page("finetune")

    def _chat(self, tab: str, example: str) -> None:
        """The example stands in the composer of an empty chat; sending it is left to the user."""
        from app.pages.chat.page import ChatPage  # noqa: PLC0415

        page = self._window.prepare_page("chat")
        controllers = self._controllers()
        if not isinstance(page, ChatPage) or controllers is None:
            return
        self._window.show_page("chat")
        if tab:
            self._window.show_region("bottom")
            page.panels.bottom.show_tab(tab)
        if not example:
            return
        chat = controllers.chat
        fill = partial(self._fill, page, controllers, example)
        if chat.session is not None and not chat.path:
            fill()
        else:
            self._waiting = fill
            chat.draft_loaded.connect(self._fill_waiting)
            self._window.registry.action("chat.new").trigger()

    def _fill_waiting(self) -> None:
        controllers, fill = self._controllers(), self._waiting
        self._waiting = None
        if controllers is not None:
            controllers.chat.draft_loaded.disconnect(self._fill_waiting)
        if fill is not None:
            fill()

    @staticmethod
    def _fill(page: object, controllers: ChatControllers, example: str) -> None:
        from app.pages.chat.page import ChatPage  # noqa: PLC0415

        if isinstance(page, ChatPage):
            page.view.composer.set_draft(example, [])
            controllers.chat.set_draft(example, ())
            page.view.composer.edit.setFocus()
