"""The page Data: what models are trained on, looked at before it is."""

from typing import cast

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.commands.registry import CommandRegistry
from app.controllers.chat_controllers import ChatControllers
from app.i18n.errors import describe
from app.pages.chat.host import PageHost
from app.pages.data.centre import DataCentre
from app.pages.data.chats_dialog import ChatsDialog
from app.pages.data.controller import DataController
from app.pages.data.inspector import DataInspector
from app.pages.data.opened import OpenData, RowFilter
from app.pages.data.row_panel import RowPanel
from app.pages.data.row_tokens import RenderedRow
from app.pages.data.rows_model import RowsModel
from app.pages.data.set_list import SetList
from app.resource_paths import resource
from app.theme.theme import Theme
from app.widgets.icon_button import IconButton
from app.widgets.painting import SEMIBOLD
from app.widgets.text_label import TextLabel
from app.window import page_titles
from engine.datasets.chats import ChatRows
from engine.store.records import SessionRecord

SAMPLE = ("data", "lighthouse-keeper.jsonl")
PREFERENCES = ("data", "lighthouse-preferences.jsonl")


class DataPage(QObject):
    """A `Page`: data sets left, rows in the centre, what they are right, the row as trained below."""

    icon_name = "database"
    fine_tune_requested = Signal(object)
    """`OpenData` to train on."""

    def __init__(
        self, controllers: ChatControllers, host: PageHost, registry: CommandRegistry, theme: Theme
    ) -> None:
        super().__init__()
        self._c = controllers
        self._host = host
        self._theme = theme
        self.controller = DataController(
            controllers.models.home, controllers.jobs, controllers.access, controllers.background, self
        )
        controllers.closing.connect(self.controller.close)
        self.rows = RowsModel(controllers.background, self)
        self.sets = SetList(theme)
        self.view = DataCentre(self.rows, registry, theme)
        self.details = DataInspector(theme)
        self.row_panel = RowPanel(controllers.models, theme)
        self._navigator = self._make_navigator()
        self._connect()
        self._choose_model()
        self.controller.start()

    @property
    def title(self) -> str:
        return page_titles.data()

    def navigator(self) -> QWidget | None:
        return self._navigator

    def centre(self) -> QWidget:
        return self.view

    def inspector(self) -> QWidget | None:
        return self.details

    def bottom(self) -> QWidget | None:
        return self.row_panel

    # what others do

    def open_file(self, path: str) -> None:
        """Show the page with a file, which goes on the list."""
        self._host.show_page("data")
        self.controller.add(path)

    def open_sample(self) -> None:
        """Show the sample; a copy of it comes onto the list where it is not there yet."""
        self.controller.add_sample(str(resource(*SAMPLE)), self.tr("Lighthouse keeper"))

    def open_preferences(self) -> None:
        """Show the sample of preferences in the same way."""
        name = self.tr("Lighthouse keeper, better and worse")
        self.controller.add_sample(str(resource(*PREFERENCES)), name)

    def _make_navigator(self) -> QWidget:
        theme = self._theme
        self.add = IconButton("file-plus", self.tr("Open a file with rows"), theme)
        self.chats = IconButton("messages-square", self.tr("Make a data set of chats"), theme)
        self.no_sets = TextLabel(
            self.tr("Data sets that you open or make of chats are listed here."),
            theme,
            role="fg3",
            size="xs",
            wrap=True,
        )
        self.no_sets.setContentsMargins(8, 0, 8, 0)
        self.no_sets.hide()
        head = QHBoxLayout()
        head.setContentsMargins(8, 0, 0, 0)
        head.addWidget(TextLabel(self.tr("Data sets"), theme, role="fg", size="l", weight=SEMIBOLD))
        head.addStretch(1)
        head.addWidget(self.chats)
        head.addWidget(self.add)
        panel = QWidget()
        panel.setProperty("surface", "panel")
        panel.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(panel)
        column.setContentsMargins(8, 9, 8, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.no_sets)
        column.addWidget(self.sets, 1)
        return panel

    def _connect(self) -> None:
        controller = self.controller
        controller.sets_changed.connect(lambda _sets: self._list_sets())
        controller.opened.connect(self._show)
        controller.progressed.connect(self._show_progress)
        controller.rows_found.connect(self._show_rows)
        controller.renderer.rendered.connect(self._show_rendered)
        controller.renderer.not_rendered.connect(self.row_panel.show_error)
        controller.unreadable.connect(self._show_problem)
        controller.failed.connect(self._host.show_error)
        self.sets.chosen.connect(controller.select)
        self.sets.reading_requested.connect(controller.select)
        self.sets.removal_requested.connect(self._remove)
        self.view.files_dropped.connect(self._add)
        self.view.filter_changed.connect(self._filter)
        self.view.row_chosen.connect(self._choose_row)
        self.view.sample_requested.connect(self.open_sample)
        self.view.reading.cancelled.connect(controller.stop)
        self.details.mapping.mapping_chosen.connect(controller.set_mapping)
        self.details.findings.kind_chosen.connect(self.view.set_kind)
        self.details.split_changed.connect(controller.set_split)
        self.details.fine_tune_pressed.connect(self._fine_tune)
        self.row_panel.options_changed.connect(controller.set_options)
        self._c.models.choices_changed.connect(lambda _choices, _recent: self._choose_model())
        self._c.models.loaded.connect(lambda _model: self._choose_model())
        for button in (self.add, self.view.open_file):
            button.clicked.connect(self._ask_file)
        for button in (self.chats, self.view.from_chats):
            button.clicked.connect(self._ask_chats)

    def _list_sets(self) -> None:
        self.sets.show_sets(self.controller.sets, self.controller.chosen)
        self.no_sets.setVisible(not self.controller.sets)

    def _show(self, data: OpenData | None) -> None:
        self._list_sets()
        opening = next((one.name for one in self.controller.sets if one.id == self.controller.chosen), "")
        self.view.set_data(data, opening)
        self.details.set_data(data)
        self.row_panel.set_measured(data.measured if data is not None else None)
        if data is None or data.mapping is None:
            self.row_panel.show_nothing(
                ""
                if data is None
                else self.tr("Say at the right what the columns are; rows are shown as they are.")
            )

    def _show_problem(self, error: Exception) -> None:
        told = describe(error)
        self.view.show_problem(f"{told.message} {told.hint}")

    def _show_progress(self, label: str, fraction: float | None) -> None:
        words = {
            "read": self.tr("Reading the rows"),
            "check": self.tr("Checking the rows"),
            "measure": self.tr("Measuring the rows"),
        }
        if label in words:
            self.view.reading.label.set_text(words[label])
        self.view.reading.set_fraction(fraction)

    def _show_rows(self, numbers: NDArray[np.int64]) -> None:
        self.rows.set_rows(numbers)
        self.view.show_found(len(numbers))
        if not len(numbers):
            self.row_panel.show_nothing("")

    def _show_rendered(self, rendered: RenderedRow) -> None:
        self.row_panel.show_row(rendered)

    def _choose_row(self, number: int) -> None:
        if number < 0:
            return
        if not self.controller.options.model:
            self.row_panel.show_nothing(self.tr("Choose a model to see the tokens it would be trained on."))
        self.controller.render(number)

    def _filter(self, row_filter: RowFilter) -> None:
        self.details.findings.mark(row_filter.kind)
        self.controller.set_filter(row_filter)

    def _choose_model(self) -> None:
        """The loaded model where its file can be read, else the first of the library."""
        if self.row_panel.model.path():
            return
        models = self._c.models
        loaded = models.current.path if models.current is not None else ""
        files = [entry.path for entry in models.files if entry.format == "gguf" and entry.problem is None]
        path = loaded if loaded.endswith(".gguf") else next(iter(files), "")
        if path:
            self.row_panel.set_model(path)

    def _remove(self, set_id: str) -> None:
        self.controller.remove(set_id)
        self._host.show_toast(
            self.tr("The data set was taken off the list; its file is untouched."),
            self.tr("Undo"),
            lambda: self.controller.restore(set_id),
        )

    def _ask_file(self) -> None:
        paths, _filter = QFileDialog.getOpenFileNames(
            self.view,
            self.tr("Open files with rows"),
            "",
            self.tr("Rows (*.jsonl *.json *.ndjson *.csv *.tsv *.parquet *.txt *.md);;All files (*)"),
        )
        self._add(paths)

    def _add(self, paths: list[str]) -> None:
        for path in paths:
            self.controller.add(path)

    def _ask_chats(self) -> None:
        def show(sessions: list[SessionRecord]) -> None:
            dialog = ChatsDialog(sessions, self._theme, self.view)
            dialog.confirmed.connect(
                lambda ids, kind, name: self.controller.add_chats(ids, cast(ChatRows, kind), name)
            )
            dialog.open()

        self._c.access.run(lambda store: store.sessions.list(), show)

    def _fine_tune(self) -> None:
        if self.controller.data is not None:
            self.fine_tune_requested.emit(self.controller.data)
