"""Looking inside: what the visible panels want goes to the engine, what comes back goes to them.

One controller for all panels. It follows the open chat: its `subject` is the reply that is being written,
else the last one (or the one that was asked for). A panel says what it wants while it is visible and nothing
while it is not, so that what nobody sees costs nothing.
"""

from collections import OrderedDict
from collections.abc import Callable

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from app.bridge.background import Background, StoreAccess
from app.bridge.engine_bridge import EngineBridge
from app.controllers.chat import ChatController
from app.controllers.inspection_readings import Reading, Readings
from app.controllers.models import ModelsController
from app.models.attention_state import AttentionState
from app.models.inspection_cost import CostLedger, TapScope
from app.models.inspection_subject import Subject
from app.models.inspection_wishes import merged
from engine.chat.inspection import Inspection, reread_request
from engine.chat.turn import TurnFinished, TurnProgress, TurnRunner, TurnStarted
from engine.client.api import EngineClient
from engine.protocol.events import BeamGrown, Inspected, PromptReady, TapFrame, Token
from engine.protocol.inspection import InspectRequest, LensSpec, TapSpec
from engine.store.records import MessageRecord, ReplyRecord

KEPT_SUBJECTS = 3
"""Replies whose rows stay in memory: the newest, and those looked at before."""
ALL_ROWS_BYTES = 384 << 20
"""Attention of all kept replies together; that of the older ones is forgotten first."""
NOTHING = Inspection()


