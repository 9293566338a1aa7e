"""Right of the table: what the data set is, what was found in it, its split and its versions."""

from PySide6.QtCore import QDateTime, QLocale, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.pages.data.findings import Findings
from app.pages.data.mapping_editor import MappingEditor
from app.pages.data.opened import OpenData
from app.panels.stack import PanelStack
from app.theme.theme import Theme
from app.widgets.hline import HLine
from app.widgets.number_field import NumberField
from app.widgets.numbers import number_locale, whole
from app.widgets.section import SectionHeader
from app.widgets.text_button import TextButton
from app.widgets.text_label import TextLabel
from engine.datasets.shelf import DataVersion

_MOST_PROBLEMS = 5
_MOST_VERSIONS = 6
_MOST_SEED = 2**31 - 1


class DataInspector(QWidget):
    """Shows an `OpenData`; asks by its signals."""

    split_changed = Signal(float, int)
    """Share kept aside, from 0 to 1, and seed."""
    fine_tune_pressed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.mapping = MappingEditor(theme)
        self.findings = Findings(theme)
        self._rows = SectionHeader(self.tr("What it is"), theme)
        self._problems = TextLabel("", theme, role="warn", size="xs", wrap=True)
        self._versions = TextLabel("", theme, role="fg3", size="xs", tabular=True, wrap=True)
        self._make_split()
        self.fine_tune = TextButton(
            self.tr("Fine-tune with this"), theme, kind="primary", icon_name="graduation-cap", height=32
        )
        self.fine_tune.clicked.connect(self.fine_tune_pressed)
        self._why_not = TextLabel("", theme, role="warn", size="xs", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._make_sections(), 1)
        column.addWidget(HLine(theme))
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 12, 16, 12)
        foot.setSpacing(8)
        foot.addWidget(self._why_not)
        foot.addWidget(self.fine_tune)
        column.addLayout(foot)
        self.set_data(None)

    def set_data(self, data: OpenData | None) -> None:
        """Another data set, or more that is known of it."""
        self._body.setVisible(data is not None)
        self._show_readiness(data)
        if data is None:
            return
        summary = data.index.summary
        self._rows.set_note(self.tr("%Ln row(s)", "", summary.rows))
        self._show_problems(data)
        self.mapping.set_data(data)
        self.findings.set_data(data)
        if not self.held_out.hasFocus():
            self.held_out.set_number(round(data.record.held_out * 100, 2))
        if not self.seed.hasFocus():
            self.seed.set_number(data.record.seed)
        text = self.tr("{train} to train on, {aside} kept aside to measure")
        checked, parts = data.checked, (data.split.train, data.split.held_out)
        train, aside = (len(part) if checked is None else checked.usable(part) for part in parts)
        self._split.set_text(text.format(train=whole(train), aside=whole(aside)))
        self._versions.set_text(
            "\n".join(self._version(one) for one in reversed(data.record.versions[-_MOST_VERSIONS:]))
        )

    def _show_readiness(self, data: OpenData | None) -> None:
        report = data.checked.report if data is not None and data.checked is not None else None
        why = ""
        if report is not None and not report.usable:
            why = self.tr("No row has an answer that could be trained, so there is nothing to fine-tune on.")
        self._why_not.set_text(why)
        self._why_not.setVisible(bool(why))
        self.fine_tune.setEnabled(report is not None and report.usable > 0)

    def _show_problems(self, data: OpenData) -> None:
        summary = data.index.summary
        lines = [self.tr("%Ln line(s) left out, unreadable:", "", summary.broken)]
        for problem in summary.problems[:_MOST_PROBLEMS]:
            text = self.tr("line {line}: {problem}")
            lines.append(text.format(line=whole(problem.line), problem=problem.problem))
        if summary.broken > _MOST_PROBLEMS:
            lines.append(self.tr("and %Ln more", "", summary.broken - _MOST_PROBLEMS))
        self._problems.set_text("\n".join(lines))
        self._problems.setVisible(summary.broken > 0)

    def _version(self, version: DataVersion) -> str:
        when = QDateTime.fromMSecsSinceEpoch(version.seen_ms)
        told = number_locale().toString(when, QLocale.FormatType.ShortFormat)
        rows = self.tr("%Ln row(s)", "", version.rows)
        if not (version.added or version.removed or version.kept):
            return f"{told} · {rows}"
        changed = self.tr("{added} added, {removed} gone").format(
            added=whole(version.added), removed=whole(version.removed)
        )
        return f"{told} · {rows} · {changed}"

    def _make_split(self) -> None:
        theme = self._theme
        self.held_out = NumberField(
            self.tr("Kept aside, percent"), theme, minimum=0, maximum=90, decimals=0, width=72, framed=True
        )
        self.seed = NumberField(
            self.tr("Seed of the split"), theme, minimum=0, maximum=_MOST_SEED, width=72, framed=True
        )
        for field in (self.held_out, self.seed):
            field.number_changed.connect(
                lambda _number: self.split_changed.emit(
                    self.held_out.number() / 100, round(self.seed.number())
                )
            )
        self._split = TextLabel("", theme, role="fg3", size="xs", tabular=True, wrap=True)

    def _make_sections(self) -> PanelStack:
        theme = self._theme
        split = QGridLayout()
        split.setHorizontalSpacing(8)
        split.setVerticalSpacing(4)
        split.setColumnStretch(1, 1)
        split.addWidget(TextLabel(self.tr("Kept aside, %"), theme), 0, 0)
        split.addWidget(self.held_out, 0, 2)
        split.addWidget(TextLabel(self.tr("Seed"), theme), 1, 0)
        split.addWidget(self.seed, 1, 2)
        self._body = QWidget()
        column = QVBoxLayout(self._body)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(8)
        column.addWidget(self._rows)
        column.addWidget(self._problems)
        column.addWidget(self.mapping)
        column.addSpacing(8)
        column.addWidget(SectionHeader(self.tr("Checks"), theme))
        column.addWidget(self.findings)
        column.addSpacing(8)
        column.addWidget(SectionHeader(self.tr("Split"), theme))
        column.addLayout(split)
        column.addWidget(self._split)
        column.addSpacing(8)
        column.addWidget(SectionHeader(self.tr("Versions"), theme))
        column.addWidget(self._versions)
        column.addStretch(1)
        return PanelStack((self._body,), theme)
