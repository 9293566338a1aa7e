"""Shows a newcomer in: the welcome at the first start, the tour then and whenever it is asked for."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog

from app.commands.spec import CommandSpec
from app.controllers.models import ModelsController
from app.i18n.marks import QT_TRANSLATE_NOOP
from app.pages.chat.page import ChatPage
from app.pages.help.page import TOUR
from app.shell import Shell
from app.window.overlay import OverlayCard
from app.window.shell_commands import HELP
from app.window.tour import Tour
from app.window.tour_steps import tour_steps
from app.window.welcome import Welcome


class Guide(QObject):
    """Made once, when the pages can be made."""

    def __init__(self, shell: Shell, models: ModelsController) -> None:
        super().__init__(shell.window)
        self._shell, self._models = shell, models
        self._welcome: Welcome | None = None
        self._tour: Tour | None = None
        self._bottom_was_open = True
        around = QT_TRANSLATE_NOOP("Commands", "Show me around")
        again = QT_TRANSLATE_NOOP("Commands", "Welcome: language, theme, models")
        shell.registry.register(CommandSpec(TOUR, around, "", HELP, icon="route"), self.show_tour)
        shell.registry.register(CommandSpec("help.welcome", again, "", HELP, icon="hand"), self.show_welcome)

    @property
    def welcome(self) -> Welcome | None:
        """While it is shown."""
        return self._welcome

    @property
    def tour(self) -> Tour | None:
        """While it goes on."""
        return self._tour

    def show_welcome(self) -> None:
        """Once at a time."""
        if self._welcome is not None:
            return
        self._welcome = welcome = Welcome(self._shell.window, self._shell.theme, self._shell.settings)
        welcome.left.connect(self._end_welcome)
        welcome.tour_requested.connect(self.show_tour)
        welcome.folder_requested.connect(self._add_folder)
        library = self._models.library
        for signal in (library.listed, library.grown, library.scanning_changed):
            signal.connect(self._count)
        welcome.open()
        self._count()

    def show_tour(self) -> None:
        """From the beginning."""
        window = self._shell.window
        window.show_page("chat")
        chat = window.prepare_page("chat")
        if self._tour is not None or not isinstance(chat, ChatPage):
            return
        self._bottom_was_open = window.regions.is_open("bottom")
        self._tour = Tour(window, self._shell.theme)
        self._tour.left.connect(self._end_tour)
        self._tour.begin(tour_steps(window, chat))

    def _count(self, *_news: object) -> None:
        if self._welcome is not None:
            library = self._models.library
            self._welcome.set_places(library.places, searching=library.scanning)

    def _end_welcome(self) -> None:
        if self._welcome is None:
            return
        library = self._models.library
        for signal in (library.listed, library.grown, library.scanning_changed):
            signal.disconnect(self._count)
        self._place_keyboard(self._welcome)
        self._welcome.scrim.deleteLater()
        self._welcome.deleteLater()
        self._welcome = None

    def _end_tour(self) -> None:
        if self._tour is None:
            return
        self._place_keyboard(self._tour)
        self._tour.scrim.deleteLater()
        self._tour.deleteLater()
        self._tour = None
        window = self._shell.window
        if window.regions.is_open("bottom") != self._bottom_was_open:
            window.toggle_region("bottom")

    def _place_keyboard(self, card: OverlayCard) -> None:
        """At a first start nothing has it yet: the first thing to do is to write."""
        window = self._shell.window
        chat = window.prepare_page("chat") if window.current_page == "chat" else None
        if not card.gave_back and isinstance(chat, ChatPage):
            chat.view.composer.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_folder(self) -> None:
        window = self._shell.window
        folder = QFileDialog.getExistingDirectory(window, self.tr("Choose a folder with models"))
        folders = list(self._shell.settings.value("models.folders"))
        if folder and folder not in folders:
            self._shell.settings.set_value("models.folders", [*folders, folder])
