"""Which type each tensor gets: a live preview of the marked type and of the rules."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.panels.quantize.overrides import Rule, matches
from app.theme.theme import Theme
from app.widgets.data_table import DataTable
from app.widgets.row_table import RowTable, TableColumn
from app.widgets.switch import Switch
from app.widgets.text_field import TextField
from app.widgets.text_label import TextLabel
from engine.protocol.jobs import TypePlanned, TypesPlanned


class TensorRow(NamedTuple):
    """`rule`: the pattern that decided, "" where the type's own recipe did."""

    name: str
    shape: str
    before: str
    after: str
    rule: str


class TensorsView(QWidget):
    """`show_plan` after every change; filtering is its own."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[TensorRow] = []
        self._model: RowTable[TensorRow] = RowTable(
            [
                TableColumn(self.tr("Tensor"), lambda row: row.name),
                TableColumn(self.tr("Shape"), lambda row: row.shape),
                TableColumn(self.tr("Now"), lambda row: row.before),
                TableColumn(self.tr("Becomes"), lambda row: row.after),
                TableColumn(self.tr("Rule"), lambda row: row.rule),
            ],
            self,
            is_faint=lambda row: row.before == row.after,
        )
        self.table = DataTable(
            self._model,
            self.tr("Tensors of the model"),
            theme,
            {0: 260, 1: 120, 2: 80, 3: 80},
            mono=(0, 4),
        )
        self.filter = TextField(
            self.tr("Filter tensors"), theme, placeholder=self.tr("Filter tensors"), icon_name="search"
        )
        self.filter.setMaximumWidth(280)
        self.only_rules = Switch(self.tr("Only those of my rules"), theme)
        self._count = TextLabel("", theme, role="fg3", tabular=True)
        bar = QHBoxLayout()
        bar.setContentsMargins(16, 6, 16, 6)
        bar.setSpacing(8)
        bar.addWidget(self.filter, 1)
        bar.addWidget(self.only_rules)
        bar.addWidget(TextLabel(self.tr("Only those of my rules"), theme))
        bar.addStretch(1)
        bar.addWidget(self._count)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        table = QHBoxLayout()
        table.setContentsMargins(8, 0, 0, 0)
        table.addWidget(self.table)
        column.addLayout(table, 1)
        self.filter.textChanged.connect(lambda _text: self._show())
        self.only_rules.toggled.connect(lambda _on: self._show())

    def show_plan(
        self, tensors: TypesPlanned | None, plan: TypePlanned | None, rules: Sequence[Rule]
    ) -> None:
        """`plan`: of the marked type; None while it is not known."""
        if tensors is None:
            self._rows = []
        else:
            winners = matches(rules, tensors.names)
            known = plan is not None and len(plan.after) == len(tensors.names)
            after = plan.after if plan is not None and known else ("…",) * len(tensors.names)
            self._rows = [
                TensorRow(
                    name, " × ".join(map(str, shape)), before, kind, rules[winner][0] if winner >= 0 else ""
                )
                for name, shape, before, kind, winner in zip(
                    tensors.names, tensors.shapes, tensors.before, after, winners, strict=True
                )
            ]
        self._show()

    def rows(self) -> int:
        return self._model.rowCount()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._show()

    def _show(self) -> None:
        words = self.filter.text().lower().split()
        shown = [
            row
            for row in self._rows
            if all(word in row.name.lower() for word in words)
            and (row.rule or not self.only_rules.isChecked())
        ]
        self._model.set_rows(shown)
        changed = sum(row.before != row.after for row in shown)
        text = self.tr("%n tensor(s), {changed} change", None, len(shown))
        self._count.set_text(text.format(changed=changed) if self._rows else "")
