"""One setting of a recipe: its name, what it does, and a control that suits its kind."""

import math
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.panels.training.rules_editor import RulesEditor
from app.panels.training.words import setting_title, setting_words
from app.theme.theme import Theme
from app.widgets.number_field import NumberField
from app.widgets.select import Select
from app.widgets.switch import Switch
from app.widgets.text_field import TextArea, TextField
from app.widgets.text_label import TextLabel
from engine.finetune.recipe.settings import Setting

_FIELD = 84
_MOST = 1e15
_LINES = ("probe.prompts",)
"""Settings with one text a line."""
_NUMBERS = ("probe.rows",)


class SettingRow(QWidget):
    """`changed` by the user only, with a value that the setting may have."""

    changed = Signal(object)

    def __init__(self, setting: Setting, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setting = setting
        self._theme = theme
        title, words = setting_title(setting), setting_words(setting)
        self.control = self._make(title)
        self.setToolTip(f"{words}\n{setting.key}" if words else setting.key)
        self.control.setAccessibleDescription(words)
        label = TextLabel(title, theme, role="fg")
        label.setBuddy(self.control)
        self._words = TextLabel(words, theme, role="fg3", size="xs", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label)
        head.addStretch(1)
        if self._is_wide:
            column.addLayout(head)
            column.addWidget(self._words)
            column.addWidget(self.control)
        else:
            head.addWidget(self.control)
            column.addLayout(head)
            column.addWidget(self._words)
        column.addStretch(1)
        self._words.setVisible(bool(words))

    @property
    def _is_wide(self) -> bool:
        return self.setting.kind in ("text", "texts", "pairs", "rules")

    @property
    def wants_whole_width(self) -> bool:
        """Whether it needs more than half of the form."""
        return self.setting.kind == "rules" or self.setting.key in _LINES

    def set_value(self, value: Any) -> None:
        """Show without emitting. What somebody types just now is left alone."""
        control = self.control
        if control.hasFocus():
            return
        if isinstance(control, NumberField):
            control.set_number(float(value))
        elif isinstance(control, Switch):
            control.blockSignals(True)
            control.setChecked(bool(value))
            control.blockSignals(False)
            control.sync()
        elif isinstance(control, Select):
            control.set_current(str(value))
        elif isinstance(control, RulesEditor):
            control.set_rules(value)
        elif isinstance(control, TextArea):
            if not control.edit.hasFocus():
                control.set_text("\n".join(value))
        elif isinstance(control, TextField):
            control.setText(self._written(value))
            control.set_invalid(False)

    def set_invalid(self, invalid: bool) -> None:
        """What was typed cannot be used."""
        if isinstance(self.control, (TextField, TextArea)):
            self.control.set_invalid(invalid)

    def _make(self, title: str) -> QWidget:
        match self.setting.kind:
            case "int" | "float":
                return self._make_number(title)
            case "bool":
                switch = Switch(title, self._theme)
                switch.toggled.connect(self.changed.emit)
                return switch
            case "choice":
                select = Select(title, [(one, one) for one in self.setting.choices], self._theme)
                select.selected.connect(self.changed.emit)
                select.setFixedWidth(select.sizeHint().width() + 8)
                return select
            case "rules":
                rules = RulesEditor(self._theme)
                rules.changed.connect(self.changed.emit)
                return rules
        if self.setting.key in _LINES:
            area = TextArea(
                title, self._theme, placeholder=self.tr("One question a line"), min_lines=2, max_lines=6
            )
            area.edited.connect(
                lambda text: self.changed.emit(tuple(one.strip() for one in text.splitlines() if one.strip()))
            )
            return area
        field = TextField(title, self._theme)
        field.editingFinished.connect(lambda: self._take(field))
        return field

    def _make_number(self, title: str) -> NumberField:
        setting = self.setting
        whole = setting.kind == "int"
        smallest = setting.minimum if setting.minimum is not None else -_MOST
        if setting.open_minimum and not whole:
            smallest += 1e-12
        largest = setting.maximum if setting.maximum is not None else _MOST
        if setting.open_maximum and not whole:
            largest -= 1e-9
        start = abs(float(setting.default or 0.0))
        step = 1.0 if whole or not start else 10.0 ** math.floor(math.log10(start))
        field = NumberField(
            title,
            self._theme,
            minimum=smallest,
            maximum=largest,
            step=step,
            exact=not whole,
            width=_FIELD,
            framed=True,
        )
        field.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        field.number_changed.connect(lambda value: self.changed.emit(round(value) if whole else value))
        return field

    def _written(self, value: Any) -> str:
        if isinstance(value, dict):
            return ", ".join(f"{key} = {inner}" for key, inner in value.items())
        if isinstance(value, tuple):
            return ", ".join(map(str, value))
        return str(value)

    def _take(self, field: TextField) -> None:
        if not field.isModified():
            return
        field.setModified(False)
        text = field.text().strip()
        parts = [part.strip() for part in text.split(",") if part.strip()]
        value: Any = text
        try:
            if self.setting.kind == "pairs":
                value = dict(_pair(part) for part in parts)
            elif self.setting.key in _NUMBERS:
                value = tuple(int(part) for part in parts)
            elif self.setting.kind == "texts":
                # One word that PEFT knows, or names of layers.
                value = text if text == "all-linear" else tuple(parts)
        except ValueError:
            field.set_invalid(True)
            return
        field.set_invalid(False)
        self.changed.emit(value)


def _pair(text: str) -> tuple[str, str]:
    """Raises `ValueError`."""
    key, sign, value = text.partition("=")
    if not sign or not key.strip() or not value.strip():
        raise ValueError(text)
    return key.strip(), value.strip()
