"""The command “Get models…”, and what a download that ends does."""

from PySide6.QtWidgets import QWidget

from app.commands.registry import CommandRegistry
from app.commands.spec import CommandSpec
from app.controllers.chat_controllers import ChatControllers
from app.i18n.marks import QT_TRANSLATE_NOOP
from app.pages.models.get.dialog import GetModelsDialog
from app.pages.models.get.link import follow_downloads, open_get_models
from app.panels.inspection_parts import PanelHost
from app.settings import AppSettings
from app.theme.theme import Theme

GET_MODELS = "models.get"


def register_get_models(
    registry: CommandRegistry,
    controllers: ChatControllers,
    settings: AppSettings,
    host: PanelHost,
    window: QWidget,
    theme: Theme,
) -> None:
    """Works wherever the window is; one dialog at a time."""

    def show() -> None:
        open_already = window.findChildren(GetModelsDialog)
        for dialog in open_already:
            dialog.raise_()
            dialog.activateWindow()
        if not open_already:
            open_get_models(window, theme, controllers, settings)

    follow_downloads(controllers, host)
    title, category = QT_TRANSLATE_NOOP("Commands", "Get models…"), QT_TRANSLATE_NOOP("Commands", "Model")
    registry.register(CommandSpec(GET_MODELS, title, "", category, icon="cloud-download"), show)
