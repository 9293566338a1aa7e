"""Between the conversation and the panels that go through a reply token by token."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QColor

from app.commands.registry import CommandRegistry
from app.commands.spec import CommandSpec
from app.controllers.chat_controllers import ChatControllers
from app.i18n.marks import QT_TRANSLATE_NOOP
from app.models.reply_tokens import ReplyToken, ReplyTokens, tokens_of_record
from app.pages.chat.host import PageHost
from app.panels.probabilities.candidates import rows_of
from app.panels.probabilities.colors import surprise_color
from app.panels.probabilities.words import share, token_sentence
from app.theme.theme import Theme
from app.widgets.transcript.view import TranscriptView
from engine.chat.walk import WalkReport
from engine.store.records import ReplyRecord

_CATEGORY = QT_TRANSLATE_NOOP("Commands", "Inspect")
_TIP_CANDIDATES = 4


class TokenLink(QObject):
    """Shades, dims and frames tokens in the conversation; clicks there choose the token everywhere."""

    def __init__(
        self,
        transcript: TranscriptView,
        controllers: ChatControllers,
        host: PageHost,
        registry: CommandRegistry,
        theme: Theme,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._transcript = transcript
        self._c = controllers
        self._travel = travel = controllers.travel
        self._host = host
        self._theme = theme
        self._shown = ""
        self._others: dict[str, ReplyTokens] = {}
        self._framed = False
        self._shaded_key: object = None
        self._shaded = 0
        self._shades: list[tuple[int, int, QColor]] = []
        transcript.tokens.tip = self._tip
        transcript.token_clicked.connect(travel.look_at)
        transcript.tokens_wanted.connect(self._read)
        controllers.chat.rows_replaced.connect(lambda _rows: self._start_anew())
        controllers.chat.opened.connect(lambda _session, _rows: self._start_anew())
        for signal in (travel.changed, travel.grown, travel.modes_changed):
            signal.connect(self._show)
        travel.moved.connect(self._on_moved)
        travel.walk_ended.connect(self._tell_walk)
        travel.failed.connect(host.show_error)
        theme.changed.connect(self._show)
        self._register(registry)

    def _register(self, registry: CommandRegistry) -> None:
        travel = self._travel
        commands: tuple[tuple[str, str, str, str, Callable[[], object]], ...] = (
            (
                "travel.back",
                QT_TRANSLATE_NOOP("Commands", "One token back"),
                "Ctrl+Alt+Left",
                "chevron-left",
                lambda: travel.step(-1),
            ),
            (
                "travel.forward",
                QT_TRANSLATE_NOOP("Commands", "One token forward"),
                "Ctrl+Alt+Right",
                "chevron-right",
                lambda: travel.step(1),
            ),
            (
                "travel.surprise",
                QT_TRANSLATE_NOOP("Commands", "The most surprising token"),
                "Ctrl+Alt+Up",
                "flame",
                travel.go_to_surprise,
            ),
            (
                "travel.write",
                QT_TRANSLATE_NOOP("Commands", "Write one more token"),
                "Ctrl+Alt+Return",
                "step-forward",
                travel.advance,
            ),
        )
        for command, title, keys, icon_name, handler in commands:
            spec = CommandSpec(command, title, keys, _CATEGORY, self._possible, icon=icon_name)
            registry.register(spec, handler)
        for signal in (travel.changed, travel.grown):
            signal.connect(registry.refresh)

    def _possible(self) -> bool:
        on_page = self._host.current_page in ("", "chat")
        return on_page and self._travel.reply is not None and len(self._travel.reply) > 0

    def _start_anew(self) -> None:
        self._transcript.tokens.clear()
        self._others = {}
        self._show()

    def _show(self) -> None:
        travel, layer = self._travel, self._transcript.tokens
        reply = travel.reply
        name = reply.message_id if reply is not None else ""
        if self._shown not in ("", name):
            layer.clear(self._shown)
        self._shown = name
        if reply is None:
            return
        layer.set_spans(name, reply.spans)
        if travel.colored:
            layer.set_colors(name, self._shades_of(reply))
        else:
            layer.set_colors(name, ())
        index = travel.index
        chosen = reply[index] if 0 <= index < len(reply) and not travel.follows else None
        self._framed = chosen is not None
        layer.set_dim(name, chosen.end if chosen is not None and travel.dimmed else None)
        layer.set_mark(name, _frame(chosen) if chosen is not None else None)

    def _on_moved(self) -> None:
        # While the newest token is followed, what there is to show came with the token.
        if not self._travel.follows or self._framed:
            self._show()

    def _shades_of(self, reply: ReplyTokens) -> list[tuple[int, int, QColor]]:
        """Grows with the reply: what is there is not computed again."""
        key = (reply, self._theme.tokens)
        if self._shaded_key != key:
            self._shaded_key, self._shaded, self._shades = key, 0, []
        shades = self._shades
        for token in reply.tokens[self._shaded :]:
            shade = surprise_color(self._theme.tokens, token.surprise)
            if shade is not None and token.end > token.start:
                shades.append((token.start, token.end, shade))
        self._shaded = len(reply)
        return shades

    def _read(self, message_id: str) -> None:
        """The tokens of another reply, for the mouse."""

        def done(record: ReplyRecord | None) -> None:
            if record is not None and record.ends:
                self._others[message_id] = tokens = tokens_of_record(record)
                self._transcript.tokens.set_spans(message_id, tokens.spans)

        self._c.access.run(lambda store: store.messages.reply(message_id), done)

    def _tip(self, message_id: str, number: int) -> str:
        reply = self._travel.reply
        if reply is None or reply.message_id != message_id:
            reply = self._others.get(message_id)
        if reply is None or number >= len(reply):
            return ""
        token = reply[number]
        lines = [token_sentence(token, number, len(reply))]
        if token.candidates:
            lines += [f"{row.text}  {share(row.p)}" for row in rows_of(token, _TIP_CANDIDATES)]
        return "\n".join(lines)

    def _tell_walk(self, report: WalkReport) -> None:
        if report.cancelled:
            return
        if report.first_difference < 0:
            text = self.tr("Walked again: the sampler draws the same %n token(s).", "", report.tokens)
        else:
            text = self.tr("Walked again: from token {place} on the sampler would draw otherwise.").format(
                place=report.first_difference + 1
            )
            if not report.same_prompt:
                text = self.tr("{text} The prompt is not the same any more.").format(text=text)
        self._host.show_toast(text)


def _frame(token: ReplyToken) -> tuple[int, int]:
    """The token without the blanks before it: at the end of a line they would be framed alone."""
    blanks = len(token.text) - len(token.text.lstrip())
    return (token.start + blanks if token.start + blanks < token.end else token.start, token.end)
