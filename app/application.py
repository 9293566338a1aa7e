"""The composition root of the window.

First the window, painted; then, on another thread, everything slow to import or open; then the pages. Nothing
here is global: what was made is handed on.
"""

import logging
import os
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from app.commands.registry import CommandRegistry
from app.diagnostics.crashes import take_crash
from app.diagnostics.hooks import BugCatcher
from app.diagnostics.logs import start_logging, stop_logging
from app.i18n.translator import Translator
from app.main_window import MainWindow
from app.options import Options, parse
from app.pages.page import Page, PageEntry
from app.palette.command_provider import CommandProvider
from app.palette.palette import CommandPalette
from app.resource_paths import resource
from app.settings import OFFLINE, AppSettings
from app.shell import Shell
from app.theme.focus import FocusRing
from app.theme.fonts import load_cjk_fonts, load_fonts
from app.theme.theme import Mode, Theme
from app.window import page_titles
from app.window.app_commands import register_app_commands, register_page_command
from app.window.help_link import is_new, open_help, wants_welcome
from app.window.last_resort import catch_no_display, show_problem, start_again
from app.window.memory import WindowMemory, read_memory, write_memory
from app.window.offline_switch import OfflineSwitch
from app.window.quit_signals import run_until_closed
from app.window.screenshot import take_when_settled
from app.window.single_instance import SingleInstance
from app.window.startup import Startup
from app.window.status_state import StatusState
from engine.errors import UserError
from engine.network.offline import is_offline
from engine.store.home import lathe_home

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.widgets.dialogs.report_dialog import ReportDialog
    from app.window.maintenance import MaintenanceDialog
    from app.workbench import Workbench
    from engine.store.backup_format import Told

_log = logging.getLogger(__name__)
CJK_DELAY_MS = 1500
BENCHMARK_VARIABLE = "LATHE_TELL_FIRST_PAINT"  # tests/benchmarks/bench_start.py: say “painted” on stdout
MODES: dict[str, Mode] = {"dark": "dark", "light": "light", "system": "system"}


def main(arguments: Sequence[str]) -> int:
    """Run the window until it is closed; the exit code."""
    options = parse(arguments)
    try:
        home = lathe_home(options.home or None)
    except UserError as error:
        return show_problem(error)
    start_logging(home, options.debug)
    # While other threads import, the window gets its turn every millisecond.
    sys.setswitchinterval(0.001)
    catch_no_display()
    qt = QApplication(["lathe"])
    qt.setApplicationName("Lathe")
    qt.setDesktopFileName("lathe")
    instance = SingleInstance(home)
    if not instance.acquire():
        return _hand_over(instance, home)
    application = Application(qt, options, home, instance)
    try:
        code = application.run()
    finally:
        application.close()
        stop_logging()
    if application.restarts:
        start_again(arguments)
    return code


def _hand_over(instance: SingleInstance, home: Path) -> int:
    """Another process has the window of this folder: show that one."""
    if instance.call_other():
        return 0
    error = UserError("store.locked", path=home / "lathe.db")
    sys.stderr.write(f"lathe: error: {error.one_line()}\n")
    return 2


