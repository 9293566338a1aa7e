"""Going through a reply token by token: which token is looked at, what is known of it, and turning off there.

Shared by the panels Token probabilities and Sampler X-ray and by the conversation itself, so that all of them
are at the same token.
"""

from collections import OrderedDict

from PySide6.QtCore import QObject, Signal

from app.bridge.background import StoreAccess
from app.bridge.engine_bridge import EngineBridge
from app.controllers.chat import ChatController
from app.controllers.inspection import InspectionController
from app.controllers.models import ModelsController
from app.models.inspection_subject import NEWEST, Subject
from app.models.reply_tokens import ReplyTokens, tokens_of_record
from app.models.token_costs import TokenCosts
from app.models.transcript_rows import thinking_of
from engine.chat.turn import TurnFinished, TurnProgress, TurnStarted
from engine.chat.walk import Walk, WalkEvent, WalkReport, walk_reply
from engine.client.api import EngineClient
from engine.protocol.events import Token
from engine.store.records import MessageRecord, ReplyRecord

WALK_CANDIDATES = 64
"""A walk brings so many candidates of each token: enough to try other settings on them."""
KEPT = 3


class _Growing:
    """A reply that is being written: its tokens, and how much of its text there is."""

    def __init__(self, tokens: ReplyTokens, shown: int, places: list[tuple[int, int]]) -> None:
        self.tokens = tokens
        self.shown = shown
        self.places = places
        """Of tokens that were there before and are walked again."""


