"""The centre of the page while runs are looked at: tabs over the chosen ones."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from app.bridge.background import Background
from app.models.runs import RunHistory, RunView
from app.panels.runs.answers_view import AnswersView
from app.panels.runs.before_after import BeforeAfter
from app.panels.runs.curves_view import CurvesView, Shown
from app.panels.runs.record_view import RecordView
from app.panels.runs.runs_table import RunsTable
from app.panels.runs.token_losses import TokenLosses
from app.theme.theme import Theme
from app.widgets.hline import HLine


class RunsView(QWidget):
    """Only the tab in front is brought up to date; the others when they come to it."""

    record_requested = Signal()
    """The tab with recipe and card has come to the front."""

    def __init__(self, background: Background, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.curves = CurvesView(background, theme)
        self.answers = AnswersView(theme)
        self.tokens = TokenLosses(theme)
        self.comparison = BeforeAfter(theme)
        self.record = RecordView(theme)
        self.table = RunsTable(theme)
        self._tabs: tuple[QWidget, ...] = (
            self.curves,
            self.answers,
            self.tokens,
            self.comparison,
            self.record,
            self.table,
        )
        self._views: Sequence[RunView] = ()
        self._chosen: Sequence[tuple[RunView, RunHistory | None]] = ()
        self.bar = QTabBar()
        self.bar.setDrawBase(False)
        self.bar.setExpanding(False)
        self.bar.setAccessibleName(self.tr("About the chosen runs"))
        self._stack = QStackedWidget()
        for widget, title in zip(self._tabs, self._titles(), strict=True):
            self.bar.addTab(title)
            self._stack.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.bar.setContentsMargins(11, 4, 14, 0)
        column.addWidget(self.bar)
        column.addWidget(HLine(theme))
        column.addWidget(self._stack, 1)
        self.bar.currentChanged.connect(self._show_tab)

    def show_tab(self, tab: QWidget) -> None:
        """One of the views of this one."""
        self.bar.setCurrentIndex(self._tabs.index(tab))

    def show_runs(
        self, views: Sequence[RunView], chosen: Sequence[tuple[RunView, RunHistory | None]]
    ) -> None:
        """All runs, and those that are looked at with what they told; the first of these is the main one."""
        self._views, self._chosen = views, chosen
        self._refresh()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            for place, title in enumerate(self._titles()):
                self.bar.setTabText(place, title)
        super().changeEvent(event)

    def _titles(self) -> tuple[str, ...]:
        return (
            self.tr("Curves"),
            self.tr("Answers"),
            self.tr("Tokens"),
            self.tr("Before and after"),
            self.tr("Recipe and card"),
            self.tr("All runs"),
        )

    def _show_tab(self, place: int) -> None:
        self._stack.setCurrentIndex(place)
        self._refresh()
        if self._stack.currentWidget() is self.record:
            self.record_requested.emit()

    def _refresh(self) -> None:
        front = self._stack.currentWidget()
        main = self._chosen[0] if self._chosen else None
        if front is self.curves:
            shown = [Shown(view, history) for view, history in self._chosen if history is not None]
            self.curves.show_runs(shown)
        elif front is self.answers:
            self.answers.show_history(main[1] if main else None)
        elif front is self.tokens:
            self.tokens.show_history(main[1] if main else None)
        elif front is self.comparison:
            self.comparison.show_run(main[0] if main else None)
        elif front is self.table:
            self.table.show_runs(self._views, [view.id for view, _ in self._chosen])
