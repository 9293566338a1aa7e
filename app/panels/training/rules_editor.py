"""What good replies are, for objectives that learn from rewards: one line a rule."""

from collections.abc import Sequence
from typing import get_args

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.theme.theme import Theme
from app.widgets.icon_button import IconButton
from app.widgets.number_field import NumberField
from app.widgets.select import Select
from app.widgets.text_button import TextButton
from app.widgets.text_field import TextField
from engine.finetune.recipe.objective_sections import RewardName, RewardRule

_MOST = 1000.0


class RuleLine(QWidget):
    """A reward, its weight, and the one thing that it has to know."""

    changed = Signal()
    removal_requested = Signal()

    def __init__(self, rule: RewardRule, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rule = rule
        names: tuple[RewardName, ...] = get_args(RewardName)
        self.name = Select(self.tr("Reward"), [(name, self._word(name)) for name in names], theme)
        self.detail = TextField(self.tr("What it looks for"), theme)
        self.weight = NumberField(
            self.tr("Weight"), theme, minimum=-_MOST, maximum=_MOST, decimals=2, width=60, framed=True
        )
        self.weight.setToolTip(self.tr("Its share in the sum of all rewards"))
        self.remove = IconButton("x", self.tr("Remove this reward"), theme)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.name, 2)
        row.addWidget(self.detail, 3)
        row.addWidget(self.weight)
        row.addWidget(self.remove)
        self.name.set_current(rule.name)
        self.weight.set_number(rule.weight)
        self._show_detail()
        self.name.selected.connect(self._take_name)
        self.detail.editingFinished.connect(self.changed)
        self.weight.number_changed.connect(lambda _value: self.changed.emit())
        self.remove.clicked.connect(self.removal_requested)

    def rule(self) -> RewardRule:
        """As it stands."""
        text = self.detail.text().strip()
        name: RewardName = next(one for one in get_args(RewardName) if one == self.name.current())
        weight = self.weight.number()
        match name:
            case "regex":
                return RewardRule(name, weight, pattern=text)
            case "length":
                return RewardRule(name, weight, target=int(text) if text.isdecimal() else 50)
            case "exact_answer":
                return RewardRule(name, weight, column=text or "answer")
            case "python":
                return RewardRule(name, weight, file=text, function=self._rule.function)
        return RewardRule(name, weight)

    def _take_name(self, name: str) -> None:
        chosen: RewardName = next(one for one in get_args(RewardName) if one == name)
        self._rule = RewardRule(chosen, self.weight.number())
        self._show_detail()
        self.changed.emit()

    def _show_detail(self) -> None:
        rule = self._rule
        texts = {
            "regex": (rule.pattern, self.tr("a regular expression")),
            "length": (str(rule.target), self.tr("words")),
            "exact_answer": (rule.column, self.tr("column with the right answer")),
            "python": (rule.file, self.tr("path of a Python file of yours")),
        }
        text, hint = texts.get(rule.name, ("", self.tr("nothing to set")))
        self.detail.setText(text)
        self.detail.setPlaceholderText(hint)
        self.detail.setEnabled(rule.name in texts)
        warning = self.tr("It runs on this computer with your rights.") if rule.name == "python" else hint
        self.detail.setToolTip(warning)

    def _word(self, name: RewardName) -> str:
        words = {
            "exact_answer": self.tr("The right answer"),
            "regex": self.tr("A pattern is found"),
            "format": self.tr("<think>…</think>, then an answer"),
            "length": self.tr("Near a number of words"),
            "python": self.tr("A Python function"),
        }
        return words[name]


class RulesEditor(QWidget):
    """Rules under each other, and a button for another one."""

    changed = Signal(tuple)
    """All `RewardRule`s, by the user only."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._lines: list[RuleLine] = []
        self.add = TextButton(self.tr("Add a reward"), theme, icon_name="plus")
        self.add.clicked.connect(self._append)
        foot = QHBoxLayout()
        foot.addWidget(self.add)
        foot.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._column.addLayout(foot)

    def rules(self) -> tuple[RewardRule, ...]:
        return tuple(line.rule() for line in self._lines)

    def set_rules(self, rules: Sequence[RewardRule]) -> None:
        """Show without emitting."""
        if tuple(rules) == self.rules():
            return
        for line in self._lines:
            line.setParent(None)
            line.deleteLater()
        self._lines = []
        for rule in rules:
            self._insert(rule)

    def _insert(self, rule: RewardRule) -> None:
        line = RuleLine(rule, self._theme)
        line.changed.connect(self._tell)
        line.removal_requested.connect(lambda: self._remove(line))
        self._column.insertWidget(len(self._lines), line)
        self._lines.append(line)

    def _append(self) -> None:
        self._insert(RewardRule("exact_answer"))
        self._tell()

    def _remove(self, line: RuleLine) -> None:
        self._lines.remove(line)
        line.setParent(None)
        line.deleteLater()
        self._tell()

    def _tell(self) -> None:
        self.changed.emit(self.rules())
