"""Makes the pages that need more than the shell."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from app.controllers.benchmarks import BenchmarksController
from app.controllers.chat_controllers import ChatControllers
from app.pages.benchmarks.link import BenchmarksLink
from app.pages.benchmarks.page import BenchmarksPage
from app.pages.chat.page import ChatPage
from app.pages.chat.panels import ChatPanels
from app.pages.data.opened import OpenData
from app.pages.data.page import DataPage
from app.pages.finetune.page import FinetunePage
from app.pages.inspect.page import InspectPage
from app.pages.models.get.commands import GET_MODELS
from app.pages.models.page import ModelsPage
from app.pages.models.table_view import LibraryTable
from app.pages.page import Page
from app.pages.quantize.page import QuantizePage
from app.shell import Shell
from app.widgets.header_memory import HeaderMemory


@dataclass(frozen=True)
class PageParts:
    """What pages are made of."""

    shell: Shell
    controllers: ChatControllers
    chat_panels: Callable[[], ChatPanels]
    """Made before the pages; those that are missing are made when it is called."""


def make_chat_page(parts: PageParts) -> ChatPage:
    shell = parts.shell
    return ChatPage(
        parts.controllers,
        shell.window,
        shell.registry,
        shell.settings,
        shell.theme,
        shell.open_link,
        parts.chat_panels(),
    )


def make_inspect_page(parts: PageParts) -> InspectPage:
    shell = parts.shell
    return InspectPage(parts.controllers, shell.window, shell.registry, shell.theme)


def make_models_page(parts: PageParts) -> ModelsPage:
    """Its details lead to the model card of the page Inspect, and to the tabs of the page Quantize."""
    window = parts.shell.window
    base = parts.controllers
    page = ModelsPage(base.models, base.background, window, parts.shell.theme)

    def keep_columns(table: LibraryTable) -> None:
        HeaderMemory(table.horizontalHeader(), parts.shell.settings, "models.columns")

    def show_card(path: str) -> None:
        inspect = window.prepare_page("inspect")
        if isinstance(inspect, InspectPage):
            inspect.show_model_card(path)

    def edit_metadata(path: str) -> None:
        inspect = window.prepare_page("inspect")
        if isinstance(inspect, InspectPage):
            inspect.edit_gguf(path)

    def show_files(view: str, paths: list[str]) -> None:
        quantize = window.prepare_page("quantize")
        if isinstance(quantize, QuantizePage):
            quantize.open_view(view, paths)

    page.table_made.connect(keep_columns)
    page.card_requested.connect(show_card)
    page.metadata_requested.connect(edit_metadata)
    page.quantize_requested.connect(partial(show_files, "quantize"))
    page.compare_requested.connect(partial(show_files, "compare"))
    page.convert_requested.connect(partial(show_files, "convert"))
    # The page may be made before the command is registered.
    page.get_models.clicked.connect(lambda: parts.shell.registry.action(GET_MODELS).trigger())
    return page


def make_benchmarks_page(parts: PageParts) -> BenchmarksPage:
    """Shows the same measurements as the panel of the chat page."""
    shell, base = parts.shell, parts.controllers
    chat = shell.window.prepare_page("chat")
    if not isinstance(chat, ChatPage):
        raise TypeError("the chat page comes first")
    page = BenchmarksPage(chat.panels.series, shell.theme)
    controller = BenchmarksController(base.client, base.access, base.bridge, base.models, page)
    BenchmarksLink(page.view, controller, base.models, base.background, shell.window, page)
    return page


def make_quantize_page(parts: PageParts) -> QuantizePage:
    shell = parts.shell
    return QuantizePage(parts.controllers, shell.window, shell.registry, shell.theme)


def make_data_page(parts: PageParts) -> DataPage:
    """Its data sets lead to the page Fine-tune."""
    shell = parts.shell
    page = DataPage(parts.controllers, shell.window, shell.registry, shell.theme)

    def train(data: OpenData) -> None:
        finetune = shell.window.prepare_page("finetune")
        if isinstance(finetune, FinetunePage):
            finetune.train_on(data.record.path)

    page.fine_tune_requested.connect(train)
    return page


def make_finetune_page(parts: PageParts) -> FinetunePage:
    """Its results lead to the tab Compare, its data to the page Data."""
    window = parts.shell.window
    page = FinetunePage(parts.controllers, window, parts.shell.theme)

    def compare(paths: list[str]) -> None:
        quantize = window.prepare_page("quantize")
        if isinstance(quantize, QuantizePage):
            quantize.open_view("compare", paths)

    def show_data() -> None:
        data = window.prepare_page("data")
        path = page.training.recipe.files[0]
        if isinstance(data, DataPage) and path:
            data.open_file(path)

    def show_strength() -> None:
        chat = window.prepare_page("chat")
        if isinstance(chat, ChatPage):
            window.regions.set_open("inspector", True)
            chat.panels.inspector.show_tab("model")

    page.compare_requested.connect(compare)
    page.chat_opened.connect(show_strength)

    def show_sample() -> None:
        window.show_page("data")
        data = window.prepare_page("data")
        if isinstance(data, DataPage):
            data.open_sample()

    page.data_requested.connect(show_data)
    page.sample_requested.connect(show_sample)
    return page


FACTORIES: dict[str, Callable[[PageParts], Page]] = {
    "chat": make_chat_page,
    "inspect": make_inspect_page,
    "benchmarks": make_benchmarks_page,
    "data": make_data_page,
    "finetune": make_finetune_page,
    "quantize": make_quantize_page,
    "models": make_models_page,
}
"""By the id of the rail's entry."""
