"""Beams: the tree that a beam search grows."""

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.models.inspection_subject import Subject
from app.panels.beams.canvas import BeamCanvas
from app.panels.beams.tree import BeamTree
from app.panels.inspection_parts import PanelParts
from app.widgets.empty_state import EmptyState
from app.widgets.icon_button import IconButton
from app.widgets.legend import LegendEntry
from app.widgets.numbers import decimal, whole
from app.widgets.text_label import TextLabel


class BeamsPanel(QWidget):
    """Follows the reply that is looked at; draws only while it is visible."""

    def __init__(self, parts: PanelParts) -> None:
        super().__init__()
        theme = parts.theme
        self._theme = theme
        self._source = parts.source
        self._chat = parts.controllers.chat
        self._inspection = parts.inspection
        self._shown: Subject | None = None
        self.setAccessibleName(self.tr("Beams"))
        self.canvas = BeamCanvas(theme)
        self.figures = TextLabel("", theme, role="fg2", size="xs", tabular=True)
        self.text = TextLabel("", theme, role="fg", size="s", wrap=True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.text.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.heading = TextLabel("", theme, role="fg3", size="xs", tabular=True)
        self._empty = EmptyState(
            "git-fork",
            self.tr("Several replies grow together"),
            self.tr("Choose beam search as the decoding mode and send a message: the tree grows here."),
            theme,
            action_text=self.tr("Use beam search in this chat"),
        )
        self._lay_out()
        self._empty.action_requested.connect(self._use_beams)
        self.canvas.chosen.connect(lambda _node: self._show_text())
        self._source.changed.connect(lambda _subject: self.refresh())
        self._inspection.beams_changed.connect(self._on_beams)
        self._inspection.finished.connect(self._on_finished)
        self._chat.settings_changed.connect(lambda _settings: self._show_action())

    def _lay_out(self) -> None:
        zoom_out = IconButton("zoom-out", self.tr("Smaller"), self._theme, size=26, icon_size=15)
        zoom_in = IconButton("zoom-in", self.tr("Larger"), self._theme, size=26, icon_size=15)
        fit = IconButton("maximize", self.tr("Show all"), self._theme, size=26, icon_size=15)
        zoom_out.clicked.connect(lambda: self.canvas.zoom_by(1 / 1.25))
        zoom_in.clicked.connect(lambda: self.canvas.zoom_by(1.25))
        fit.clicked.connect(self.canvas.fit)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self.figures)
        head.addStretch(1)
        for text, role in (
            (self.tr("Best"), "accent"),
            (self.tr("Finished"), "ok"),
            (self.tr("Dropped"), "line2"),
        ):
            head.addWidget(LegendEntry(text, role, self._theme))
        for button in (zoom_out, zoom_in, fit):
            head.addWidget(button)
        side = QVBoxLayout()
        side.setSpacing(4)
        side.addWidget(self.heading)
        side.addWidget(self.text, 1)
        box = QWidget()
        box.setFixedWidth(210)
        side.setContentsMargins(0, 0, 0, 0)
        box.setLayout(side)
        body = QHBoxLayout()
        body.setSpacing(16)
        body.addWidget(self.canvas, 1)
        body.addWidget(box)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(16, 6, 16, 8)
        column.setSpacing(6)
        column.addLayout(head)
        column.addLayout(body, 1)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(content)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_action()
        self.refresh()

    def refresh(self) -> None:
        """Show the tree of the reply that is looked at."""
        if not self.isVisible():
            return
        subject = self._source.subject
        if subject is None or subject.streaming:
            self._draw(subject)
        else:
            self._inspection.load_record(subject, self._on_loaded)

    def _on_loaded(self, subject: Subject) -> None:
        if subject is self._source.subject:
            self._draw(subject)

    def _draw(self, subject: Subject | None) -> None:
        nodes = subject.beam_tree if subject is not None else {}
        self._stack.setCurrentIndex(1 if nodes else 0)
        record = subject.record if subject is not None else None
        sampling = record.provenance.sampling if record is not None else self._chat.settings.sampling
        self.canvas.set_tree(BeamTree(dict(nodes), sampling.length_penalty))
        if subject is not self._shown and subject is not None and not subject.streaming:
            self.canvas.show_start()
        self._shown = subject
        states = [node.state for node in nodes.values()]
        self.figures.set_text(
            self.tr("{alive} of {count} hypotheses go on, {finished} finished").format(
                alive=whole(self._ends()), count=whole(len(states)), finished=whole(states.count("finished"))
            )
            if nodes
            else ""
        )
        self._show_text()

    def _ends(self) -> int:
        """Hypotheses that still grow: the newest alive nodes."""
        placed = [each for each in self.canvas.tree.placed.values() if each.node.state == "alive"]
        newest = max((each.depth for each in placed), default=0)
        return sum(1 for each in placed if each.depth == newest)

    def _on_beams(self, subject: Subject) -> None:
        if subject is self._source.subject:
            self.refresh()

    def _on_finished(self, subject: Subject) -> None:
        if subject is self._source.subject and self.isVisible():
            self._draw(subject)
            self.canvas.show_best()

    def _show_text(self) -> None:
        tree = self.canvas.tree
        if not tree.best:
            self.heading.set_text("")
            self.text.set_text("")
            return
        chosen = self.canvas.selected
        node = tree.nodes[chosen if chosen >= 0 else tree.best[-1]]
        heading = (
            self.tr("This hypothesis · score {score}") if chosen >= 0 else self.tr("Best · score {score}")
        )
        self.heading.set_text(heading.format(score=decimal(tree.score(node), 3)))
        self.text.set_text(tree.text(node.id).strip())

    def _show_action(self) -> None:
        if self._empty.action is not None:
            self._empty.action.setVisible(self._chat.settings.sampling.decoding != "beam")

    def _use_beams(self) -> None:
        self._chat.set_sampling(replace(self._chat.settings.sampling, decoding="beam"))
