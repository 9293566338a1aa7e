"""Settings of a recipe in two columns: a handful, or every one that has an effect."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import msgspec
from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
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


_COLUMN, _GAP = 240, 32


class SettingsGrid(QWidget):
    """Two columns of equal width, or one where there is no room for two."""

    def __init__(self, settings: Sequence[Setting], take: Take, theme: Theme) -> None:
        super().__init__()
        self._take = take
        self.rows = [SettingRow(one, theme) for one in settings]
        for row in self.rows:
            row.changed.connect(partial(self._pass_on, row))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(_GAP)
        self._grid.setVerticalSpacing(16)
        self._columns = 0
        self._arrange(2)

    def minimumSizeHint(self) -> QSize:
        return QSize(_COLUMN, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(2 if self.width() >= 2 * _COLUMN + _GAP else 1)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        while self._grid.takeAt(0) is not None:
            pass
        place = 0
        for row in self.rows:
            span = columns if row.wants_whole_width else 1
            if place % columns + span > columns:
                place += 1
            self._grid.addWidget(row, place // columns, place % columns, 1, span)
            place += span
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, columns - 1)

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
