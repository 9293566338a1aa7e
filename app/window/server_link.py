"""Joins the local server with the window: the cell of the status line, the drawer, the words about both."""

from PySide6.QtCore import QObject

from app.commands.spec import CommandSpec
from app.controllers.local_server import LocalServer
from app.controllers.models import ModelsController
from app.i18n.marks import QT_TRANSLATE_NOOP
from app.main_window import MainWindow
from app.settings import AppSettings
from app.window.server_drawer import ServerDrawer
from app.window.shell_commands import VIEW


class ServerLink(QObject):
    """Made once, when the services are there."""

    def __init__(
        self, server: LocalServer, models: ModelsController, settings: AppSettings, window: MainWindow
    ) -> None:
        super().__init__(window)
        self._server, self._window = server, window
        self.drawer = ServerDrawer(window, server, settings, window.theme, window.status_line.height())
        spec = CommandSpec(
            "server.show", QT_TRANSLATE_NOOP("Commands", "Local server"), "", VIEW, icon="server"
        )
        window.registry.register(spec, self.drawer.toggle)
        self._cell = window.status_line.server
        self._cell.clicked.connect(self.drawer.toggle)
        self.drawer.copied.connect(
            lambda what: window.show_toast(self.tr("Copied: {what}").format(what=what))
        )
        server.changed.connect(self._show_cell)
        server.failed.connect(window.show_error)
        models.loaded.connect(lambda _model: self.drawer.refresh())
        models.unloaded.connect(self.drawer.refresh)
        self._show_cell()

    def _show_cell(self) -> None:
        """Always there, so that it can be found; with the port and the open requests while it is on."""
        server = self._server
        self._cell.setToolTip(self.tr("Answer other programs on this computer"))
        if server.phase == "off":
            self._cell.show_text(self.tr("Server off"))
        elif server.listening is None or server.phase != "on":
            words = self.tr("Server stopping…") if server.phase == "stopping" else self.tr("Server starting…")
            self._cell.show_text(words, dot="info")
        else:
            text = self.tr("Server on {port}").format(port=server.listening.port)
            if count := len(server.activity.requests):
                text = self.tr("{server} · %n request(s)", None, count).format(server=text)
            self._cell.show_text(text, dot="ok")
        self._cell.setAccessibleName(self.tr("Local server: {state}").format(state=self._cell.text()))
