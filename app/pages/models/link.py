"""Joins the models page with the library, the engine and the window."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu

from app.bridge.background import Background
from app.controllers.models import ModelsController
from app.models.library_rows import Counts, Filter, LibraryRow, count_rows, endpoint_rows
from app.models.model_choices import loading_key
from app.pages.chat.host import PageHost
from app.pages.models.action_bar import ICONS, possible_actions
from app.pages.models.endpoint_dialog import EndpointDialog
from app.pages.models.fit_section import DraftModel
from app.pages.models.trash import Trashed, move_to_trash, restore
from app.theme.icons import icon
from app.theme.theme import Theme
from app.widgets.folders import show_folder
from engine.library.adapters import group_adapters
from engine.library.describe import describe_file
from engine.library.details import ModelDetails
from engine.library.entries import ModelEntry
from engine.library.fit import Budget
from engine.protocol.values import LoadedModel
from engine.store.records import EndpointRecord, ModelLoad

if TYPE_CHECKING:
    from app.pages.models.page import ModelsPage

_BUDGET_MS = 4000
_READ_MS = 120
"""How long a row has to be marked before its files are read: not while somebody runs through the list."""
_MOST_DRAFTS = 50


class ModelsLink(QObject):
    """Lives as long as the page."""

    def __init__(
        self,
        page: "ModelsPage",
        models: ModelsController,
        background: Background,
        host: PageHost,
        theme: Theme,
    ) -> None:
        super().__init__(page)
        self._page = page
        self._models = models
        self._library = models.library
        self._background = background
        self._host = host
        self._theme = theme
        self._read_key = ""
        self._counted = 0
        self._words: tuple[str, ...] = ()
        self._place = Filter()
        self._reader = QTimer(page.table, interval=_READ_MS, singleShot=True)
        self._reader.timeout.connect(self._read)
        self._clock = QTimer(page.table, interval=_BUDGET_MS)
        self._clock.timeout.connect(self._refresh_budget)
        self._clock.start()
        self._connect()
        self._show_rows()
        self._on_loaded(models.current)
        self._on_scanning(self._library.scanning)
        models.refresh()

    def _connect(self) -> None:
        page, models, library = self._page, self._models, self._library
        models.choices_changed.connect(lambda _choices, _recent: self._show_rows())
        models.scanning_changed.connect(self._on_scanning)
        models.loaded.connect(self._on_loaded)
        models.unloaded.connect(lambda: self._on_loaded(None))
        models.loading.connect(page.details.show_loading)
        models.load_failed.connect(lambda _error: self._show_marked())
        library.grown.connect(self._show_rows)
        library.tags_changed.connect(self._on_tags)
        page.filter.textChanged.connect(self._search)
        page.table.current_changed.connect(self._show_marked)
        page.table.opened.connect(self._open)
        page.table.menu_requested.connect(self._show_menu)
        page.table.delete_pressed.connect(lambda: self._do("trash"))
        page.details.action_bar.triggered.connect(self._do)
        page.details.tags_changed.connect(self._set_tags)
        page.details.fit.draft_wanted.connect(self._read_draft)
        page.nothing.action_requested.connect(self._choose_folder)
        page.no_match.action_requested.connect(self._show_all)
        page.rescan.clicked.connect(lambda _checked: models.refresh())
        page.open_file.clicked.connect(self._choose_file)
        page.add_endpoint.clicked.connect(lambda: self._edit_endpoint(None))
        places, search = page.places, library.duplicates
        places.filter_changed.connect(self._set_place)
        places.folder_added.connect(self._choose_folder)
        places.folder_removed.connect(self._remove_folder)
        places.search_requested.connect(search.search)
        places.stop_requested.connect(search.stop)
        search.running_changed.connect(places.set_running)
        search.progressed.connect(places.set_progress)
        search.changed.connect(self._on_duplicates)

    # the list

    def _show_rows(self) -> None:
        page = self._page
        rows = self._library.rows + endpoint_rows(self._models.endpoints)
        page.places.set_folders(self._models.folders)
        page.rows.set_rows(rows)
        page.summary.set_text(self.tr("%Ln found", "", len(rows)) if rows else "")
        if page.table.current_row() is None and page.rows.rowCount():
            page.table.mark(self._first_marked())
        self._count()
        self._show_empty()

    def _first_marked(self) -> str:
        """The model in memory, else the one used last."""
        current = self._models.current
        if current is not None:
            return loading_key(current)
        recent = self._models.recent()
        choice = self._models.choice(recent[0]) if recent else None
        return choice.path or choice.key if choice is not None else ""

    def _count(self) -> None:
        """Thousands of rows take longer than a frame may: off this thread, the last one asked for counts."""
        library, folders = self._library, self._models.folders
        rows = library.rows + endpoint_rows(self._models.endpoints)
        tags, copies = library.tags, library.duplicates.freeable_of
        self._counted += 1
        number = self._counted

        def take(counts: Counts) -> None:
            if number == self._counted:
                self._page.places.set_counts(counts)

        self._background.run(lambda: count_rows(rows, folders, tags, copies), take)

    def _show_empty(self) -> None:
        page = self._page
        shown, any_there = page.rows.rowCount() > 0, bool(self._library.rows or self._models.endpoints)
        page.table.setVisible(shown or (not any_there and self._library.scanning))
        page.nothing.setVisible(not any_there and not self._library.scanning)
        page.no_match.setVisible(any_there and not shown)

    def _search(self, text: str) -> None:
        self._words = tuple(text.casefold().split())
        self._apply_filter()

    def _set_place(self, wanted: Filter) -> None:
        self._place = wanted
        self._apply_filter()

    def _apply_filter(self) -> None:
        page = self._page
        page.rows.set_filter(replace(self._place, words=self._words))
        if page.table.current_row() is None:
            page.table.mark("")
        self._show_empty()

    def _show_all(self) -> None:
        self._page.filter.clear()
        self._page.places.list.setCurrentIndex(self._page.places.list.places.index(0))

    def _on_scanning(self, scanning: bool) -> None:
        rescan = self._page.rescan
        rescan.setEnabled(not scanning)
        rescan.setText(self.tr("Looking…") if scanning else self.tr("Look again"))
        self._show_empty()
        if not scanning:
            self._refresh_budget()

    def _on_tags(self) -> None:
        self._page.rows.set_tags(self._library.tags)
        self._count()
        self._show_marked()

    def _on_duplicates(self) -> None:
        search = self._library.duplicates
        self._page.rows.set_duplicates(search.freeable_of)
        self._page.places.set_duplicates(
            sum(len(group.paths) for group in search.groups), search.freeable, searched=search.searched
        )
        self._count()
        self._show_marked()

    # the marked model

    def _show_marked(self) -> None:
        row = self._page.table.current_row()
        entry = row.entry if row is not None else None
        self._page.details.show_row(
            row,
            self._library.tags.get(entry.path, ()) if entry else (),
            self._loaded(row),
            self._library.duplicates.copies_of(entry.path) if entry else (),
        )
        key = row.key if row is not None else ""
        if key != self._read_key:
            self._read_key = ""
            self._reader.start()

    def _read(self) -> None:
        row = self._page.table.current_row()
        if row is not None and row.entry is not None and row.key != self._read_key:
            self._read_key = row.key
            self._library.read_details(row.entry, self._take_details)

    def _take_details(self, details: ModelDetails, loads: list[ModelLoad]) -> None:
        row = self._page.table.current_row()
        if row is None or row.key != details.entry.path:
            return
        entries = self._library.entries
        adapters = group_adapters(entries).get(details.entry.path, [])
        self._page.details.show_details(details, adapters, self._drafts(details), loads)
        self._refresh_budget()

    def _drafts(self, details: ModelDetails) -> list[ModelEntry]:
        """Smaller models of the same kind; whether their tokens are the same, their load will tell."""
        own = details.entry
        fitting = [
            entry
            for entry in self._library.entries
            if entry.format == "gguf"
            and entry.problem is None
            and entry.architecture == own.architecture
            and entry.parameters * 2 <= own.parameters
        ]
        return sorted(fitting, key=lambda entry: entry.parameters)[:_MOST_DRAFTS]

    def _read_draft(self, path: str) -> None:
        from pathlib import Path  # noqa: PLC0415

        entry = self._library.entry(path)
        if entry is not None:
            self._background.run(
                lambda: DraftModel(entry, describe_file(Path(path))),
                self._page.details.fit.set_draft,
                self._host.show_error,
            )

    def _loaded(self, row: LibraryRow | None) -> LoadedModel | None:
        current = self._models.current
        if row is None or current is None:
            return None
        return current if loading_key(current) in (row.key, row.name) else None

    def _on_loaded(self, model: LoadedModel | None) -> None:
        self._page.rows.set_current(loading_key(model) if model else "")
        self._read_key = ""
        self._show_marked()
        self._refresh_budget()

    def _refresh_budget(self) -> None:
        if not self._page.table.isVisible():
            return
        current = self._models.current

        def take(budget: Budget) -> None:
            self._page.rows.set_budget(budget)
            self._page.details.fit.set_budget(budget)

        self._background.run(lambda: self._library.budget(current), take)

    def _set_tags(self, tags: tuple[str, ...]) -> None:
        row = self._page.table.current_row()
        if row is not None and row.entry is not None:
            self._library.set_tags(row.entry, tags)

    # actions

    def _open(self, row: LibraryRow) -> None:
        if "chat" in possible_actions(row, False):
            self._models.load(_load_key(row), row.name)
            self._host.show_page("chat")

    def _show_menu(self, row: LibraryRow, point: QPoint) -> None:
        menu = QMenu(self._page.table)
        possible = possible_actions(row, self._loaded(row) is not None)
        for name, button in self._page.details.action_bar.buttons.items():
            if name not in possible:
                continue
            if name == "trash":
                menu.addSeparator()
            menu.addAction(icon(ICONS[name]), button.accessibleName(), partial(self._do, name))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(point)

    def _do(self, action: str) -> None:
        """What a button or the menu asks for, with the marked rows."""
        rows = self._page.table.selected()
        row = rows[0] if rows else None
        if row is None or action not in possible_actions(row, self._loaded(row) is not None):
            return
        paths = [each.key for each in rows if each.entry is not None]
        match action:
            case "chat":
                self._open(row)
            case "unload":
                self._models.unload()
            case "card":
                self._page.card_requested.emit(row.key)
            case "metadata":
                self._page.metadata_requested.emit(row.key)
            case "compare" | "quantize" | "convert":
                page = self._page
                asked = {
                    "compare": page.compare_requested,
                    "quantize": page.quantize_requested,
                    "convert": page.convert_requested,
                }
                asked[action].emit(paths)
            case "reveal":
                show_folder(Path(row.key).parent, self._host.show_toast)
            case "copy":
                QGuiApplication.clipboard().setText("\n".join(paths))
                self._host.show_toast(self.tr("The path is in the clipboard."))
            case "trash":
                self._trash(row)
            case "edit":
                self._edit_endpoint(row.endpoint)
            case "remove":
                self._delete_endpoint(row)

    def _trash(self, row: LibraryRow) -> None:
        entry = row.entry
        if entry is None:
            return
        if self._loaded(row) is not None:
            self._models.unload()
        home = self._library.home

        def moved(files: list[Trashed]) -> None:
            self._models.refresh()
            text = self.tr("{name} is in the trash.").format(name=entry.name)
            if all(file.kept for file in files):
                self._host.show_toast(text, self.tr("Undo"), lambda: self._restore(files))
            else:
                self._host.show_toast(text)

        self._background.run(lambda: move_to_trash(entry, home), moved, self._host.show_error)

    def _restore(self, files: list[Trashed]) -> None:
        self._background.run(
            lambda: restore(files), lambda _nothing: self._models.refresh(), self._host.show_error
        )

    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self._page.centre(), self.tr("Add a folder of models"))
        if folder:
            self._models.add_folder(folder)

    def _remove_folder(self, folder: str) -> None:
        self._models.remove_folder(folder)
        text = self.tr("{folder} is off the list. Nothing in it was changed.").format(folder=folder)
        self._host.show_toast(text, self.tr("Undo"), lambda: self._models.add_folder(folder))

    def _choose_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self._page.centre(),
            self.tr("Open a model file"),
            "",
            self.tr("GGUF models (*.gguf);;All files (*)"),
        )
        if path:
            self._models.load(path)

    def _edit_endpoint(self, record: EndpointRecord | None) -> None:
        dialog = EndpointDialog(self._theme, self._page.centre(), record)
        dialog.saved.connect(self._models.save_endpoint)
        dialog.open()

    def _delete_endpoint(self, row: LibraryRow) -> None:
        if row.endpoint is None:
            return
        endpoint_id = row.endpoint.id
        self._models.delete_endpoint(endpoint_id)
        self._host.show_toast(
            self.tr("The endpoint was removed."),
            self.tr("Undo"),
            lambda: self._models.restore_endpoint(endpoint_id),
        )


def _load_key(row: LibraryRow) -> str:
    return "starter" if row.entry is not None and row.entry.source == "starter" else row.key
