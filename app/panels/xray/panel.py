"""Sampler X-ray: what every stage of the sampler did to the candidates of one token."""

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QStackedWidget, QVBoxLayout, QWidget

from app.panels.inspection_parts import PanelParts
from app.panels.travel.bar import TravelBar
from app.panels.xray.columns import StageColumns
from app.panels.xray.stages import replayed_columns, traced_columns
from app.panels.xray.what_if import NAMES, WhatIf
from app.widgets.empty_state import EmptyState
from app.widgets.segmented import SegmentedControl
from app.widgets.switch import Switch
from app.widgets.text_button import TextButton
from app.widgets.text_label import TextLabel
from engine.chat.inspection import Inspection
from engine.sampling.params import SamplingParams

_SLIDERS = 226
OWNER = "xray"


class XrayPanel(QWidget):
    """Traces replies while it is visible and its switch is on; reads a past one again when asked."""

    def __init__(self, parts: PanelParts) -> None:
        super().__init__()
        theme = parts.theme
        self._parts = parts
        self.travel = parts.controllers.travel
        self._chat = parts.controllers.chat
        self._models = parts.controllers.models
        self._inspection = parts.inspection
        self.setAccessibleName(self.tr("Sampler X-ray"))
        self.bar = TravelBar(self.travel, theme)
        self.mode = SegmentedControl(
            self.tr("What to show"), (("was", self.tr("As it was")), ("if", self.tr("What if"))), theme
        )
        self.mode.setFixedWidth(170)
        self.mode.set_current("was")
        self.live = Switch(self.tr("Trace replies while they are written"), theme)
        self.live.setChecked(True)
        self.live_label = TextLabel(self.tr("Trace replies"), theme, role="fg2", size="xs")
        self.live_label.setBuddy(self.live)
        self.columns = StageColumns(theme)
        self.what_if = WhatIf(theme)
        self.what_if.setFixedWidth(_SLIDERS)
        self.note = TextLabel("", theme, role="fg3", size="xs", elide=True)
        self.walk = TextButton(self.tr("Trace this reply"), theme, icon_name="play", height=26)
        self.walk.setToolTip(self.tr("Goes through the reply once more; it stays as it is."))
        self._untraced = EmptyState(
            "scan-line",
            self.tr("This token was not traced"),
            self.tr("Going through the reply once more shows it."),
            theme,
            action_text=self.tr("Trace this reply"),
            action_icon="play",
            compact=True,
        )
        self._empty = EmptyState(
            "list-filter",
            self.tr("Who was removed, and by whom?"),
            self.tr("Send a message while this panel is open: each stage of the sampler shows its work."),
            theme,
        )
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.bar)
        head.addWidget(self.walk)
        head.addWidget(self.note, 1)
        head.addWidget(self.live)
        head.addWidget(self.live_label)
        head.addWidget(self.mode)
        self._centre = QStackedWidget()
        self._centre.addWidget(self.columns)
        self._centre.addWidget(self._untraced)
        body = QHBoxLayout()
        body.setSpacing(18)
        body.addWidget(self.what_if)
        body.addWidget(self._centre, 1)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(16, 6, 16, 8)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(body, 1)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(content)
        self.what_if.hide()

    def _connect(self) -> None:
        travel = self.travel
        for signal in (travel.changed, travel.grown, travel.moved, travel.traced):
            signal.connect(self.refresh)
        self.columns.stepped.connect(travel.step)
        self.columns.taken.connect(travel.take)
        self.mode.selected.connect(lambda _key: self.refresh())
        self.live.toggled.connect(lambda _on: self._want())
        self.what_if.changed.connect(lambda _params: self.refresh())
        self.what_if.keep_requested.connect(self._use)
        self.walk.clicked.connect(self._walk)
        self._untraced.action_requested.connect(self._walk)

    # what comes along with the tokens

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._want()
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._inspection.unwant(OWNER)

    def _want(self) -> None:
        if self.isVisible() and self.live.isChecked():
            self._inspection.want(OWNER, Inspection(trace=True, n_probs=20))
        else:
            self._inspection.unwant(OWNER)

    def _walk(self) -> None:
        # The button that was pressed goes away: the keyboard stays in the panel, on what stays.
        self.live.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.travel.walking is None:
            self.travel.walk()
        else:
            self.travel.stop_walk()

    def _use(self, params: SamplingParams) -> None:
        """Only what the sliders show: seed, stop strings and the rest stay the chat's own."""
        now = self._chat.settings.sampling
        self._chat.set_sampling(replace(now, **{name: getattr(params, name) for name in NAMES}))

    # showing

    def refresh(self) -> None:
        """Show the stages of the token that is looked at."""
        if not self.isVisible():
            return
        reply, index = self.travel.reply, self.travel.index
        token = reply[index] if reply is not None and index >= 0 else None
        self._stack.setCurrentIndex(1 if token is not None else 0)
        trying = self.mode.current() == "if"
        self.what_if.setVisible(trying)
        if token is None:
            return
        sampling = self._sampling()
        self.what_if.set_own(sampling)
        has_something = bool(token.candidates) if trying else bool(token.stages)
        self._centre.setCurrentIndex(0 if has_something else 1)
        self._show_walk()
        if not has_something:
            return
        if trying:
            model = self._models.current
            vocabulary = model.n_vocab if model is not None else 0
            self.columns.set_columns(replayed_columns(token, self.what_if.params, vocabulary))
        else:
            self.columns.set_columns(traced_columns(token, sampling))

    def _sampling(self) -> SamplingParams:
        """The settings under which the reply was written."""
        record = self.travel.record
        return record.provenance.sampling if record is not None else self._chat.settings.sampling

    def _show_walk(self) -> None:
        walking = self.travel.walking
        reply, index = self.travel.reply, self.travel.index
        traced = reply is not None and index >= 0 and bool(reply[index].stages)
        trying = self.mode.current() == "if"
        enough = traced if not trying else traced and reply is not None and len(reply[index].candidates) > 40
        # Where nothing is traced, the button stands in the middle.
        offered = self._centre.currentIndex() == 1
        self.walk.setVisible(walking is not None or not (enough or offered))
        self.walk.setEnabled(self.travel.can_act)
        self.walk.setText(self.tr("Stop") if walking is not None else self.tr("Trace this reply"))
        if walking is not None:
            text = self.tr("{percent} % of the reply walked").format(percent=round(walking * 100))
        elif trying:
            text = self.tr("Replayed on the candidates on record; the model is not asked.")
        else:
            text = self.travel.costs.sentence("trace")
        self.note.set_text(text)
        waiting = self.tr("The walk has not come to this token yet.")
        asleep = self.tr("Going through the reply once more shows it.")
        self._untraced.set_text(waiting if walking is not None else asleep)
        if self._untraced.action is not None:
            self._untraced.action.setVisible(walking is None)
            self._untraced.action.setEnabled(self.travel.can_act)
