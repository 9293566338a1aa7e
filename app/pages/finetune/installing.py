"""Getting the training stack: a job like any other, started from the page."""

from PySide6.QtCore import QObject, Signal

from app.controllers.chat_controllers import ChatControllers
from engine.addon_folders import training_folder
from engine.addons.training import torch_index_for_this_machine
from engine.errors import UserError
from engine.protocol.addons import InstallAddonJob


class StackInstaller(QObject):
    """GUI thread only. Follows a job that was started elsewhere, too."""

    changed = Signal()
    ended = Signal()

    def __init__(self, controllers: ChatControllers, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._c = controllers
        self._told: float | None = None
        controllers.jobs.changed.connect(lambda _id: self._look())

    @property
    def progress(self) -> float | None:
        """From 0 to 1; None while nothing is installed."""
        busy = self._c.jobs.busy
        return next((record.fraction for record in busy if isinstance(record.job, InstallAddonJob)), None)

    def install(self) -> None:
        """What the lock names, for this machine."""
        home = self._c.models.home

        def start(job: InstallAddonJob) -> None:
            try:
                self._c.jobs.start(job, self.tr("Install the training stack"), heavy=False)
            except UserError as error:
                self._c.jobs.failed.emit(error)

        def find() -> InstallAddonJob:
            return InstallAddonJob("training", str(training_folder(home)), torch_index_for_this_machine())

        self._c.background.run(find, start, self._c.jobs.failed.emit)

    def _look(self) -> None:
        now = self.progress
        if now != self._told:
            ended = now is None
            self._told = now
            self.changed.emit()
            if ended:
                self.ended.emit()
