"""Shades the conversation by what a token reads, while the attention panel is on the screen."""

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QColor

from app.controllers.chat_controllers import ChatControllers
from app.models.inspection_subject import NEWEST, Subject
from app.models.prompt_places import PromptPlace, prompt_places
from app.theme.theme import Theme
from app.widgets.painting import color
from app.widgets.transcript.token_layer import Shade
from app.widgets.transcript.view import TranscriptView

FAINTEST = 0.08
"""Shades below it are left out."""
LEAST_SCALE = 0.05
"""Where all weights are smaller the shades stay faint."""
STRONGEST = 0.6
"""Opacity of the token that is read most: its text stays readable."""


class AttentionShades(QObject):
    """Follows the chosen token, and while the mouse is on another one, that one."""

    def __init__(
        self,
        transcript: TranscriptView,
        controllers: ChatControllers,
        theme: Theme,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._transcript = transcript
        self._c = controllers
        self._theme = theme
        self._hovered: tuple[str, int] | None = None
        self._shaded: set[str] = set()
        self._places: tuple[str, list[PromptPlace | None]] = ("", [])
        self._soon = QTimer(self, singleShot=True, interval=30)
        self._soon.timeout.connect(self._show)
        inspection = controllers.inspection
        transcript.token_hovered.connect(self._on_hovered)
        inspection.chosen_changed.connect(lambda _subject: self._soon.start())
        inspection.subject_changed.connect(lambda _subject: self._soon.start())
        inspection.attention.row_changed.connect(self._soon.start)
        inspection.attention.look_changed.connect(self._soon.start)
        theme.changed.connect(self._soon.start)

    def _on_hovered(self, message_id: str, number: int) -> None:
        self._hovered = (message_id, number) if number >= 0 else None
        if self._c.inspection.attention.row_of is not None or self._shaded:
            self._soon.start()

    def _show(self) -> None:
        subject = self._c.inspection.subject
        shades = self._shades(subject) if subject is not None else {}
        for message_id in self._shaded - set(shades):
            self._transcript.tokens.set_overlay(message_id, ())
        for message_id, stretches in shades.items():
            self._transcript.tokens.set_overlay(message_id, stretches)
        self._shaded = set(shades)

    def _shades(self, subject: Subject) -> dict[str, list[Shade]]:
        """By message. Empty while nothing is chosen or its attention is not known."""
        row_of = self._c.inspection.attention.row_of
        position = self._position(subject)
        weights = row_of(position) if row_of is not None and position >= 0 else None
        if weights is None:
            return {}
        shades: dict[str, list[Shade]] = {}
        # Most heads rest on the first token, which is no word of the chat: the others share the scale.
        scale = max([LEAST_SCALE, *(weights[key] for key in range(1, len(weights)) if key != position)])
        for key, weight in enumerate(weights):
            shade = self._color(weight / scale)
            place = self._place_of(subject, key) if shade is not None and key != position else None
            if place is not None and shade is not None:
                shades.setdefault(place[0], []).append((place[1], place[2], shade))
        return shades

    def _position(self, subject: Subject) -> int:
        if self._hovered is not None and self._hovered[0] == subject.key:
            return subject.prompt_length + self._hovered[1]
        return subject.chosen_position if subject.chosen != NEWEST else -1

    def _place_of(self, subject: Subject, position: int) -> tuple[str, int, int] | None:
        """Message and stretch of a token, wherever in the chat it stands."""
        seq = subject.seq(position)
        reply = self._c.travel.reply
        if seq >= 0:
            spans = reply.spans if reply is not None and reply.message_id == subject.key else ()
            return (subject.key, *spans[seq]) if seq < len(spans) and spans[seq][0] < spans[seq][1] else None
        places = self._prompt(subject)
        place = places[position] if position < len(places) else None
        path = self._request_path(subject)
        if place is None or place.message >= len(path):
            return None
        return path[place.message][0], place.start, place.end

    def _prompt(self, subject: Subject) -> list[PromptPlace | None]:
        if subject.report is None:
            return []
        if self._places[0] != subject.key:
            texts = [text for _, text in self._request_path(subject)]
            self._places = (subject.key, prompt_places(subject.report, texts))
        return self._places[1]

    def _request_path(self, subject: Subject) -> list[tuple[str, str]]:
        """Ids and texts of the messages that the request was made of."""
        records = []
        for record in self._c.chat.path:
            if record.id == subject.key:
                break
            if record.status != "failed" or record.message.parts:
                records.append((record.id, record.message.text()))
        return records

    def _color(self, weight: float) -> QColor | None:
        strength = min(1.0, max(0.0, weight)) ** self._c.inspection.attention.gamma
        return color(self._theme.tokens, "accent", STRONGEST * strength) if strength >= FAINTEST else None
