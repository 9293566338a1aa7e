"""The page Fine-tune: a run is prepared, watched, stopped and gone on with, and what it has learned is
kept.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.controllers.asking import Asking
from app.controllers.chat_controllers import ChatControllers
from app.controllers.runs import RunsController, base_path_of
from app.controllers.training import TrainingController
from app.i18n.errors import describe
from app.models.runs import RunView
from app.pages.chat.host import PageHost
from app.pages.finetune.installing import StackInstaller
from app.pages.finetune.uses import RunUses
from app.panels.runs.run_list import RunList
from app.panels.runs.run_panel import RunPanel
from app.panels.runs.view import RunsView
from app.panels.training.form import TrainingForm, is_trainable
from app.panels.training.plan_panel import PlanPanel
from app.theme.theme import Theme
from app.widgets.choice import Toggle
from app.widgets.folders import show_folder
from app.widgets.icon_button import IconButton
from app.widgets.painting import SEMIBOLD
from app.widgets.text_label import TextLabel
from app.window import page_titles
from engine.errors import BugError, UserError
from engine.finetune.model_card import card_text
from engine.finetune.recipe.reading import write_recipe
from engine.finetune.run_folder import RunFolder
from engine.protocol.finetune import AskRunJob, ExportJob, RunAnswered
from engine.protocol.jobs import JobEnd, JobEvent, JobFailed, JobStep


class FinetunePage(QObject):
    """A `Page`: runs left, the form or what the chosen runs told in the centre, plan or run right."""

    icon_name = "graduation-cap"
    compare_requested = Signal(list)
    """Paths of GGUF files for the tab Compare."""
    chat_opened = Signal()
    """A chat with an adapter is in front: show where its strength is set."""
    data_requested = Signal()
    """Show the page Data with what is chosen."""
    sample_requested = Signal()

    def __init__(self, controllers: ChatControllers, host: PageHost, theme: Theme) -> None:
        super().__init__()
        self._c, self._host, self._theme = controllers, host, theme
        home = controllers.models.home
        self.runs = RunsController(home, controllers.jobs, controllers.background, self)
        self.training = TrainingController(home, controllers.jobs, controllers.background, self)
        self.uses = RunUses(controllers, self.runs, host, self)
        self.installer = StackInstaller(controllers, self)
        self._chosen: tuple[str, ...] = ()
        self._began = False
        self._asking: Asking | None = None
        self.list = RunList(theme)
        self.form = TrainingForm(self.training, controllers.models, theme)
        self.plan = PlanPanel(self.training, theme)
        self.view = RunsView(controllers.background, theme)
        self.panel = RunPanel(theme)
        self._centre, self._inspector = QStackedWidget(), QStackedWidget()
        self._centre.addWidget(self.form)
        self._centre.addWidget(self.view)
        self._inspector.addWidget(self.plan)
        self._inspector.addWidget(self.panel)
        self._navigator = self._make_navigator()
        self._connect()
        self.runs.start()
        self.training.refresh_sets()
        self._choose_base()

    # Page

    @property
    def title(self) -> str:
        return page_titles.finetune()

    def navigator(self) -> QWidget | None:
        return self._navigator

    def centre(self) -> QWidget:
        return self._centre

    def inspector(self) -> QWidget | None:
        return self._inspector

    def bottom(self) -> QWidget | None:
        return None

    # what others do

    def train_on(self, path: str) -> None:
        """Show the page with a new run on a file with rows."""
        self._host.show_page("finetune")
        self.new_run()
        self.training.add_file(path)

    def show_run(self, run_id: str) -> None:
        """Show the page with one run."""
        self._host.show_page("finetune")
        self._choose((run_id,))

    def new_run(self) -> None:
        """The form."""
        self._began = True
        self._choose(())
        self.training.refresh_sets()

    # what is shown

    @property
    def chosen(self) -> list[RunView]:
        """The runs that are looked at, the main one first; none while a run is prepared."""
        views = {view.id: view for view in self.runs.runs}
        return [views[run_id] for run_id in self._chosen if run_id in views]

    def _choose(self, run_ids: tuple[str, ...]) -> None:
        if run_ids[:1] != self._chosen[:1]:
            self._stop_asking()
        self._chosen = run_ids
        self.runs.want(run_ids)
        self._show()
        if self.view.record.isVisibleTo(self.view):
            self._read_record()

    def _show(self) -> None:
        views = self.runs.runs
        chosen = self.chosen
        self.list.show_runs(views, [view.id for view in chosen])
        self._empty.setVisible(not views)
        self._centre.setCurrentWidget(self.view if chosen else self.form)
        self._inspector.setCurrentWidget(self.panel if chosen else self.plan)
        self._on_form.set(not chosen)
        if chosen:
            told = [(view, self.runs.history(view.id)) for view in chosen]
            self.view.show_runs(views, told)
            self.panel.show_run(*told[0])
            self._show_export()

    def _show_export(self) -> None:
        for view in self.chosen[:1]:
            self.panel.show_export(self.uses.progress(view.id))

    def _on_runs(self) -> None:
        """The first time the newest run comes to the front, where there is one."""
        views = self.runs.runs
        if not self._began and views:
            self._began = True
            self._choose((views[0].id,))
            return
        self._show()

    def _on_history(self, run_id: str) -> None:
        if run_id in self._chosen:
            self._show()

    def _read_record(self) -> None:
        view = next(iter(self.chosen), None)
        if view is None:
            return

        def work(run: RunFolder) -> tuple[str, str]:
            try:
                return write_recipe(run.recipe()), card_text(run)
            except UserError as error:
                return "", describe(error).message

        def done(found: object) -> None:
            if isinstance(found, tuple):
                self.view.record.show_record(found[0], found[1], view.name)

        self.runs.read(view.id, work, done)

    # what the user does

    def _start(self) -> None:
        if not self.training.is_ready:
            return
        recipe = self.training.ready_recipe()
        title = self.tr("Fine-tune “{name}”").format(name=recipe.name)
        try:
            run_id = self.runs.begin(recipe, recipe.base, title)
        except UserError as error:
            self._host.show_error(error)
            return
        self.view.show_tab(self.view.curves)
        self._choose((run_id,))
        self.list.setFocus()

    def _resume(self, *, fitting: bool = False) -> None:
        for view in self.chosen[:1]:
            self.list.setFocus()
            title = self.tr("Fine-tune “{name}”").format(name=view.name)
            self.runs.resume(view.id, title, fitting=fitting)

    def _remove(self, run_id: str) -> None:
        view = self.runs.run(run_id)
        if view is None or view.is_live:
            return
        self.runs.remove(run_id)
        if run_id in self._chosen:
            rest = tuple(one for one in self._chosen if one != run_id)
            others = [one.id for one in self.runs.runs if one.id != run_id]
            self._choose(rest or tuple(others[:1]))
        text = self.tr("“{name}” was removed").format(name=view.name)
        self._host.show_toast(text, self.tr("Undo"), lambda: self.runs.restore(run_id))

    def _repeat(self, run_id: str) -> None:
        view = self.runs.run(run_id)
        if view is None:
            return

        def done(base: object) -> None:
            recipe = view.recipe
            if base:
                recipe = msgspec.structs.replace(recipe, base=str(base))
            self.new_run()
            self.training.repeat(recipe)

        self.runs.read(run_id, base_path_of, done)

    def _show_folder(self) -> None:
        for view in self.chosen[:1]:
            show_folder(self.runs.folder(view.id), self._host.show_toast)

    def _of_main(self, act: Callable[[RunView], None]) -> None:
        """The pressed button may be gone afterwards; the keyboard goes to the list instead of anywhere."""
        for view in self.chosen[:1]:
            self.list.setFocus()
            act(view)

    # base and tuned side by side

    def _ask_both(self, job: AskRunJob) -> None:
        self._stop_asking()
        comparison = self.view.comparison
        comparison.set_busy(True)

        def begin(base: object) -> None:
            asked = msgspec.structs.replace(job, home=str(self._c.models.home), base=str(base))
            self._asking = self._c.jobs.ask(asked, self._hear_answer)

        self.runs.read(job.run, base_path_of, begin)

    def _hear_answer(self, event: JobEvent) -> None:
        comparison = self.view.comparison
        if isinstance(event, JobStep):
            comparison.set_busy(True, event.fraction)
        elif isinstance(event, RunAnswered):
            comparison.show_answer(event)
        elif isinstance(event, JobEnd):
            comparison.set_busy(False)
            if isinstance(event, JobFailed):
                error = UserError(event.code, **event.params) if event.code else BugError(event.report)
                told = describe(error)
                comparison.show_problem(f"{told.message} {told.hint}")

    def _stop_asking(self) -> None:
        if self._asking is not None:
            self._asking.cancel()
            self._asking = None
        self.view.comparison.set_busy(False)

    # wiring

    def _choose_base(self) -> None:
        """The loaded model, where it can be trained; else the starter."""
        if self.training.recipe.base:
            return
        models = self._c.models
        known = {entry.path: entry for entry in models.files if is_trainable(entry)}
        loaded = models.current.path if models.current is not None else ""
        path = loaded if loaded in known else next(iter(known), "")
        if path:
            self.training.set_base(path)

    def _close(self) -> None:
        self._stop_asking()
        self.training.close()

    def _connect(self) -> None:
        runs, training, panel, view = self.runs, self.training, self.panel, self.view
        self._c.closing.connect(self._close)
        self._c.models.choices_changed.connect(lambda _choices, _recent: self._choose_base())
        runs.runs_changed.connect(self._on_runs)
        runs.history_changed.connect(self._on_history)
        runs.failed.connect(self._host.show_error)
        training.failed.connect(self._host.show_error)
        training.plan_changed.connect(self._show_missing)
        self.installer.changed.connect(self._show_missing)
        self.installer.ended.connect(training.plan_again)
        self.list.chosen.connect(self._choose)
        self.list.removal_requested.connect(self._remove)
        self.list.repeat_requested.connect(self._repeat)
        self._on_form = Toggle(self.new, lambda _on: self.new_run())
        self.plan.start_requested.connect(self._start)
        self.form.data_requested.connect(self.data_requested)
        self.form.sample_requested.connect(self.sample_requested)
        self.form.install_requested.connect(self.installer.install)
        panel.pause_requested.connect(lambda: self._of_main(lambda run: runs.pause(run.id)))
        panel.stop_requested.connect(lambda: self._of_main(lambda run: runs.stop(run.id)))
        panel.resume_requested.connect(self._resume)
        panel.fitting_resume_requested.connect(lambda: self._resume(fitting=True))
        panel.chat_requested.connect(lambda: self._of_main(self.uses.chat))
        panel.folder_requested.connect(self._show_folder)
        panel.removal_requested.connect(lambda: self._of_main(lambda run: self._remove(run.id)))
        panel.described.connect(self._describe)
        panel.export.requested.connect(self._export)
        self.uses.exported.connect(panel.export.show_exported)
        self.uses.compare_requested.connect(self.compare_requested)
        self.uses.chat_opened.connect(self.chat_opened)
        self.uses.progress_changed.connect(self._show_export)
        view.table.chosen.connect(self._choose)
        view.record_requested.connect(self._read_record)
        view.record.repeat_requested.connect(lambda: self._of_main(lambda run: self._repeat(run.id)))
        view.record.recipe.copy_requested.connect(_copy)
        view.record.recipe.save_requested.connect(self._save_recipe)
        view.comparison.asked.connect(self._ask_both)
        view.comparison.cancelled.connect(self._stop_asking)
        view.comparison.compare_requested.connect(lambda: self._of_main(self.uses.compare))

    def _describe(self, name: str, notes: str, tags: Sequence[str]) -> None:
        for view in self.chosen[:1]:
            self.runs.describe(view.id, name, notes, tuple(tags))

    def _export(self, job: ExportJob) -> None:
        for view in self.chosen[:1]:
            self.uses.export(view, job)

    def _save_recipe(self, path: str) -> None:
        text = self.view.record.recipe.area.text() + "\n"
        self._c.background.run(lambda: Path(path).write_text(text, "utf-8"), None, self._host.show_error)

    def _show_missing(self) -> None:
        plan = self.training.plan
        self.form.banner.show_missing(plan.missing if plan is not None else (), self.installer.progress)

    def _make_navigator(self) -> QWidget:
        theme = self._theme
        self.new = IconButton("plus", self.tr("New run"), theme, checkable=True)
        self._empty = TextLabel(
            self.tr("Runs that you start are listed here, also those of the command line."),
            theme,
            role="fg3",
            size="xs",
            wrap=True,
        )
        self._empty.setContentsMargins(8, 0, 8, 0)
        head = QHBoxLayout()
        head.setContentsMargins(8, 0, 0, 0)
        head.addWidget(TextLabel(self.tr("Runs"), theme, role="fg", size="l", weight=SEMIBOLD))
        head.addStretch(1)
        head.addWidget(self.new)
        panel = QWidget()
        panel.setProperty("surface", "panel")
        panel.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(panel)
        column.setContentsMargins(8, 9, 8, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._empty)
        column.addWidget(self.list, 1)
        return panel


def _copy(text: str) -> None:
    QApplication.clipboard().setText(text)