class InspectionController(QObject):
    """GUI thread only. Signals carry the `Subject` they are about; panels ignore those of other subjects."""

    subject_changed = Signal(object)
    """Another reply of the open chat is looked at; None when it has none."""
    tokens_changed = Signal(object)
    """Tokens arrived (once a flush), or their texts became known."""
    rows_changed = Signal(object)
    """Attention arrived, once a flush."""
    beams_changed = Signal(object)
    inspected = Signal(object, object)
    """A text was read again: its subject, and the event `Inspected`."""
    finished = Signal(object)
    """The reply is complete; its `metrics` are there."""
    chosen_changed = Signal(object)
    wishes_changed = Signal()
    failed = Signal(object)

    def __init__(
        self,
        client: EngineClient,
        runner: TurnRunner,
        chat: ChatController,
        models: ModelsController,
        access: StoreAccess,
        background: Background,
        bridge: EngineBridge,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._runner = runner
        self._chat = chat
        self._models = models
        self._access = access
        self._background = background
        self._wishes: dict[str, Inspection] = {}
        self._asked = NOTHING
        self._scopes: dict[int, TapScope | None] = {}
        self._subject: Subject | None = None
        self._subjects: OrderedDict[str, Subject] = OrderedDict()
        self._jobs: dict[int, Subject] = {}
        self._fresh: dict[str, dict[str, Subject]] = {"tokens": {}, "rows": {}, "beams": {}}
        self.attention = AttentionState(self)
        """What the attention panels of all pages show: layer, head, reduction."""
        self.costs = CostLedger()
        self.readings = Readings(client, bridge, self)
        bridge.turn_started.connect(self._on_turn_started)
        bridge.turn_progress.connect(self._on_turn_progress)
        bridge.turn_finished.connect(self._on_turn_finished)
        bridge.engine_event.connect(self._on_event)
        bridge.flushed.connect(self._on_flushed)
        chat.path_changed.connect(self._on_path_changed)
        models.loaded.connect(lambda _model: self._ask())
        models.unloaded.connect(self._ask)

    # what is looked at

    @property
    def subject(self) -> Subject | None:
        """The reply that the panels show."""
        return self._subject

    def focus(self, message_id: str) -> None:
        """Look at another message of the open chat."""
        record = self._chat.record(message_id)
        if record is not None:
            self._show(self._known(record.id))

    def watch(self, subject: Subject) -> None:
        """What the subject's job brings goes to it."""
        self._jobs[subject.job] = subject

    def choose(self, subject: Subject, position: int) -> None:
        """Choose a token by its position; `NEWEST` follows the reply again."""
        if subject.chosen != position:
            subject.chosen = position
            self.chosen_changed.emit(subject)

    # what panels want

    def want(self, owner: str, wish: Inspection) -> None:
        """A visible panel wants this with every token, from now on; the same `owner` replaces its wish."""
        if self._wishes.get(owner) != wish:
            self._wishes[owner] = wish
            self._ask()

    def unwant(self, owner: str) -> None:
        """A panel is hidden."""
        if self._wishes.pop(owner, None) is not None:
            self._ask()

    @property
    def asked(self) -> Inspection:
        """What comes along with the tokens now."""
        return self._asked

    @property
    def taps_possible(self) -> bool:
        """Whether the loaded model can be read while it writes: here, and without flash attention."""
        model = self._models.current
        return model is not None and model.backend not in ("remote", "torch") and not model.flash_attention

    @property
    def hindered_by_flash_attention(self) -> bool:
        """Whether loading the model again without flash attention would help."""
        model = self._models.current
        return model is not None and model.backend == "llama_cpp" and model.flash_attention

    # reading again

    def inspect(
        self,
        request: InspectRequest,
        done: Callable[[Inspected], None],
        failed: Callable[[Exception], None],
        progress: Callable[[float], None] | None = None,
    ) -> Reading:
        """Read a text and look inside. The callbacks come on the GUI thread; `Reading.cancel` ends it."""
        return self.readings.start(request, done, failed, progress)

    def reread(
        self,
        subject: Subject,
        *,
        taps: TapSpec | None = None,
        lens: LensSpec | None = None,
        done: Callable[[Inspected], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        progress: Callable[[float], None] | None = None,
    ) -> Reading:
        """Read a reply once more with what stands before it, or a typed text. Attention goes to its rows."""
        reading = self.readings.prepare(
            lambda event: self._on_inspected(subject, event, done), failed or self.failed.emit, progress
        )
        if subject.request is not None:
            reading.send(replace(subject.request, taps=taps, lens=lens, half=True))
            return reading
        self._access.run(
            lambda store: reread_request(store, subject.session_id, subject.key, taps=taps, lens=lens),
            lambda request: reading.send(replace(request, half=True)),
            reading.fail,
        )
        return reading

    def load_record(self, subject: Subject, done: Callable[[Subject], None]) -> None:
        """Read from the store how a finished reply came about; `done` at once where it is known."""
        if subject.record is not None or subject.streaming or not subject.session_id:
            done(subject)
            return

        def take(record: ReplyRecord | None) -> None:
            subject.record = record
            done(subject)

        self._access.run(lambda store: store.messages.reply(subject.key), take, self.failed.emit)

    # turns

    def _on_turn_started(self, event: TurnStarted) -> None:
        subject = Subject(
            key=event.reply.id, session_id=event.session_id, job=event.job, model=self._models.current
        )
        self.watch(subject)
        self._scopes[event.job] = self.scope
        self._keep(subject)
        if event.session_id == self._chat.session_id:
            self._show(subject)

    def _on_turn_progress(self, event: TurnProgress) -> None:
        subject = self._jobs.get(event.event.job)
        if subject is None:
            return
        match event.event:
            case PromptReady(report=report):
                subject.report = report
                subject.prompt_length = report.total
                subject.pieces = list(report.pieces)
                self._fresh["tokens"][subject.key] = subject
            case Token() as token:
                subject.tokens.append(token)
                self._fresh["tokens"][subject.key] = subject
            case _:
                pass

    def _on_turn_finished(self, event: TurnFinished) -> None:
        reply = event.reply
        subject = self._subjects.get(reply.id) if reply is not None else None
        if reply is None or subject is None:
            return
        scope = self._scopes.pop(subject.job, None)
        self._jobs.pop(subject.job, None)
        subject.job = 0
        subject.metrics = reply.metrics
        if scope is not None and reply.metrics is not None and subject.model is not None:
            tokens, rate = reply.metrics.output_tokens, reply.metrics.output_tps
            self.costs.note(subject.model.model_hash, scope, tokens, rate)
        self._on_flushed()
        self.finished.emit(subject)

    def _on_event(self, event: object) -> None:
        match event:
            case TapFrame(job=job) if job in self._jobs:
                subject = self._jobs[job]
                subject.rows.add_frame(event)
                self._fresh["rows"][subject.key] = subject
            case BeamGrown(job=job, nodes=nodes) if job in self._jobs:
                subject = self._jobs[job]
                subject.beams.update({node.id: node for node in nodes})
                self._fresh["beams"][subject.key] = subject
            case _:
                pass

    def _on_flushed(self) -> None:
        """One signal for everything that a flush brought."""
        signals = {"tokens": self.tokens_changed, "rows": self.rows_changed, "beams": self.beams_changed}
        for kind, fresh in self._fresh.items():
            for subject in list(fresh.values()):
                signals[kind].emit(subject)
            fresh.clear()

    def _on_inspected(
        self, subject: Subject, event: Inspected, done: Callable[[Inspected], None] | None
    ) -> None:
        rest = {name: array for name, array in event.arrays.items() if not name.endswith("attention")}
        before = subject.inspected
        if before is None or rest or before.token_ids != event.token_ids:
            # Attention has a place of its own; reading it keeps what a lens has read before.
            subject.inspected = replace(event, arrays=rest)
        subject.pieces = list(event.pieces)
        subject.prompt_length = event.prompt_length
        subject.split(event)
        self.tokens_changed.emit(subject)
        self.inspected.emit(subject, event)
        if "attention" in event.arrays:
            self._background.run(
                lambda: _add_rows(subject, event),
                lambda _nothing: self.rows_changed.emit(subject),
                self.failed.emit,
            )
        if done is not None:
            done(event)

    # the open chat

    def _on_path_changed(self) -> None:
        """Another chat, another version, a reply that ended: look at the last reply."""
        path = self._chat.path
        shown = self._subject
        if shown is not None and any(record.id == shown.key for record in path):
            newest = _last_reply(path)
            if shown.streaming or newest is None or newest.id == shown.key:
                return
        last = _last_reply(path)
        self._show(self._known(last.id, last) if last is not None else None)

    def _known(self, message_id: str, record: MessageRecord | None = None) -> Subject:
        subject = self._subjects.get(message_id)
        if subject is None:
            record = record or self._chat.record(message_id)
            metrics = record.metrics if record is not None else None
            subject = Subject(key=message_id, session_id=self._chat.session_id, metrics=metrics)
            subject.prompt_length = metrics.prompt_tokens if metrics is not None else 0
        self._keep(subject)
        return subject

    def _keep(self, subject: Subject) -> None:
        self._subjects[subject.key] = subject
        self._subjects.move_to_end(subject.key)
        finished = [key for key, each in self._subjects.items() if not each.streaming]
        for key in finished[: max(0, len(self._subjects) - KEPT_SUBJECTS)]:
            del self._subjects[key]
        total = 0
        for each in reversed(self._subjects.values()):
            total += each.row_bytes
            if total > ALL_ROWS_BYTES and each is not subject:
                each.forget_rows()

    def _show(self, subject: Subject | None) -> None:
        if subject is not self._subject:
            self._subject = subject
            self.subject_changed.emit(subject)

    # the engine

    @property
    def scope(self) -> TapScope:
        """How much is read out of replies now."""
        if self._asked.taps is None:
            return "off"
        return "some" if self._asked.taps.layers else "all"

    def _ask(self) -> None:
        """Tell the engine what all visible panels together want."""
        wish = merged(self._wishes.values())
        if wish.taps is not None and not self.taps_possible:
            wish = Inspection(taps=None, trace=wish.trace, n_probs=wish.n_probs)
        if wish == self._asked:
            return
        taps_changed = wish.taps != self._asked.taps
        self._asked = wish
        self._runner.inspection = wish
        if taps_changed:
            for job in self._jobs:
                # The rate of this reply belongs to no scope any more.
                self._scopes[job] = None
            self._chat.update_taps(wish.taps)
        self.wishes_changed.emit()


def _last_reply(path: list[MessageRecord]) -> MessageRecord | None:
    return next((record for record in reversed(path) if record.message.role == "assistant"), None)


def _add_rows(subject: Subject, event: Inspected) -> None:
    """On a worker thread. The parts first: the subject's own rows are what is waited for."""
    for name, part in subject.parts.items():
        part.rows.add_inspected(event, name)
    subject.rows.add_inspected(event)
