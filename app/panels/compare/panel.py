"""Compare models on a text: starts the job, follows it, shows what came of it, and what came of earlier
ones.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.i18n.errors import problem_of
from app.panels.compare.names import joined
from app.panels.compare.picture import draw
from app.panels.compare.plots import histogram
from app.panels.compare.results import ResultsView
from app.panels.compare.setup import SetupColumn
from app.panels.compare.suggestion import suggest_models
from app.panels.file_panel_parts import FilePanelParts
from app.panels.running_job import RunningJob
from app.panels.stored_removal import StoredRemoval
from app.widgets.empty_state import EmptyState
from engine.errors import UserError
from engine.evaluate.comparison import Comparison, read_comparison
from engine.evaluate.export import export_comparison
from engine.evaluate.stored import list_comparisons, new_place
from engine.jobs.records import JobRecord
from engine.protocol.jobs import Compared, CompareJob

KIND = "compare"
Read = tuple[Comparison, Mapping[str, Sequence[float]]]


class ComparePanel(QWidget):
    """A tab of the page Quantize."""

    def __init__(self, parts: FilePanelParts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        theme = parts.theme
        self._home = parts.controllers.models.home
        self._opening = ""
        self._suggested: list[str] = []
        """Those of the chosen models that nobody has asked for; they go when somebody does."""
        self._is_set_up = False
        self._removal = StoredRemoval(parts, self._list, self)
        self.setAccessibleName(self.tr("Compare models"))
        self.setup = SetupColumn(parts.controllers.models, theme)
        self.results = ResultsView(theme)
        self.empty = EmptyState(
            "git-compare",
            self.tr("What does a smaller model lose?"),
            self.tr(
                "Choose a model and smaller variants of it. Each reads the same text; you see how much their "
                "expectations differ, in figures, and token by token in the text itself."
            ),
            theme,
            action_text=self.tr("Make a variant"),
            action_icon="shrink",
        )
        self.empty.action_requested.connect(self._make_variant)
        self.running = RunningJob(parts.jobs, KIND, theme)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.results)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.running)
        right.addWidget(self._stack, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.setup)
        row.addLayout(right, 1)
        self.setFocusProxy(self.setup)
        self.setup.start_requested.connect(self.start)
        self.setup.stored_chosen.connect(self.open_file)
        self.setup.stored.remove_requested.connect(self.remove)
        self.running.ended.connect(self._on_ended)
        self.results.export_requested.connect(self._export)
        self.results.chat_requested.connect(parts.open_in_chat)
        parts.jobs.set_opener(KIND, self._open_record)
        self.setup.models.changed.connect(self._keep_choice)
        models = parts.controllers.models
        models.choices_changed.connect(lambda *_: self._suggest())
        models.loaded.connect(lambda _model: self._suggest())
        self._suggest()
        self._list()

    def set_models(self, paths: Sequence[str]) -> None:
        """Add these to the models to compare; the first of an empty list becomes the reference. One alone
        gets a variant of it beside it, if there is one.
        """
        kept = [path for path in self.setup.models.paths if path not in self._suggested]
        asked = list(dict.fromkeys([*kept, *paths]))
        self._keep_choice()
        if len(asked) == 1:
            found = self._find_pair(asked[0])
            self._suggested = [path for path in found if path not in asked]
            asked = found
        self._show_models(asked)

    def _keep_choice(self) -> None:
        """Somebody chose: from here on nothing is put there unasked."""
        self._suggested, self._is_set_up = [], True
        self._offer_variant()

    def _suggest(self) -> None:
        if self._is_set_up:
            return
        current = self._parts.controllers.models.current
        loaded = current.path if current is not None and current.backend == "llama_cpp" else ""
        self._suggested = self._find_pair(loaded)
        self._show_models(self._suggested)

    def _show_models(self, paths: Sequence[str]) -> None:
        self.setup.models.set_paths(paths)
        self.setup.refresh()
        self._offer_variant()

    def _offer_variant(self) -> None:
        """Only to whoever has nothing to compare with."""
        if self.empty.action is not None:
            self.empty.action.setVisible(len(self.setup.models.paths) < 2)

    def _find_pair(self, first: str) -> list[str]:
        models = self._parts.controllers.models
        paths = {choice.key: choice.path for choice in models.choices()}
        used = [paths.get(key, key) for key in models.recent()]
        return suggest_models(models.files, used, first)

    def _make_variant(self) -> None:
        """Whoever has one model only needs another to compare it with."""
        self._parts.show_view("quantize", self.setup.models.paths[:1])

    # starting

    def start(self) -> None:
        """Queue the comparison that is set up."""
        chosen, home = self.setup.text, self._home
        find_text = chosen.source(home)

        def prepare() -> tuple[str, str]:
            return find_text(), str(new_place(home))

        paths, names = tuple(self.setup.models.paths), tuple(self.setup.models.names())
        tokens = chosen.n_tokens()

        def begin(places: tuple[str, str]) -> None:
            source, target = places
            job = CompareJob(paths, names, source, target, n_tokens=tokens)
            title = self.tr("Compare {names}").format(names=joined(names))
            try:
                self.running.follow(self._parts.jobs.start(job, title))
            except UserError as error:
                self._parts.host.show_error(error)

        self._parts.controllers.background.run(prepare, begin, self._parts.host.show_error)

    def _on_ended(self, record: JobRecord) -> None:
        self._list()
        if isinstance(record.result, Compared):
            self.open_file(record.result.path)
        elif problem := problem_of(record.result):
            self._parts.host.show_error(problem)

    # opening

    def open_file(self, path: str) -> None:
        """Show a comparison that was made before."""
        self._opening = path

        def read() -> Read:
            found = read_comparison(Path(path))
            numbers = range(1, len(found.models))
            return found, {found.models[number]: histogram(found.kl[number].tolist()) for number in numbers}

        self._parts.controllers.background.run(read, self._show, self._parts.host.show_error)

    def _show(self, read: Read) -> None:
        comparison, shares = read
        if str(comparison.path) != self._opening:
            return
        self.results.set_comparison(comparison, shares)
        self._stack.setCurrentWidget(self.results)
        self.setup.stored.mark(str(comparison.path))

    def remove(self, path: str) -> None:
        """Take an earlier comparison off the list; its note has a way back."""
        if path == self._opening:
            self._opening = ""
            self._stack.setCurrentWidget(self.empty)
        self._removal.remove(path, self.tr("The comparison was removed."))

    def _open_record(self, record: JobRecord) -> None:
        """From the jobs drawer."""
        if isinstance(record.result, Compared):
            self._parts.show_view("compare", ())
            self._parts.host.show_page("quantize")
            self.open_file(record.result.path)

    def _list(self) -> None:
        home = self._home
        self._parts.controllers.background.run(lambda: list_comparisons(home), self.setup.set_stored)

    # files

    def _export(self, kind: str) -> None:
        comparison = self.results.comparison
        if comparison is None:
            return
        ending = {"md": ".md", "csv": ".csv", "tokens": ".csv", "png": ".png"}[kind]
        name = f"tokens{ending}" if kind == "tokens" else f"comparison{ending}"
        chosen, _filter = QFileDialog.getSaveFileName(self, self.tr("Export the comparison"), name)
        if chosen:
            self.export_to(kind, Path(chosen).with_suffix(ending))

    def export_to(self, kind: str, target: Path) -> None:
        """Write the open comparison; says so when it is done."""
        comparison = self.results.comparison
        if comparison is None:
            return
        if kind == "png":
            tokens = self._parts.theme.tokens
            picture = draw(comparison, self.results.plots, self.results.note, tokens)

            def write() -> None:
                if not picture.save(str(target)):
                    raise UserError("output.unwritable", path=target, reason="the picture was not written")
        else:
            source = comparison.path

            def write() -> None:
                export_comparison(source, target, tokens=kind == "tokens")

        saved = self.tr("Saved as {name}.").format(name=target.name)
        self._parts.controllers.background.run(
            write, lambda _none: self._parts.host.show_toast(saved), self._parts.host.show_error
        )
