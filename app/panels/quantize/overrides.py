"""Rules that give single tensors a type of their own: a regular expression and a type, the first match
wins.
"""

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.theme.theme import Theme
from app.widgets.icon_button import IconButton
from app.widgets.select import Select
from app.widgets.text_button import TextButton
from app.widgets.text_field import TextField
from app.widgets.text_label import TextLabel
from engine.quantize.types import TENSOR_TYPES

Rule = tuple[str, str]


def check_pattern(pattern: str) -> str:
    """Why it is no regular expression, "" where it is one."""
    try:
        re.compile(pattern)
    except re.error as error:
        return str(error)
    return ""


def matches(rules: Sequence[Rule], names: Sequence[str]) -> list[int]:
    """For each name the index of the rule that wins, -1 for none. Rules that cannot be read match nothing."""
    compiled = [re.compile(pattern) if not check_pattern(pattern) else None for pattern, _ in rules]
    found = []
    for name in names:
        hits = (index for index, rule in enumerate(compiled) if rule is not None and rule.search(name))
        found.append(next(hits, -1))
    return found


class RuleRow(QWidget):
    """One rule, with how many tensors it wins."""

    edited = Signal()
    removed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pattern = TextField(
            self.tr("Pattern for tensor names"), theme, placeholder=r"attn_v|ffn_down", mono=True
        )
        self.kind = Select(self.tr("Tensor type"), [(name, name) for name in TENSOR_TYPES], theme)
        self.kind.set_current("Q8_0")
        self.kind.setFixedWidth(92)
        self.remove = IconButton("x", self.tr("Remove this rule"), theme, icon_size=14)
        self.note = TextLabel("", theme, role="fg3", size="xs", wrap=True)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(4)
        grid.setVerticalSpacing(2)
        grid.addWidget(self.pattern, 0, 0)
        grid.addWidget(self.kind, 0, 1)
        grid.addWidget(self.remove, 0, 2)
        grid.addWidget(self.note, 1, 0, 1, 3)
        self.pattern.textEdited.connect(lambda _text: self.edited.emit())
        self.kind.selected.connect(lambda _key: self.edited.emit())
        self.remove.clicked.connect(self.removed)

    def rule(self) -> Rule:
        return self.pattern.text().strip(), self.kind.current()

    def show_matches(self, count: int, total: int) -> None:
        """`total` is 0 while the tensors are not known."""
        problem = check_pattern(self.pattern.text().strip())
        self.pattern.set_invalid(bool(problem))
        if problem:
            self.note.set_role("error")
            self.note.set_text(self.tr("No regular expression: {reason}").format(reason=problem))
            return
        self.note.set_role("fg3" if count or not total else "warn")
        if not self.pattern.text().strip() or not total:
            self.note.set_text(self.tr("A part of the name is enough; “^” and “$” mark its ends."))
        else:
            self.note.set_text(self.tr("%n tensor(s) of {total}", None, count).format(total=total))


class OverridesEditor(QWidget):
    """Emits `changed` when a rule that can be used is new, different or gone."""

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._names: tuple[str, ...] = ()
        self._rows: list[RuleRow] = []
        self._told: tuple[Rule, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self.add = TextButton(self.tr("Add a rule"), theme, kind="ghost", icon_name="plus")
        self.add.clicked.connect(lambda _checked: self.add_rule())
        self._column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)

    def rules(self) -> tuple[Rule, ...]:
        """Those that can be used, in order."""
        found = (row.rule() for row in self._rows)
        return tuple(rule for rule in found if rule[0] and not check_pattern(rule[0]))

    def valid(self) -> bool:
        return not any(check_pattern(row.rule()[0]) for row in self._rows)

    def rows(self) -> list[RuleRow]:
        return list(self._rows)

    def set_names(self, names: Sequence[str]) -> None:
        """The tensors of the model."""
        self._names = tuple(names)
        self._count()

    def add_rule(self, pattern: str = "", kind: str = "Q8_0") -> RuleRow:
        row = RuleRow(self._theme)
        row.pattern.setText(pattern)
        row.kind.set_current(kind)
        row.edited.connect(self._edited)
        row.removed.connect(lambda: self._remove(row))
        self._rows.append(row)
        self._column.insertWidget(len(self._rows) - 1, row)
        row.pattern.setFocus()
        self._edited()
        return row

    def _remove(self, row: RuleRow) -> None:
        self._rows.remove(row)
        row.hide()
        row.deleteLater()
        self.add.setFocus()
        self._edited()

    def _edited(self) -> None:
        self._count()
        if self.rules() != self._told:
            self._told = self.rules()
            self.changed.emit()

    def _count(self) -> None:
        winners = matches([row.rule() if row.rule()[0] else ("(?!)", "") for row in self._rows], self._names)
        for index, row in enumerate(self._rows):
            row.show_matches(winners.count(index), len(self._names))
