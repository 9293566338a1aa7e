"""What a run would train, take and cost, before it starts; and the button that starts it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.controllers.training import TrainingController
from app.i18n.errors import describe
from app.panels.stack import PanelStack
from app.panels.training.durations import duration
from app.panels.training.memory_bar import MemoryBar
from app.panels.training.words import reason_word
from app.theme.theme import Theme
from app.widgets.hline import HLine
from app.widgets.meter import Meter
from app.widgets.numbers import count, decimal, size, whole
from app.widgets.painting import SEMIBOLD
from app.widgets.section import SectionHeader
from app.widgets.text_button import TextButton
from app.widgets.text_label import TextLabel
from engine.errors import UserError
from engine.protocol.finetune import TrainingPlanned

_QUIET = ("finetune.from_gguf",)
"""Notices that the form says in its own words."""


class PlanPanel(QWidget):
    """Follows a `TrainingController`."""

    start_requested = Signal()

    def __init__(self, training: TrainingController, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._t, self._theme = training, theme
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._rows = SectionHeader(self.tr("What is trained"), theme)
        self._learned = Meter(self.tr("Share of the tokens that is trained"), theme, height=6)
        self._row_words = self._label()
        self._weight_words = self._label()
        self._memory = SectionHeader(self.tr("Memory"), theme)
        self.bar = MemoryBar(theme)
        self._memory_words = self._label("warn")
        self.smaller = TextButton(self.tr("Use settings that fit"), theme, icon_name="wand-sparkles")
        self._time = SectionHeader(self.tr("Time"), theme)
        self._time_words = self._label()
        self._notices = self._label("warn")
        self._problem = TextLabel("", theme, role="error", size="s", wrap=True)
        self._hint = self._label()
        self._state = self._label()
        self.start = TextButton(self.tr("Start training"), theme, kind="primary", icon_name="play", height=32)
        self._lay_out()
        self.start.clicked.connect(self.start_requested)
        self.smaller.clicked.connect(training.use_smaller)
        training.plan_changed.connect(self.show_plan)
        training.recipe_changed.connect(self.show_plan)
        self.show_plan()

    def show_plan(self) -> None:
        """As it is known now; an older plan stays while the next one is made."""
        training = self._t
        self.start.setEnabled(training.is_ready)
        self._state.set_text(self._state_words())
        self._show_problem(training.problem)
        plan = training.plan
        for widget in self._of_plan:
            widget.setVisible(plan is not None and training.problem is None)
        if plan is None or training.problem is not None:
            return
        self._show_rows(plan)
        self._show_memory(plan)
        self._show_time(plan)
        texts = [self._told(one.code, one.params) for one in training.notices if one.code not in _QUIET]
        self._notices.set_text("\n".join(texts))
        self._notices.setVisible(bool(texts))

    # its parts

    def _show_rows(self, plan: TrainingPlanned) -> None:
        has_rows = plan.rows > 0
        self._rows.set_note(self.tr("%Ln row(s)", "", plan.rows) if has_rows else "")
        for widget in (self._learned, self._row_words):
            widget.setVisible(has_rows)
        share = plan.trained_tokens / max(plan.tokens, 1)
        self._learned.set_parts(((share, "ok"),))
        lines = [
            self.tr("{tokens} tokens, {share} % of them are learned; the rest is only read.").format(
                tokens=whole(plan.tokens), share=whole(round(100 * share))
            ),
            self.tr("Half of the rows have up to {typical} tokens, the longest has {longest}.").format(
                typical=whole(plan.typical), longest=whole(plan.longest)
            ),
            self.tr("%Ln row(s) kept aside to measure on.", "", plan.held_out_rows),
        ]
        if plan.looked_at < plan.rows:
            lines.append(self.tr("Counted on the first %Ln row(s).", "", plan.looked_at))
        self._row_words.set_text("\n".join(lines))
        share = 100 * plan.trainable / max(plan.parameters, 1)
        words = self.tr("{trained} of {all} weights change ({share} %).").format(
            trained=count(plan.trainable),
            all=count(plan.parameters),
            share=decimal(share, 0 if share >= 10 else 2),
        )
        if plan.path == "general":
            way = self.tr("By transformers and PEFT, {reason}: slower than Lathe's own loop.")
            words += "\n" + way.format(reason=reason_word(plan.reason))
        self._weight_words.set_text(words)

    def _show_memory(self, plan: TrainingPlanned) -> None:
        note = self.tr("{needed} of {total}").format(needed=size(plan.needed), total=size(plan.total_memory))
        self._memory.set_note(note)
        self.bar.set_parts(plan.memory, plan.total_memory, max(0, plan.total_memory - plan.available))
        fits = self._t.fits
        text = ""
        if not fits:
            text = self.tr("Only {available} is free: this does not fit.").format(
                available=size(plan.available)
            )
            if not plan.smaller:
                text += " " + self.tr("Choose a smaller base.")
        self._memory_words.set_text(text)
        self._memory_words.setVisible(not fits)
        self.smaller.setVisible(not fits and bool(plan.smaller))

    def _show_time(self, plan: TrainingPlanned) -> None:
        known = plan.seconds >= 0
        self._time.set_note(self.tr("about {time}").format(time=duration(plan.seconds)) if known else "")
        lines = [self.tr("%Ln step(s)", "", plan.steps)] if plan.steps else []
        if plan.steps and plan.rows:
            epochs = plan.steps / max(plan.steps_per_epoch, 1)
            lines[0] += " · " + self.tr("every row {times} times").format(times=decimal(epochs, 1))
        if self._t.recipe.cluster.address:
            lines.append(self._cluster_words())
        else:
            device = f"{plan.device} · {plan.precision} · "
            lines.append(device + self.tr("%Ln thread(s)", "", plan.threads))
        if plan.told_by == "machine":
            lines.append(
                self.tr("Estimated from how fast this machine multiplies; the first steps tell more.")
            )
        elif plan.told_by == "runs":
            lines.append(self.tr("From your last run of this kind."))
        self._time_words.set_text("\n".join(lines))

    def _cluster_words(self) -> str:
        cluster = self._t.recipe.cluster
        if cluster.address == "local":
            text = self.tr("By %Ln worker(s) of Ray, processes of this machine.", "", cluster.num_workers)
        elif cluster.address == "auto":
            text = self.tr(
                "By %Ln worker(s) on the Ray cluster that this machine is part of.", "", cluster.num_workers
            )
        else:
            text = self.tr("By %Ln worker(s) on the Ray cluster at {address}.", "", cluster.num_workers)
        words = text.format(address=cluster.address)
        return f"{words} " + self.tr(
            "Each holds the whole model, takes the memory above and its share of every batch."
        )

    def _show_problem(self, problem: Exception | None) -> None:
        for widget in (self._problem, self._hint):
            widget.setVisible(problem is not None)
        if problem is not None:
            message, hint = self._problem_words(problem)
            self._problem.set_text(message)
            self._hint.set_text(hint)

    def _problem_words(self, problem: Exception) -> tuple[str, str]:
        """What is wrong and what to do. The catalog speaks of the keys of a recipe where the form has
        controls.
        """
        key = problem.params.get("key", "") if isinstance(problem, UserError) else ""
        if isinstance(problem, UserError) and problem.code == "recipe.no_rewards":
            return (
                self.tr("Nothing says yet which replies are good."),
                self.tr("Press “Add a reward” on the left, and choose what is rewarded."),
            )
        if key.endswith(".rewards.pattern"):
            return (
                self.tr("A reward looks for a pattern, and the pattern is empty."),
                self.tr("Type a regular expression beside it, or choose another reward."),
            )
        if key.endswith(".rewards.file"):
            return (
                self.tr("A reward calls a Python function, and no file is named."),
                self.tr("Type the path of the file beside it, or choose another reward."),
            )
        told = describe(problem)
        return told.message, told.hint

    def _state_words(self) -> str:
        training = self._t
        if not training.recipe.base:
            return self.tr("Choose a base model first.")
        if not any(training.recipe.files):
            return self.tr("Choose a data set, or drop a file on the form.")
        if training.is_planning:
            return self.tr("Finding out what this takes…")
        if training.plan is not None and training.plan.missing:
            return self.tr("Training is not installed yet.")
        if training.is_ready:
            return self.tr("It goes on when the window is closed.")
        return ""

    def _told(self, code: str, params: dict[str, str]) -> str:
        return describe(UserError(code, **params)).message

    def _label(self, role: str = "fg3") -> TextLabel:
        return TextLabel("", self._theme, role=role, size="xs", tabular=True, wrap=True)

    def _lay_out(self) -> None:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        title = TextLabel(self.tr("Before it starts"), self._theme, role="fg", size="l", weight=SEMIBOLD)
        column.addWidget(title)
        column.addWidget(self._problem)
        column.addWidget(self._hint)
        self._of_plan: list[QWidget] = []
        groups: tuple[tuple[QWidget, ...], ...] = (
            (self._rows, self._learned, self._row_words, self._weight_words, self._notices),
            (self._memory, self.bar, self._memory_words, self.smaller),
            (self._time, self._time_words),
        )
        for group in groups:
            part = QWidget()
            inner = QVBoxLayout(part)
            inner.setContentsMargins(0, 8, 0, 4)
            inner.setSpacing(8)
            for widget in group:
                inner.addWidget(widget)
            self._of_plan.append(part)
            column.addWidget(part)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(PanelStack((body,), self._theme), 1)
        outer.addWidget(HLine(self._theme))
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 12, 16, 12)
        foot.setSpacing(8)
        foot.addWidget(self._state)
        foot.addWidget(self.start)
        outer.addLayout(foot)
