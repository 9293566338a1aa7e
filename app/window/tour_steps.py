"""Where the tour leads."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.main_window import MainWindow
from app.pages.chat.page import ChatPage
from app.window.tour import TourStep


def tour_steps(window: MainWindow, chat: ChatPage) -> list[TourStep]:
    """Seven places, about five seconds each."""

    def on_chat() -> None:
        window.show_page("chat")

    def with_inspector() -> None:
        on_chat()
        window.show_region("inspector")
        chat.panels.inspector.show_tab("sampling")

    def with_attention() -> None:
        on_chat()
        window.show_region("bottom")
        chat.panels.bottom.show_tab("attention")

    def one(widget: QWidget) -> Callable[[], Sequence[QWidget]]:
        return lambda: [widget]

    def making() -> list[QWidget]:
        return [window.rail.button(page) for page in ("finetune", "quantize") if window.has_page(page)]

    translate = QCoreApplication.translate
    return [
        TourStep(
            translate("Tour", "Ask here"),
            translate("Tour", "Write a message and press Enter. “/” brings up commands and saved prompts."),
            on_chat,
            one(chat.view.composer),
        ),
        TourStep(
            translate("Tour", "Which model answers"),
            translate(
                "Tour", "The starter model is small and fast. A click here leads to all others you have."
            ),
            on_chat,
            one(chat.view.top_bar.pill),
        ),
        TourStep(
            translate("Tour", "How tokens are chosen"),
            translate(
                "Tour",
                "Temperature, top-p and everything else the engine can do. Changes count from the next "
                "token on.",
            ),
            with_inspector,
            one(chat.panels.inspector),
        ),
        TourStep(
            translate("Tour", "Watch it work"),
            translate(
                "Tour",
                "Attention, probabilities and the sampler, live, on the very model that is answering. "
                "Ctrl+J shows and hides this.",
            ),
            with_attention,
            one(chat.panels.bottom),
        ),
        TourStep(
            translate("Tour", "Look inside any text"),
            translate(
                "Tour", "Inspect reads a text of yours: attention, logit lens, tokens, the model's card."
            ),
            on_chat,
            one(window.rail.button("inspect")),
        ),
        TourStep(
            translate("Tour", "Make models your own"),
            translate("Tour", "Train on your data, quantize to a size that fits, and measure what it cost."),
            on_chat,
            making,
        ),
        TourStep(
            translate("Tour", "Find everything"),
            translate(
                "Tour",
                "Every action is a command: Ctrl+Shift+P and a few letters. F1 explains the part of the "
                "window you are in.",
            ),
            on_chat,
            one(window.status_line.commands),
        ),
    ]
