"""Right of the curves: how a run stands, what can be done about it, and what comes of it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.i18n.errors import describe
from app.models.runs import RunHistory, RunView
from app.panels.model.facts import FactList
from app.panels.runs.export_form import ExportForm
from app.panels.runs.words import about, loss_text, moment, status_role, status_word
from app.panels.stack import PanelStack
from app.panels.training.durations import duration
from app.theme.theme import Theme
from app.widgets.meter import Meter
from app.widgets.numbers import count, decimal, rate, size, whole
from app.widgets.painting import SEMIBOLD
from app.widgets.section import SectionHeader
from app.widgets.text_button import TextButton
from app.widgets.text_field import TextArea, TextField
from app.widgets.text_label import TextLabel
from engine.errors import UserError

_KNOWN = ("finetune.from_gguf",)
"""Notices that were read before the start."""


class RunPanel(QWidget):
    """`show_run` whenever something is not as it was."""

    pause_requested = Signal()
    resume_requested = Signal()
    fitting_resume_requested = Signal()
    """Go on with settings that take less memory."""
    stop_requested = Signal()
    chat_requested = Signal()
    folder_requested = Signal()
    removal_requested = Signal()
    described = Signal(str, str, tuple)
    """Name, notes and tags, by the user."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._view: RunView | None = None
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.name = TextField(self.tr("Name of the run"), theme)
        self._about = TextLabel("", theme, role="fg3", size="xs", wrap=True)
        self._status = TextLabel("", theme, weight=SEMIBOLD)
        self._left = TextLabel("", theme, role="fg3", size="xs", tabular=True, elide=True)
        self._left.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.meter = Meter(self.tr("Progress"), theme, height=6)
        self._problem = TextLabel("", theme, role="error", size="xs", wrap=True)
        self.notices = TextLabel("", theme, role="warn", size="xs", wrap=True)
        self.pause = TextButton(self.tr("Pause"), theme, icon_name="pause")
        self.resume = TextButton(self.tr("Resume"), theme, icon_name="play")
        self.resume_fitting = TextButton(
            self.tr("Resume with settings that fit"), theme, icon_name="wand-sparkles"
        )
        self.stop = TextButton(self.tr("Stop and keep"), theme, icon_name="circle-stop")
        self.stop.setToolTip(self.tr("After this step; what it has learned is kept, and it can go on later"))
        self.facts = FactList(self.tr("Figures"), theme)
        self.chat = TextButton(
            self.tr("Chat with it"), theme, kind="primary", icon_name="message-square", height=32
        )
        self._chat_note = TextLabel("", theme, role="fg3", size="xs", wrap=True)
        self.export = ExportForm(theme)
        self.tags = TextField(self.tr("Tags"), theme, placeholder=self.tr("Tags, separated by commas"))
        self.notes = TextArea(self.tr("Notes"), theme, placeholder=self.tr("Notes"), min_lines=2, max_lines=8)
        self.folder = TextButton(self.tr("Show folder"), theme, kind="ghost", icon_name="folder-open")
        self.remove = TextButton(self.tr("Remove"), theme, kind="ghost", icon_name="trash-2")
        self._lay_out()
        self._connect()

    def show_run(self, view: RunView, history: RunHistory | None) -> None:
        """As it is now. What somebody types just now is left alone."""
        fresh = self._view is None or self._view.id != view.id
        self._view = view
        if fresh or not self.name.hasFocus():
            self.name.setText(view.name)
            self.name.setCursorPosition(0)
        if fresh or not self.tags.hasFocus():
            self.tags.setText(", ".join(view.recipe.tags))
        if fresh or not self.notes.edit.hasFocus():
            self.notes.set_text(view.recipe.notes)
        self._about.set_text(about(view))
        self._show_status(view, history)
        self._show_facts(view, history)
        self._keep.setVisible(view.has_result)
        self._chat_note.setVisible(view.recipe.objective == "reward")
        self._chat_note.set_text(self.tr("A reward model scores answers; it cannot chat."))
        self.export.show_run(view)
        self.remove.setEnabled(not view.is_live)

    def show_export(self, fraction: float | None) -> None:
        """How far an export of this run is; negative while it waits, None while there is none."""
        idle = fraction is None
        words = self.tr("Chat with it")
        if fraction is not None and fraction < 0:
            words = self.tr("The export waits for another job")
        elif fraction is not None:
            words = self.tr("Writing and checking… {share} %").format(share=whole(round(100 * fraction)))
        self.chat.setText(words)
        rewards = self._view is not None and self._view.recipe.objective == "reward"
        self.chat.setEnabled(idle and not rewards)
        self.export.write.setEnabled(idle)

    def _show_status(self, view: RunView, history: RunHistory | None) -> None:
        self._status.set_text(status_word(view.status))
        self._status.set_role(status_role(view.status))
        last = history.last if history is not None else None
        left = ""
        if view.status == "running":
            seconds = last.seconds_left if last is not None else view.seconds_left
            left = (
                self.tr("{time} left").format(time=duration(seconds)) if seconds >= 0 else self._phase(view)
            )
        elif view.can_resume and history is not None and history.saved_step:
            left = self.tr("kept up to step {step}").format(step=whole(history.saved_step))
        self._left.set_text(left)
        share = last.step / last.steps if last is not None and last.steps else view.fraction
        self.meter.set_parts(((share, status_role(view.status)),))
        self.pause.setVisible(view.status == "running" and bool(view.job))
        self.resume.setVisible(view.can_resume or view.status == "paused")
        self.resume_fitting.setVisible(view.can_resume and view.summary.state.fitting is not None)
        self.stop.setVisible(view.is_live)
        self.stop.setText(
            self.tr("Take out of the queue") if view.status == "queued" else self.tr("Stop and keep")
        )
        self.stop.updateGeometry()
        self._show_problem(view, history)

    def _phase(self, view: RunView) -> str:
        phases = {
            "base": self.tr("reading the base"),
            "weights": self.tr("loading the weights"),
        }
        word, _, rest = view.label.partition(" ")
        if word == "data":
            return self.tr("reading the data") + (f" {rest}" if rest else "")
        return phases.get(word, "")

    def _show_problem(self, view: RunView, history: RunHistory | None) -> None:
        state, text = view.summary.state, ""
        if view.summary.problem is not None:
            text = describe(view.summary.problem).message
        elif view.status == "failed" and state.error_code:
            told = describe(UserError(state.error_code, **state.error_params))
            text = f"{told.message} {told.hint}"
        elif view.status == "failed":
            text = state.error_report
        elif view.status == "paused":
            text = self.tr("After the step that runs. It keeps its memory until you resume or stop it.")
        elif view.status == "interrupted":
            text = self.tr("Its process ended without a word. Resume goes on from the last checkpoint.")
            if history is not None and not history.saved_step:
                text = self.tr("Its process ended before the first checkpoint. Resume begins again.")
        self._problem.set_text(text)
        roles = {"interrupted": "warn", "paused": "fg3"}
        self._problem.set_role(roles.get(view.status, "error"))
        self._problem.setVisible(bool(text))
        notices = [UserError(one.code, **one.params) for one in view.notices if one.code not in _KNOWN]
        self.notices.set_text("\n".join(describe(error).message for error in notices))
        self.notices.setVisible(bool(notices))

    def _show_facts(self, view: RunView, history: RunHistory | None) -> None:
        facts: list[tuple[str, str]] = []
        last = history.last if history is not None else None
        started = history.started if history is not None else None
        if last is not None:
            facts.append((self.tr("Step"), f"{whole(last.step)} / {whole(last.steps)}"))
            facts.append((self.tr("Epoch"), decimal(last.epoch, 2)))
            facts.append((self.tr("Loss"), loss_text(last.loss)))
        facts += self._held_out_facts(view, history)
        if last is not None:
            facts += [(_figure_name(name), f"{value:.4g}") for name, value in last.figures.items()]
            facts.append((self.tr("Tokens"), whole(last.tokens)))
            facts.append((self.tr("Tokens per second"), rate(last.tokens_per_s)))
            facts.append((self.tr("Time"), duration(last.seconds)))
            facts.append((self.tr("Memory, most"), size(last.peak_bytes)))
        if started is not None:
            predicted = started.needed or sum(part.nbytes for part in started.memory)
            result = view.summary.state.result
            facts.append(
                (self.tr("Memory, predicted"), size(result.predicted_bytes if result else predicted))
            )
            facts.append(
                (self.tr("Weights that change"), f"{count(started.trainable)} / {count(started.parameters)}")
            )
            facts.append((self.tr("Rows"), f"{whole(started.rows)} + {whole(started.held_out_rows)}"))
            facts.append((self.tr("On"), f"{started.device} · {started.precision}"))
        facts.append((self.tr("Begun"), moment(view.summary.state.created_ms)))
        self.facts.set_facts(facts)

    def _held_out_facts(self, view: RunView, history: RunHistory | None) -> list[tuple[str, str]]:
        evaluations = history.ordered_evaluations() if history is not None else []
        if not evaluations:
            if view.summary.held_out_loss < 0:
                return []
            return [(self.tr("Held-out loss"), loss_text(view.summary.held_out_loss))]
        first, last = evaluations[0], evaluations[-1]
        if first is last:
            return [(self.tr("Held-out loss"), loss_text(last.held_out_loss))]
        words = f"{loss_text(first.held_out_loss)} → {loss_text(last.held_out_loss)}"
        return [(self.tr("Held-out loss"), words)]

    def _describe(self) -> None:
        view = self._view
        if view is None or view.summary.problem is not None:
            return
        name = self.name.text().strip()
        tags = tuple(dict.fromkeys(tag.strip() for tag in self.tags.text().split(",") if tag.strip()))
        notes = self.notes.text().strip()
        name = view.recipe.name if name in ("", view.id) else name
        if (name, notes, tags) != (view.recipe.name, view.recipe.notes, view.recipe.tags):
            self.described.emit(name, notes, tags)

    def _connect(self) -> None:
        self.pause.clicked.connect(self.pause_requested)
        self.resume.clicked.connect(self.resume_requested)
        self.resume_fitting.clicked.connect(self.fitting_resume_requested)
        self.stop.clicked.connect(self.stop_requested)
        self.chat.clicked.connect(self.chat_requested)
        self.folder.clicked.connect(self.folder_requested)
        self.remove.clicked.connect(self.removal_requested)
        for field in (self.name, self.tags):
            field.editingFinished.connect(self._describe)
        self.notes.left.connect(lambda _text: self._describe())

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        parts = (self._make_head(), self._make_keep(), self._make_figures(), self._make_own())
        outer.addWidget(PanelStack(parts, self._theme))

    def _make_head(self) -> QWidget:
        status = QHBoxLayout()
        status.setSpacing(8)
        status.addWidget(self._status)
        status.addWidget(self._left, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.pause, self.resume, self.stop):
            buttons.addWidget(button)
        buttons.addStretch(1)
        head, column = _part()
        column.addWidget(self.name)
        column.addWidget(self._about)
        column.addLayout(status)
        column.addWidget(self.meter)
        column.addWidget(self._problem)
        column.addLayout(buttons)
        column.addWidget(self.resume_fitting, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.notices)
        return head

    def _make_keep(self) -> QWidget:
        self._keep, column = _part()
        column.addWidget(self.chat)
        column.addWidget(self._chat_note)
        column.addWidget(SectionHeader(self.tr("Export"), self._theme))
        column.addWidget(self.export)
        return self._keep

    def _make_figures(self) -> QWidget:
        figures, column = _part()
        column.addWidget(SectionHeader(self.tr("Figures"), self._theme))
        column.addWidget(self.facts)
        return figures

    def _make_own(self) -> QWidget:
        own, column = _part()
        column.addWidget(SectionHeader(self.tr("For you"), self._theme))
        column.addWidget(self.tags)
        column.addWidget(self.notes)
        last = QHBoxLayout()
        last.addWidget(self.folder)
        last.addStretch(1)
        last.addWidget(self.remove)
        column.addLayout(last)
        return own


def _part() -> tuple[QWidget, QVBoxLayout]:
    """One part of the panel, with its margins."""
    part = QWidget()
    column = QVBoxLayout(part)
    column.setContentsMargins(16, 12, 16, 12)
    column.setSpacing(8)
    return part, column


def _figure_name(name: str) -> str:
    """What an objective adds is called by the literature's own words."""
    return name.replace("_", " ").capitalize()
