"""Connects the dialog “Get models” with the hub: questions are short jobs, downloads are jobs that
outlive it.
"""

import glob
from urllib.parse import urlsplit

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from app.controllers.asking import Asking
from app.controllers.chat_controllers import ChatControllers
from app.i18n.errors import describe
from app.pages.models.get.dialog import GetModelsDialog
from app.pages.models.get.offer import variant_name
from app.pages.models.get.search_bar import ANY
from app.pages.models.get.settings_dialog import HubSettingsDialog
from app.panels.inspection_parts import PanelHost
from app.settings import OFFLINE, AppSettings
from app.theme.theme import Theme
from engine.errors import BugError, UserError
from engine.hub.names import check_repo, folder_of
from engine.hub.settings import PUBLIC, SETTING, HubSettings, is_hub_offline, settings_from, to_stored
from engine.jobs.records import JobRecord
from engine.network.offline import host_of, is_forced_offline, is_this_machine
from engine.protocol.gguf_edit import EditGgufJob
from engine.protocol.hub import SPEED_MARK, DownloadJob, HubFiles, HubFound, HubListed, HubSearch, HubVariant
from engine.protocol.jobs import JobEvent, JobFailed

_REST_MS = 200
"""Arrow keys through the results ask for the files of the one they stop at."""


class GetModelsLink(QObject):
    """Lives as long as its dialog."""

    def __init__(
        self, dialog: GetModelsDialog, controllers: ChatControllers, settings: AppSettings, theme: Theme
    ) -> None:
        super().__init__(dialog)
        self._dialog, self._c, self._app, self._theme = dialog, controllers, settings, theme
        self._settings = HubSettings()
        self._known = self._closed = False
        self._searching: Asking | None = None
        self._looking: Asking | None = None
        self._repo = ""
        self._address = ""
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._look)
        dialog.bar.search_requested.connect(self._search)
        dialog.bar.settings_requested.connect(self._open_settings)
        dialog.offline.action_requested.connect(self._open_settings)
        dialog.repo_chosen.connect(self._choose)
        dialog.offer.download_requested.connect(self._download)
        dialog.offer.cancel_requested.connect(self._cancel)
        dialog.offer.table.selectionModel().selectionChanged.connect(lambda *_: self._show_running())
        # Bound methods: these connections end with this object, which the jobs outlive.
        controllers.jobs.changed.connect(self._show_running)
        controllers.jobs.ended.connect(self._on_ended)
        settings.changed.connect(self._follow)
        dialog.finished.connect(self._stop)
        dialog.destroyed.connect(self._stop)  # with its window, without being closed
        controllers.access.run(lambda store: store.settings.get(SETTING, {}), self._take_settings)

    # settings

    def _take_settings(self, stored: object) -> None:
        if self._closed:
            return
        self._settings, self._known = settings_from(stored), True
        self._dialog.show_start(self._is_offline())
        try:
            self._dialog.source.set_text(urlsplit(self._settings.address()).netloc)
        except UserError as error:
            self._dialog.say_error(error)

    def _is_offline(self) -> bool:
        """What is known without looking at the disk; the process that asks looks at everything again."""
        return bool(self._app.value(OFFLINE)) or is_forced_offline() or is_hub_offline()

    def _follow(self, key: str) -> None:
        dialog = self._dialog
        if key != OFFLINE or self._closed:
            return
        if not self._is_offline():
            dialog.settle_error("network.offline")
        if dialog.stack.currentWidget() is not dialog.table:
            dialog.show_start(self._is_offline())

    def _open_settings(self) -> None:
        """Whether a key is stored is asked off this thread: the keyring can take its time."""
        try:
            address = self._settings.address()
        except UserError:
            address = ""

        def is_stored() -> bool:
            from engine.hub.token import read_token  # noqa: PLC0415 - slow to import

            return bool(address and read_token(address))

        self._c.background.run(is_stored, self._show_settings, lambda _error: self._show_settings(False))

    def _show_settings(self, has_key: bool) -> None:
        if self._closed:
            return
        try:
            usual = HubSettings().address()
        except UserError:  # what HF_ENDPOINT says is no address
            usual = PUBLIC
        offline = bool(self._app.value(OFFLINE))
        dialog = HubSettingsDialog(self._settings, usual, has_key, offline, self._theme, self._dialog)
        dialog.saved.connect(self._save)
        dialog.open()

    def _save(self, settings: HubSettings, offline: bool, key: str | None) -> None:
        self._app.set_value(OFFLINE, offline)
        self._c.access.run(lambda store: store.settings.set(SETTING, to_stored(settings)))
        self._take_settings(to_stored(settings))
        if key is None:
            return
        address = settings.address()

        def write() -> None:
            from engine.hub.token import write_token  # noqa: PLC0415

            write_token(address, key)

        self._c.background.run(write, None, self._failed)

    def _failed(self, error: Exception) -> None:
        if not self._closed:
            self._dialog.say_error(error)

    # questions

    def _search(self) -> None:
        if not self._known:
            return
        bar = self._dialog.bar
        text = bar.text.text().strip()
        try:
            self._address = self._settings.reachable()
            if self._is_offline() and not is_this_machine(host_of(self._address)):
                raise UserError("network.offline", host=host_of(self._address))
        except UserError as error:
            self._dialog.say_error(error)
            return
        if self._searching is not None:
            self._searching.cancel()
        bar.set_busy(True)
        self._dialog.say("")
        chosen = bar.format.current()
        job = HubSearch(
            self._address,
            _searched(text),
            "" if chosen == ANY else chosen,  # type: ignore[arg-type] # the keys are those formats
            bar.order.current(),  # type: ignore[arg-type]
        )
        self._searching = self._c.jobs.ask(job, self._hear_search)

    def _hear_search(self, event: JobEvent) -> None:
        if isinstance(event, HubFound):
            self._dialog.bar.set_busy(False)
            self._dialog.show_models(event.models)
        elif isinstance(event, JobFailed):
            self._dialog.bar.set_busy(False)
            self._dialog.say_error(_error(event))

    def _choose(self, repo: str) -> None:
        self._repo = repo
        self._dialog.say("")
        self._dialog.offer.show_loading(repo)
        self._rest.start()

    def _look(self) -> None:
        if self._looking is not None:
            self._looking.cancel()
        folder = folder_of(self._c.models.home.absolute(), self._repo)
        job = HubFiles(self._address, self._repo, str(folder))
        self._looking = self._c.jobs.ask(job, self._hear_files)

    def _hear_files(self, event: JobEvent) -> None:
        if isinstance(event, HubListed) and event.repo == self._repo:
            self._dialog.offer.show_offer(event)
            self._show_running()
        elif isinstance(event, JobFailed):
            self._dialog.offer.show_nothing(self.tr("Its files cannot be listed."))
            self._dialog.say_error(_error(event))

    def _stop(self, _how: object = None) -> None:
        self._closed = True
        for asking in (self._searching, self._looking):
            if asking is not None:
                asking.cancel()

    # downloads

    def _download(self, variant: HubVariant) -> None:
        listed = self._dialog.offer.listed
        if listed is None:
            return
        title = self.tr("Get {repo} {variant}").format(repo=listed.repo, variant=variant_name(variant))
        try:
            self._c.jobs.start(self._job(listed, variant), title, heavy=False)
        except UserError as error:
            self._dialog.say_error(error)
        self._show_running()

    def _job(self, listed: HubListed, variant: HubVariant) -> DownloadJob:
        folder = folder_of(self._c.models.home.absolute(), listed.repo)
        files = tuple(glob.escape(file.path) for file in variant.files)
        return DownloadJob(self._address, listed.repo, files, str(folder), listed.revision)

    def _running(self) -> JobRecord | None:
        """The download of what is marked, while it is under way."""
        listed, variant = self._dialog.offer.listed, self._dialog.offer.current()
        if listed is None or variant is None:
            return None
        job = self._job(listed, variant)
        return next((each for each in self._c.jobs.busy if each.job == job), None)

    def _show_running(self, _job_id: str = "") -> None:
        record = self._running()
        offer = self._dialog.offer
        if record is None:
            offer.set_running(None)
        else:
            offer.set_running((record.fraction, record.label), _hold_up(record))

    def _cancel(self) -> None:
        record = self._running()
        if record is not None:
            self._c.jobs.cancel(record.id)

    def _on_ended(self, job_id: str, end: object) -> None:
        record = self._c.jobs.record(job_id)
        if record is None or not isinstance(record.job, DownloadJob):
            return
        if isinstance(end, JobFailed) and end.code != "cancelled":
            self._dialog.say_error(_error(end))
        if record.job.repo == self._repo:
            self._look()


