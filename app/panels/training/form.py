"""What is trained on what, and how: the centre of the page while a run is prepared."""

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.controllers.models import ModelsController
from app.controllers.training import TrainingController
from app.models.recipe_draft import ALL_SETTINGS, suits, used_sections, used_settings
from app.panels.model_field import ModelField
from app.panels.stack import PanelStack
from app.panels.training.all_settings import AllSettings
from app.panels.training.further_data import FurtherData
from app.panels.training.install_banner import InstallBanner
from app.panels.training.recipe_view import RecipeView
from app.panels.training.words import method_tip, method_word, objective_tip, objective_word
from app.theme.theme import Theme
from app.widgets.numbers import whole
from app.widgets.painting import SEMIBOLD
from app.widgets.section import CollapsibleSection
from app.widgets.segmented import SegmentedControl
from app.widgets.select import Select
from app.widgets.text_button import TextButton
from app.widgets.text_label import TextLabel
from engine.finetune.recipe.recipe import METHODS, OBJECTIVES, Method, Objective, Recipe
from engine.finetune.recipe.settings import Setting
from engine.library.entries import ModelEntry

_COLUMN = 720
_LABEL = 96
_BASIC = (
    "train.max_steps",
    "train.num_train_epochs",
    "train.learning_rate",
    "train.batch_size",
    "train.max_length",
    "train.loss_on",
    "dataset.held_out",
    "probe.prompts",
)
_ROW_FILES = ("jsonl", "json", "ndjson", "csv", "tsv", "parquet", "txt", "md")
_RECIPE = "toml"


def is_trainable(entry: ModelEntry) -> bool:
    """What training can start from: floats in a folder, or any GGUF, which is expanded."""
    if entry.problem is not None or entry.format == "lora":
        return False
    return entry.format == "gguf" or entry.kind == "decoder"