class TokenTravel(QObject):
    """GUI thread only. `index` counts the tokens of the reply from 0."""

    changed = Signal()
    """Another reply, or everything about this one."""
    grown = Signal()
    """Tokens were added (once a flush)."""
    moved = Signal()
    """Another token is looked at."""
    traced = Signal()
    """More is known of what the sampler did."""
    modes_changed = Signal()
    walk_ended = Signal(object)
    """`WalkReport`."""
    failed = Signal(object)

    def __init__(
        self,
        client: EngineClient,
        chat: ChatController,
        models: ModelsController,
        inspection: InspectionController,
        access: StoreAccess,
        bridge: EngineBridge,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._client = client
        self._chat = chat
        self._models = models
        self._inspection = inspection
        self._access = access
        self._bridge = bridge
        self.reply: ReplyTokens | None = None
        self.record: ReplyRecord | None = None
        """How the reply came about, where it is finished and stored."""
        self.colored = False
        self.dimmed = False
        self.costs = TokenCosts()
        self._growing: dict[str, _Growing] = {}
        self._known: OrderedDict[str, ReplyTokens] = OrderedDict()
        self._walk: Walk | None = None
        self._walk_seen = 0
        self._dirty = ""
        inspection.subject_changed.connect(self._on_subject)
        inspection.chosen_changed.connect(lambda _subject: self.moved.emit())
        bridge.turn_started.connect(self._on_started)
        bridge.turn_progress.connect(self._on_progress)
        bridge.turn_finished.connect(self._on_finished)
        bridge.flushed.connect(self._on_flushed)
        models.loaded.connect(lambda _model: self.costs.forget())
        self._on_subject(inspection.subject)

    # where we are

    @property
    def index(self) -> int:
        """The token looked at; -1 where there is none."""
        subject, count = self._inspection.subject, len(self.reply) if self.reply else 0
        if subject is None or not count:
            return -1
        if subject.chosen == NEWEST:
            return count - 1
        index = subject.chosen - self._first(subject)
        return index if 0 <= index < count else -1

    @property
    def follows(self) -> bool:
        """Whether the newest token is looked at, whichever that is."""
        subject = self._inspection.subject
        return subject is None or subject.chosen == NEWEST

    def go(self, index: int) -> None:
        """Look at a token; one outside is brought to the nearest."""
        subject, reply = self._inspection.subject, self.reply
        if subject is not None and reply:
            index = max(0, min(index, len(reply) - 1))
            self._inspection.choose(subject, self._first(subject) + index)

    def step(self, tokens: int) -> None:
        """Back (negative) or forward."""
        self.go(max(self.index, 0) + tokens)

    def follow(self) -> None:
        """Look at the newest token again."""
        subject = self._inspection.subject
        if subject is not None:
            self._inspection.choose(subject, NEWEST)

    def go_to_surprise(self, step: int = 1) -> None:
        """The most surprising token; from there the next one (`step` 1) or the one before."""
        order = self.reply.by_surprise() if self.reply else []
        if order:
            on_the_way = not self.follows and self.index in order[:20]
            place = order.index(self.index) + step if on_the_way else 0
            self.go(order[max(0, min(place, len(order) - 1))])

    def look_at(self, message_id: str, index: int) -> None:
        """A token of any reply of the open chat."""
        subject = self._inspection.subject
        if subject is None or subject.key != message_id:
            self._inspection.focus(message_id)
        self.go(index)

    def tokens_of(self, message_id: str) -> ReplyTokens | None:
        """Another reply that was looked at a while ago."""
        return self._known.get(message_id)

    def _first(self, subject: Subject) -> int:
        """The position of the reply's first token in the panels' common counting."""
        ahead = len(self.reply) - subject.reply_length if self.reply and subject.tokens else 0
        return subject.prompt_length - max(0, ahead)

    # what is shown

    def set_colored(self, on: bool) -> None:
        """Shade the reply by surprise."""
        if on != self.colored:
            self.colored = on
            self.modes_changed.emit()

    def set_dimmed(self, on: bool) -> None:
        """Show the reply as it was up to the token looked at, the rest faintly."""
        if on != self.dimmed:
            self.dimmed = on
            self.modes_changed.emit()

    # going on from here

    @property
    def can_act(self) -> bool:
        """Whether the reply is complete on record and nothing is being written."""
        return self.record is not None and not self._chat.generating and self._models.current is not None

    def take(self, token_id: int) -> None:
        """Go on with another token than the one at this place: a new version of the reply."""
        if self.can_act and self.record is not None and self.index >= 0:
            self._chat.branch(self.record.message_id, self.index, token_id)

    def advance(self, count: int = 1) -> None:
        """Write so many more tokens of a reply that was stopped, or the first of a new one."""
        if self.can_act and self.record is not None:
            self.follow()
            self._chat.advance(self.record.message_id, count)

    @property
    def one_at_a_time(self) -> bool:
        """Whether replies stop after each token."""
        return self._chat.one_at_a_time

    def set_one_at_a_time(self, on: bool) -> None:
        if on != self._chat.one_at_a_time:
            self._chat.one_at_a_time = on
            self.modes_changed.emit()

    # walking again

    @property
    def walking(self) -> float | None:
        """The share of the reply that is walked, None while none is."""
        if self._walk is None or not self.reply:
            return None
        return self._walk_seen / len(self.reply)

    def walk(self) -> None:
        """Draw the reply once more and see what every sampler stage did."""
        if not self.can_act or self.record is None or self._walk is not None:
            return
        session_id, reply_id, model = self._chat.session_id, self.record.message_id, self._models.current
        reply = self.reply
        count = [0]

        def heard(event: WalkEvent) -> None:
            if isinstance(event, Token) and reply is not None:
                reply.trace(count[0], event)
                count[0] += 1
                self._walk_seen = count[0]
                self._dirty = self._dirty or "trace"
            elif not isinstance(event, Token):
                self._end_walk(event)

        self._access.run(
            lambda store: walk_reply(
                store,
                self._client,
                session_id,
                reply_id,
                lambda event: self._bridge.call(heard, event),
                model=model,
                n_probs=WALK_CANDIDATES,
            ),
            self._on_walking,
            self._end_walk,
        )

    @property
    def walk_job(self) -> int:
        """The job of the walk, -1 while none runs: what it reads is not a reply."""
        return self._walk.job if self._walk is not None else -1

    def stop_walk(self) -> None:
        if self._walk is not None:
            self._walk.cancel()

    def _on_walking(self, walk: Walk) -> None:
        if not walk.wait(0):
            self._walk, self._walk_seen = walk, 0
            self.traced.emit()

    def _end_walk(self, outcome: WalkReport | Exception) -> None:
        self._walk = None
        self.traced.emit()
        if isinstance(outcome, WalkReport):
            self.walk_ended.emit(outcome)
        else:
            self.failed.emit(outcome)

    # events

    def _on_subject(self, subject: Subject | None) -> None:
        if self._walk is not None:
            self._walk.cancel()
        self.record = None
        self.reply = self._known.get(subject.key) if subject is not None else None
        self.changed.emit()
        if subject is not None and not subject.streaming:
            self._read(subject.key)

    def _read(self, message_id: str) -> None:
        def done(record: ReplyRecord | None) -> None:
            subject = self._inspection.subject
            if subject is None or subject.key != message_id or message_id in self._growing:
                return
            subject.record = record
            self.record = record
            if record is not None:
                tokens = tokens_of_record(record)
                if before := self._known.get(message_id):
                    tokens.take_traces(before)
                self._show(tokens)
            elif self.reply is not None:
                self.changed.emit()

        self._access.run(lambda store: store.messages.reply(message_id), done, self.failed.emit)

    def _show(self, tokens: ReplyTokens) -> None:
        self.reply = tokens
        self._keep(tokens)
        self.changed.emit()

    def _keep(self, tokens: ReplyTokens) -> None:
        self._known[tokens.message_id] = tokens
        self._known.move_to_end(tokens.message_id)
        while len(self._known) > KEPT:
            self._known.popitem(last=False)

    def _on_started(self, event: TurnStarted) -> None:
        reply: MessageRecord = event.reply
        shown = len(reply.message.text()) + len(thinking_of(reply.message))
        before = self._known.get(reply.id)
        tokens = ReplyTokens(reply.id)
        places = before.spans if before is not None and shown else []
        self._growing[reply.id] = _Growing(tokens, shown, places)
        subject = self._inspection.subject
        if subject is not None and subject.key == reply.id:
            self.record = None
            self._show(tokens)

    def _on_progress(self, event: TurnProgress) -> None:
        growing = self._growing.get(event.message_id)
        if growing is None or not isinstance(event.event, Token):
            return
        number = len(growing.tokens)
        length = sum(len(text) for _, text in event.pieces)
        if event.event.forced and number < len(growing.places):
            start, end = growing.places[number]
        else:
            start, end = growing.shown, growing.shown + length
            growing.shown = end
        growing.tokens.append(event.event, start, end)
        if self.reply is growing.tokens:
            self._dirty = "tokens"

    def _on_finished(self, event: TurnFinished) -> None:
        if event.reply is None:
            return
        self._on_flushed()
        growing = self._growing.pop(event.reply.id, None)
        if growing is not None and event.reply.metrics is not None and not growing.places:
            self.costs.note(growing.tokens.tokens, event.reply.metrics.output_tps)
        subject = self._inspection.subject
        if subject is not None and subject.key == event.reply.id:
            self._read(event.reply.id)

    def _on_flushed(self) -> None:
        dirty, self._dirty = self._dirty, ""
        if dirty == "tokens":
            self.grown.emit()
            if self.follows:
                self.moved.emit()
        elif dirty == "trace":
            self.traced.emit()