def _hold_up(record: JobRecord) -> str:
    """Why nothing arrives at the moment, and what is done about it."""
    if not record.notices or SPEED_MARK in record.label:
        return ""
    last = record.notices[-1]
    told = describe(UserError(last.code, **last.params))
    return f"{told.message} {told.hint}"


def open_get_models(
    parent: QWidget, theme: Theme, controllers: ChatControllers, settings: AppSettings
) -> GetModelsDialog:
    """Show the dialog; it is deleted when it is closed."""
    dialog = GetModelsDialog(theme, parent)
    GetModelsLink(dialog, controllers, settings, theme)
    dialog.show()
    return dialog


def follow_downloads(controllers: ChatControllers, host: PanelHost) -> None:
    """What happens when a download ends, whether the dialog is open or not: the library has a new model (also
    after an edit), and “open” in the list of jobs loads it.
    """

    def ended(job_id: str, end: object) -> None:
        record = controllers.jobs.record(job_id)
        wrote = record is not None and isinstance(record.job, DownloadJob | EditGgufJob)
        if wrote and not isinstance(end, JobFailed):
            controllers.models.refresh()

    def load(record: JobRecord) -> None:
        path = getattr(record.result, "path", "")
        if path.lower().endswith(".gguf"):
            controllers.models.load(path)
            host.show_page("chat")
        else:
            host.show_page("models")

    controllers.jobs.ended.connect(ended)
    controllers.jobs.set_opener("download", load)


def _searched(text: str) -> str:
    """The name in the address of a repository's page; other texts as they are."""
    if text.startswith(("http://", "https://")):
        try:
            return check_repo(text)
        except UserError:
            return text
    return text


def _error(event: JobFailed) -> Exception:
    return UserError(event.code, **event.params) if event.code else BugError(event.report)
