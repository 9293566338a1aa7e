"""Settings of a recipe in two columns: a handful, or every one that has an effect."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.models.recipe_draft import value_of
from app.panels.training.setting_row import SettingRow
from app.panels.training.words import section_word
from app.theme.theme import Theme
from app.widgets.section import SectionHeader
from engine.finetune.recipe.recipe import Recipe
from engine.finetune.recipe.settings import Setting

Take = Callable[[Setting, Any], None]
"""Raises `msgspec.ValidationError` for a value that the setting may not have."""


class SettingsGrid(QWidget):
    """Two columns of equal width."""

    def __init__(self, settings: Sequence[Setting], take: Take, theme: Theme) -> None:
        super().__init__()
        self._take = take
        self.rows = [SettingRow(one, theme) for one in settings]
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(32)
        grid.setVerticalSpacing(16)
        place = 0
        for row in self.rows:
            row.changed.connect(partial(self._pass_on, row))
            if row.wants_whole_width:
                place += place % 2
                grid.addWidget(row, place // 2, 0, 1, 2)
                place += 2
            else:
                grid.addWidget(row, place // 2, place % 2)
                place += 1
        for column in range(2):
            grid.setColumnStretch(column, 1)
            grid.setColumnMinimumWidth(column, 240)

    def show_recipe(self, recipe: Recipe) -> None:
        for row in self.rows:
            row.set_value(value_of(recipe, row.setting))

    def _pass_on(self, row: SettingRow, value: object) -> None:
        try:
            self._take(row.setting, value)
            row.set_invalid(False)
        except msgspec.ValidationError:
            row.set_invalid(True)


class AllSettings(QWidget):
    """Grouped by section; made anew when method or objective change what has an effect."""

    built = Signal()

    def __init__(
        self, choose: Callable[[Recipe], list[Setting]], take: Take, theme: Theme, *, headings: bool
    ) -> None:
        """`choose` says which settings of a recipe are shown."""
        super().__init__()
        self._choose, self._take, self._theme, self._headings = choose, take, theme, headings
        self._keys: tuple[str, ...] = ()
        self.grids: list[SettingsGrid] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)

    def row(self, key: str) -> SettingRow:
        """The row of a setting, by its name in a file; raises `StopIteration` where it is not shown."""
        return next(row for grid in self.grids for row in grid.rows if row.setting.key == key)

    def show_recipe(self, recipe: Recipe) -> None:
        settings = self._choose(recipe)
        keys = tuple(one.key for one in settings)
        if keys != self._keys:
            self._keys = keys
            self._build(settings)
        for grid in self.grids:
            grid.show_recipe(recipe)

    def _build(self, settings: Sequence[Setting]) -> None:
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.grids = []
        if not self._headings:
            self._add(settings)
            return
        for section in dict.fromkeys(one.section for one in settings):
            if self.grids:
                self._column.addSpacing(8)
            self._column.addWidget(SectionHeader(section_word(section), self._theme, note=section))
            self._add([one for one in settings if one.section == section])

    def _add(self, settings: Sequence[Setting]) -> None:
        grid = SettingsGrid(settings, self._take, self._theme)
        self.grids.append(grid)
        self._column.addWidget(grid)