class Application(QObject):
    """One run of the window."""

    def __init__(self, qt: QApplication, options: Options, home: Path, instance: SingleInstance) -> None:
        super().__init__()
        self._qt = qt
        self._options = options
        self._home = home
        self._instance = instance
        self._workbench: Workbench | None = None
        self._report: ReportDialog | None = None
        self._maintenance: MaintenanceDialog | None = None
        self.restarts = False
        """Whether the program is to start again once this one has ended."""
        self._began = monotonic()
        self._is_new = is_new(home)
        self._memory = read_memory(home)
        self._startup = Startup(home, options.fake_model, self)
        self._bugs = BugCatcher(home, self)
        self._bugs.install(self._show_report)
        self.shell = self._build_shell()
        self._add_pages()
        self.shell.settings.changed.connect(self._apply_setting)
        OfflineSwitch(self.shell)
        self.shell.window.painted.connect(self._after_paint)
        self.shell.window.closing.connect(self._remember)
        # Dialogs that are still open do not keep the program alive.
        self.shell.window.closing.connect(qt.quit, Qt.ConnectionType.QueuedConnection)
        self._startup.opened.connect(self._services_opened)
        self._startup.failed.connect(self._services_failed)

    @property
    def workbench(self) -> "Workbench | None":
        """What is below the window; None until the database is open."""
        return self._workbench

    def run(self) -> int:
        """Show the window and work until it closes."""
        window = self.shell.window
        window.show()
        wanted = self._options.page or self._memory.page
        window.show_page(wanted if window.has_page(wanted) else "chat")
        return run_until_closed(self._qt, window)

    def close(self) -> None:
        """Stop everything below the window. Idempotent."""
        if self._maintenance is not None:
            self._maintenance.wait()
        self._stop_services()
        self._instance.release()
        self._bugs.uninstall()

    def _stop_services(self) -> None:
        self._startup.wait()
        if self._workbench is not None:
            self._workbench.close()
            self._workbench = None

    # building

    def _build_shell(self) -> Shell:
        options, memory = self._options, self._memory
        load_fonts()
        translator = Translator()
        translator.use(options.language or memory.language)
        if translator.is_chinese():
            load_cjk_fonts()
        theme = Theme(MODES.get(options.theme or memory.theme, "system"), memory.size_step, self)
        theme.set_reduced_motion(memory.reduced_motion)
        theme.set_chinese(translator.is_chinese())
        theme.install(self._qt)
        FocusRing(self._qt)
        registry = CommandRegistry(self)
        status = StatusState(self)
        window = MainWindow(theme, registry, status, memory)
        if options.size is not None:
            window.resize(*options.size)
        palette = CommandPalette(window, theme)
        palette.add_provider("commands", CommandProvider(registry, memory.recent_commands))
        shell = Shell(
            home=self._home,
            theme=theme,
            registry=registry,
            settings=AppSettings(_remembered_settings(memory, self._home), self),
            translator=translator,
            status=status,
            window=window,
            palette=palette,
            open_link=self._open_link,
        )
        register_app_commands(shell, self._show_about, partial(open_help, window))
        window.status_line.commands.clicked.connect(registry.action("palette.commands").trigger)
        return shell

    def _add_pages(self) -> None:
        later = [
            ("chat", page_titles.chat, "message-square"),
            ("inspect", page_titles.inspect, "scan-eye"),
            ("benchmarks", page_titles.benchmarks, "activity"),
            ("data", page_titles.data, "database"),
            ("finetune", page_titles.finetune, "graduation-cap"),
            ("quantize", page_titles.quantize, "shrink"),
            ("models", page_titles.models, "library"),
        ]
        entries = [
            PageEntry(page_id, title, icon, partial(self._later_page, page_id))
            for page_id, title, icon in later
        ]
        entries += [
            PageEntry("help", page_titles.help_page, "circle-help", self._help_page, below=True),
            PageEntry("settings", page_titles.settings, "settings", self._settings_page, below=True),
        ]
        for number, entry in enumerate(entries, start=1):
            self.shell.window.add_page(entry)
            if not entry.below:
                register_page_command(self.shell, entry.id, number, entry.icon_name)

    def _later_page(self, page_id: str) -> Page | None:
        return self._workbench.create_page(page_id) if self._workbench is not None else None

    def _settings_page(self) -> Page:
        from app.pages.settings.page import SettingsPage  # noqa: PLC0415 - not needed for the first paint
        from app.window.settings_link import SettingsLink  # noqa: PLC0415

        shell = self.shell
        host = SettingsLink(
            shell,
            lambda: self._workbench.controllers if self._workbench is not None else None,
            self._engine_facts,
            self._maintain,
        )
        return SettingsPage(shell.settings, shell.registry, shell.theme, host)

    def _engine_facts(self) -> str:
        return self._workbench.facts() if self._workbench is not None else ""

    def _maintain(self, title: str, work: "Callable[[Told], str]") -> None:
        from app.window.maintenance import MaintenanceDialog  # noqa: PLC0415

        window = self.shell.window
        dialog = MaintenanceDialog(title, self._stop_services, self._restart, self.shell.theme, window)
        self._maintenance = dialog
        dialog.begin(work)

    def _restart(self) -> None:
        self.restarts = True
        self._qt.exit(0)  # `quit` would ask every window first

    def _help_page(self) -> Page:
        from app.pages.help.page import HelpPage  # noqa: PLC0415
        from app.window.help_actions import HelpActions  # noqa: PLC0415

        shell = self.shell
        tools = HelpActions(
            shell.window, lambda: self._workbench.controllers if self._workbench is not None else None, self
        )
        return HelpPage(shell.registry, shell.theme, shell.translator, tools)

    # after the first paint

    def _after_paint(self) -> None:
        if BENCHMARK_VARIABLE in os.environ:
            sys.stdout.write("painted\n")
            sys.stdout.flush()
        self._startup.begin()
        self._qt.setWindowIcon(_window_icon())
        QTimer.singleShot(0, self._instance.listen)
        self._instance.called.connect(self.shell.window.bring_to_front)
        QTimer.singleShot(CJK_DELAY_MS, load_cjk_fonts)
        if self._options.screenshot is not None:
            take_when_settled(self.shell.window, self.shell.status, self._options.screenshot, self._began)

    def _services_opened(self) -> None:
        from app.workbench import Workbench  # noqa: PLC0415 - imported by the start-up thread already

        self._workbench = Workbench(self._startup.take(), self.shell, self._options)
        self._workbench.build(self._show_pages)

    def _show_pages(self) -> None:
        """The page that was asked for, and everything that needs one."""
        if self._workbench is None:
            return
        self.shell.window.retry_page()
        QTimer.singleShot(0, self, self._start)

    def _start(self) -> None:
        if self._workbench is None:
            return
        services = self._workbench.services
        self._workbench.start()
        self._show_in()
        self._workbench.background.run(partial(take_crash, self._home), self._tell_crash)
        if services.store.notice is not None:
            self.shell.window.show_error(services.store.notice)

    def _tell_crash(self, found: tuple[str, str] | None) -> None:
        if found is not None:
            self._show_report(*found)

    def _show_in(self) -> None:
        """What a newcomer is shown."""
        from app.window.guide import Guide  # noqa: PLC0415

        if self._workbench is not None:
            guide = Guide(self.shell, self._workbench.models)
            if wants_welcome(self._options, self._is_new):
                load_cjk_fonts()  # it offers Chinese by its own name
                guide.show_welcome()

    def _services_failed(self, error: Exception) -> None:
        if isinstance(error, UserError):
            _log.warning("%s", error)
        else:
            self._bugs.report(error, "the start")
        from app.window.closed_database import closed_database  # noqa: PLC0415

        self.shell.status.set_phase("failed")
        state = closed_database(
            error, self._home, self.shell.theme, self._restart, self.shell.window.show_toast
        )
        self.shell.window.show_instead(state)

    # what settings do

    def _apply_setting(self, key: str) -> None:
        shell, memory = self.shell, self._memory
        value = shell.settings.value(key)
        match key:
            case "appearance.theme":
                memory.theme = value
                shell.theme.set_mode(MODES.get(value, "system"))
            case "appearance.size_step":
                memory.size_step = value
                shell.theme.set_size_step(value)
            case "appearance.reduced_motion":
                memory.reduced_motion = value
                shell.theme.set_reduced_motion(value)
            case "appearance.menu_bar":
                shell.window.set_menu_bar_visible(value)
            case "appearance.language":
                memory.language = value
                shell.translator.use(value)
                if shell.translator.is_chinese():
                    load_cjk_fonts()
                shell.theme.set_chinese(shell.translator.is_chinese())
            case "keyboard.shortcuts":
                shell.registry.set_overrides(value)

    def _remember(self) -> None:
        write_memory(self._home, self.shell.window.remembered())

    # dialogs

    def _open_link(self, address: str) -> None:
        from app.widgets.dialogs.link_dialog import ask_to_open  # noqa: PLC0415

        if ask_to_open(address, self.shell.window) is None:
            text = QCoreApplication.translate("Application", "Only web and mail addresses can be opened.")
            self.shell.window.show_toast(text)

    def _show_about(self) -> None:
        from app.widgets.dialogs.about_dialog import AboutDialog  # noqa: PLC0415

        build = self._workbench.engine_build if self._workbench is not None else ""
        AboutDialog(build, self.shell.window).show()

    def _show_report(self, report: str, path: str) -> None:
        from app.widgets.dialogs.report_dialog import ReportDialog  # noqa: PLC0415

        if self._report is None or not self._report.isVisible():
            self._report = ReportDialog(report, path, self.shell.window)
            self._report.show()


def _remembered_settings(memory: WindowMemory, home: Path) -> dict[str, object]:
    """Settings that the first paint needs, as the last window left them."""
    return {
        "appearance.theme": memory.theme,
        "appearance.language": memory.language,
        "appearance.size_step": memory.size_step,
        "appearance.reduced_motion": memory.reduced_motion,
        "appearance.menu_bar": memory.menu_bar,
        OFFLINE: is_offline(home, {}),
    }


def _window_icon() -> QIcon:
    icon = QIcon()
    for path in sorted(resource("app-icon").glob("*.png")):
        icon.addFile(str(path))
    return icon