class TrainingForm(PanelStack):
    """Follows a `TrainingController`; what the user does goes to it."""

    data_requested = Signal()
    """Show the page Data."""
    sample_requested = Signal()
    """There is nothing to train on yet: show the bundled rows."""
    install_requested = Signal()

    def __init__(self, training: TrainingController, models: ModelsController, theme: Theme) -> None:
        self._t, self._models, self._theme = training, models, theme
        self._body = QWidget()
        super().__init__((self._body,), theme)
        self.setAcceptDrops(True)
        self.banner = InstallBanner(theme)
        self.base = ModelField(self.tr("Base model"), models, theme, fits=is_trainable, folders=True)
        self.data = Select(self.tr("Data set"), (), theme, height=30)
        self.data.setPlaceholderText(self.tr("Choose a data set, or drop a file here"))
        self.open_data = TextButton(self.tr("File…"), theme, icon_name="file-box", height=30)
        self.look = TextButton(self.tr("Look at it"), theme, icon_name="database", height=30)
        self.sample = TextButton(self.tr("Try the sample"), theme, icon_name="sparkles", height=30)
        self.sample.setToolTip(self.tr("Sixty answers of a lighthouse keeper, to see how all this works"))
        self.further = FurtherData(theme)
        self.objective = Select(
            self.tr("Learns"), [(one, objective_word(one)) for one in OBJECTIVES], theme, height=30
        )
        self.method = Select(
            self.tr("Method"), [(one, method_word(one)) for one in METHODS], theme, height=30
        )
        self.preset = SegmentedControl(
            self.tr("Preset"),
            (
                ("quick", self.tr("Quick try")),
                ("balanced", self.tr("Balanced")),
                ("thorough", self.tr("Thorough")),
            ),
            theme,
        )
        self.basic = AllSettings(_basic_settings, training.set_value, theme, headings=False)
        self.every = AllSettings(_other_settings, training.set_value, theme, headings=True)
        self.recipe = RecipeView(theme)
        self._notes = {
            name: TextLabel("", theme, role="fg3", size="xs", wrap=True)
            for name in ("base", "data", "objective", "method", "preset")
        }
        self._lay_out()
        self._connect()
        self.show_recipe()

    # what is shown

    def show_recipe(self) -> None:
        """As it is now."""
        recipe = self._t.recipe
        self.base.set_path(recipe.base)
        self.objective.set_current(recipe.objective)
        self.method.set_current(recipe.method)
        self.preset.set_current(self._t.preset or None)
        self._notes["objective"].set_text(self._objective_note(recipe))
        self._notes["objective"].set_role("fg3" if self._suits(recipe) else "warn")
        self._notes["method"].set_text(method_tip(recipe.method))
        self._notes["preset"].set_text(self._preset_words())
        self.basic.show_recipe(recipe)
        if self.more.is_expanded():
            self.every.show_recipe(recipe)
        if self.toml.is_expanded():
            self.recipe.set_text(self._t.text)
        self._show_sets()

    def show_plan(self) -> None:
        """What the engine says of the base."""
        plan = self._t.plan
        text = ""
        if plan is not None and plan.quantization:
            text = self.tr(
                "Its weights are quantized ({kind}). They are expanded for the training, which brings back "
                "no precision; what is learned fits this very file best."
            ).format(kind=plan.quantization)
        elif plan is not None:
            text = self.tr("The weights are used as they are.")
        if plan is not None and not plan.chat_template:
            text += " " + self.tr("It has no chat template: rows become plain text.")
        self._notes["base"].set_text(text)
        self._notes["base"].setVisible(bool(text))

    # drops

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _files_of(event.mimeData(), (*_ROW_FILES, _RECIPE)):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Rows are learned from; a recipe fills in the form."""
        recipes = _files_of(event.mimeData(), (_RECIPE,))
        paths = _files_of(event.mimeData(), _ROW_FILES)
        if recipes:
            event.acceptProposedAction()
            self._open_recipe(recipes[0])
        elif paths:
            event.acceptProposedAction()
            self._t.add_file(paths[0])

    # behind it

    def _lay_out(self) -> None:
        theme = self._theme
        page = QHBoxLayout(self._body)
        page.setContentsMargins(24, 20, 24, 24)
        inner = QWidget()
        inner.setMaximumWidth(_COLUMN)
        page.addStretch(1)
        page.addWidget(inner, 100)
        page.addStretch(1)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(TextLabel(self.tr("New run"), theme, role="fg", size="xl", weight=SEMIBOLD))
        column.addWidget(self.banner)
        column.addLayout(self._make_choices())
        column.addSpacing(4)
        self.basic.setContentsMargins(0, 4, 0, 0)
        column.addWidget(self.basic)
        self.more = CollapsibleSection(self.tr("All settings"), theme)
        self.more.content.addWidget(self.every)
        self.toml = CollapsibleSection(self.tr("Recipe"), theme)
        self.toml.header.set_note(self.tr("everything above as a file"))
        self.toml.content.addWidget(self.recipe)
        column.addWidget(self.more)
        column.addWidget(self.toml)

    def _make_choices(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnMinimumWidth(0, _LABEL)
        grid.setColumnStretch(1, 1)
        data = QHBoxLayout()
        data.setSpacing(8)
        data.addWidget(self.data, 1)
        data.addWidget(self.open_data)
        data.addWidget(self.look)
        data.addWidget(self.sample)
        lines: tuple[tuple[str, str, QWidget | QHBoxLayout], ...] = (
            ("base", self.tr("Base model"), self.base),
            ("data", self.tr("Data"), data),
            ("objective", self.tr("Learns"), self.objective),
            ("method", self.tr("Method"), self.method),
            ("preset", self.tr("Preset"), self.preset),
        )
        row = 0
        for name, title, control in lines:
            label = TextLabel(title, self._theme)
            grid.addWidget(label, row, 0)
            if isinstance(control, QHBoxLayout):
                grid.addLayout(control, row, 1)
                label.setBuddy(self.data)
            else:
                grid.addWidget(control, row, 1)
                label.setBuddy(control)
            grid.addWidget(self._notes[name], row + 1, 1)
            if name == "data":
                grid.addWidget(self.further, row + 2, 1)
            grid.setRowMinimumHeight(row + 3, 6)
            row += 4
        return grid

    def _connect(self) -> None:
        training = self._t
        training.recipe_changed.connect(self.show_recipe)
        training.sets_changed.connect(self._show_sets)
        training.plan_changed.connect(self.show_plan)
        self.base.chosen.connect(training.set_base)
        self.data.selected.connect(self._choose_set)
        self.open_data.clicked.connect(self._ask_file)
        self.further.added.connect(training.add_data)
        self.further.removed.connect(training.remove_data)
        self.look.clicked.connect(self.data_requested)
        self.sample.clicked.connect(self.sample_requested)
        self.objective.selected.connect(lambda key: training.set_objective(cast(Objective, key)))
        self.method.selected.connect(lambda key: training.set_method(cast(Method, key)))
        self.preset.selected.connect(training.set_preset)
        self.banner.install_requested.connect(self.install_requested)
        self.banner.copy_requested.connect(_copy)
        self.recipe.copy_requested.connect(_copy)
        self.recipe.open_requested.connect(self._open_recipe)
        self.recipe.save_requested.connect(training.save_recipe)
        self.more.toggled.connect(lambda _on: self.show_recipe())
        self.toml.toggled.connect(lambda _on: self.show_recipe())

    def _show_sets(self) -> None:
        recipe, sets = self._t.recipe, self._t.sets
        choices = [(one.id, one.name) for one in sets]
        chosen = self._t.data_set
        files = [file for file in recipe.files if file]
        if files and chosen is None:
            choices.insert(0, ("", files[0].rpartition("/")[2]))
        self.further.show_sets(sets, files)
        self.data.set_choices(choices)
        self.data.setCurrentIndex(-1)
        if files:
            self.data.set_current(chosen.id if chosen else "")
        words = ""
        if chosen is not None and chosen.versions:
            words = self.tr("{rows} rows").format(rows=whole(chosen.versions[-1].rows))
            words += f" · {chosen.path}"
        elif files:
            words = files[0]
        self._notes["data"].set_text(words)
        self._notes["data"].setVisible(bool(words))
        self.look.setVisible(bool(files))
        self.sample.setVisible(not sets and not files)

    def _choose_set(self, set_id: str) -> None:
        found = next((one for one in self._t.sets if one.id == set_id), None)
        if found is not None:
            self._t.set_data(found)

    def _ask_file(self) -> None:
        patterns = " ".join(f"*.{one}" for one in _ROW_FILES)
        filters = self.tr("Rows ({patterns});;All files (*)").format(patterns=patterns)
        path, _filter = QFileDialog.getOpenFileName(self, self.tr("Open a file with rows"), "", filters)
        if path:
            self._t.add_file(path)

    def _open_recipe(self, path: str) -> None:
        self._t.open_recipe(path, self._models.files)

    def _suits(self, recipe: Recipe) -> bool:
        return suits(recipe.objective, self._row_format())

    def _row_format(self) -> str:
        """Of the first file, by the page Data or the plan; "" while nobody knows."""
        chosen, plan = self._t.data_set, self._t.plan
        if chosen is not None and chosen.mapping is not None:
            return chosen.mapping.format
        return plan.row_format if plan is not None else ""

    def _objective_note(self, recipe: Recipe) -> str:
        row_format = self._row_format()
        if not suits(recipe.objective, row_format):
            return self.tr("The rows of this data set do not say what this needs.")
        words = objective_tip(recipe.objective)
        if row_format == "preference" and recipe.objective == "dpo":
            words += " " + self.tr("Each row of this data set has a preferred and a rejected answer.")
        elif row_format == "preference" and recipe.objective in ("sft", "pretrain"):
            words += " " + self.tr(
                "Each row has a preferred and a rejected answer; only the preferred one is learned. "
                "Preferences (DPO) learn from both."
            )
        elif row_format == "kto" and recipe.objective == "kto":
            words += " " + self.tr("Each row of this data set says whether its answer is good.")
        elif row_format == "kto" and recipe.objective in ("sft", "pretrain"):
            words += " " + self.tr(
                "Each row says whether its answer is good; here all of them are learned alike. Thumbs (KTO) "
                "tells them apart."
            )
        return words

    def _preset_words(self) -> str:
        words = {
            "quick": self.tr("Some minutes at most: shows whether the data does what you want."),
            "balanced": self.tr("Settings that suit most data, from the size of model, data and memory."),
            "thorough": self.tr("Higher rank, more rounds, stops when held-out rows get no better."),
        }
        return words.get(self._t.preset, self.tr("Settings of your own."))


def _basic_settings(recipe: Recipe) -> list[Setting]:
    """Those of the method come first."""
    sections = used_sections(recipe.method, recipe.objective)
    own = [one for one in ALL_SETTINGS.values() if one.basic and one.section in sections]
    rewards = [one for one in ALL_SETTINGS.values() if one.kind == "rules" and one.section in sections]
    first = [one for one in own if one.key not in _BASIC]
    rest = [ALL_SETTINGS[key] for key in _BASIC if ALL_SETTINGS[key].section in sections]
    return [*rewards, *first, *rest]


def _other_settings(recipe: Recipe) -> list[Setting]:
    shown = {one.key for one in _basic_settings(recipe)}
    return [one for one in used_settings(recipe) if one.key not in shown]


def _files_of(mime: QMimeData, kinds: Sequence[str]) -> list[str]:
    paths = [url.toLocalFile() for url in mime.urls() if url.isLocalFile()]
    return [path for path in paths if path.rpartition(".")[2].lower() in kinds]


def _copy(text: str) -> None:
    QApplication.clipboard().setText(text)
