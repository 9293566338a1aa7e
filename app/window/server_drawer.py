"""The drawer of the local server: switch, address and token to copy, who is being answered."""

from PySide6.QtCore import QLocale, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.controllers.local_server import LocalServer
from app.settings import AppSettings
from app.theme.theme import Theme
from app.widgets.hline import HLine
from app.widgets.icon_button import IconButton
from app.widgets.number_field import NumberField
from app.widgets.painting import SEMIBOLD
from app.widgets.switch import Switch
from app.widgets.text_button import TextButton
from app.widgets.text_label import TextLabel
from app.window.drawer import Drawer
from engine.protocol.serving import LiveRequest

WIDTH = 440
_NAMES = 120
_MOST_ROWS = 8


class ServerDrawer(Drawer):
    """On and off, and what goes on."""

    copied = Signal(str)

    def __init__(
        self,
        window: QWidget,
        server: LocalServer,
        settings: AppSettings,
        theme: Theme,
        bottom_margin: int,
    ) -> None:
        super().__init__(window, "", WIDTH, bottom_margin)
        self._server, self._settings, self._theme = server, settings, theme
        self.setAccessibleName(self.tr("Local server"))
        self.switch = Switch(self.tr("Local server"), theme)
        self.close_button = IconButton("x", self.tr("Close (Esc)"), theme)
        self._state = TextLabel("", theme, role="fg2", size="s", wrap=True)
        self._address = _CopyRow(self.tr("Address"), theme)
        self._token = _CopyRow(self.tr("Token"), theme, hidden=True)
        self.port = NumberField(self.tr("Port"), theme, minimum=0, maximum=65535, width=72, framed=True)
        self.slots = NumberField(
            self.tr("Requests at a time"), theme, minimum=1, maximum=16, width=72, framed=True
        )
        self.renew = TextButton(self.tr("New token"), theme, kind="ghost", height=26)
        self._requests = [TextLabel("", theme, role="fg2", size="s") for _ in range(_MOST_ROWS)]
        self._build()
        self.port.set_number(settings.value("server.port"))
        self.slots.set_number(settings.value("server.slots"))
        self.port.number_changed.connect(lambda value: settings.set_value("server.port", int(value)))
        self.slots.number_changed.connect(lambda value: settings.set_value("server.slots", int(value)))
        self.switch.toggled.connect(self._toggle)
        self.close_button.clicked.connect(lambda _checked: self.set_open(False))
        self.renew.clicked.connect(lambda _checked: server.renew_token())
        for row in (self._address, self._token):
            row.copied.connect(self.copied)
        server.changed.connect(self.refresh)
        self.refresh()

    def prepare(self) -> None:
        self.refresh()

    def first_focus(self) -> QWidget:
        return self.switch if self.switch.isEnabled() else self.close_button

    def wanted_height(self, width: int) -> int:
        return max(self.heightForWidth(width), self.sizeHint().height())

    def refresh(self) -> None:
        """Show the state of now."""
        server = self._server
        on = server.phase in ("loading", "on")
        if self.switch.isChecked() != on:
            self.switch.blockSignals(True)
            self.switch.setChecked(on)
            self.switch.blockSignals(False)
        self.switch.setEnabled(on or server.can_start())
        for field in (self.port, self.slots):
            field.setEnabled(server.phase == "off")
        self.renew.setEnabled(server.phase == "off" and bool(server.token))
        self._state.set_text(self._words())
        self._address.show_value(server.address)
        self._token.show_value(server.token if server.phase != "off" else "")
        self._show_requests()
        if self.isVisible():
            self.place()

    def _toggle(self, wanted: bool) -> None:
        if wanted:
            self._server.start(self._settings.value("server.port"), self._settings.value("server.slots"))
        else:
            self._server.stop()

    def _words(self) -> str:
        server = self._server
        match server.phase:
            case "loading":
                return self.tr("Loading the model…")
            case "stopping":
                return self.tr("Stopping: open replies may end.")
            case "on":
                model = server.listening.model if server.listening else ""
                return self.tr(
                    "Programs on this computer that speak OpenAI's protocol can use {model}."
                ).format(model=model)
            case "off" if server.can_start():
                return self.tr(
                    "Switched on, the loaded model answers programs on this computer, and nobody else: "
                    "only this machine's own address, only with the token."
                )
            case _:
                return self.tr("Load a GGUF model first.")

    def _show_requests(self) -> None:
        activity = self._server.activity
        locale = QLocale()
        lines = [self._request(one) for one in activity.requests[:_MOST_ROWS]]
        if self._server.phase == "on" and not lines:
            lines = [self.tr("%Ln request(s) answered so far", None, activity.served)]
        elif len(activity.requests) > 1:
            rate = locale.toString(activity.output_tps, "f", 0)
            lines[-1:] = [lines[-1], self.tr("{rate} tokens/s in total").format(rate=rate)]
        for label, text in zip(self._requests, [*lines, *[""] * _MOST_ROWS], strict=False):
            label.set_text(text)
            label.setVisible(bool(text))

    def _request(self, one: LiveRequest) -> str:
        states = {
            "waiting": self.tr("waiting"),
            "reading": self.tr("reading %n token(s)", None, one.prompt_tokens),
            "writing": self.tr("%Ln token(s) written", None, one.output_tokens),
        }
        return f"{one.endpoint} · {states[one.state]}"

    def _build(self) -> None:
        theme = self._theme
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 8, 8)
        head.addWidget(TextLabel(self.tr("Local server"), theme, role="fg", size="m", weight=SEMIBOLD))
        head.addStretch(1)
        head.addWidget(self.switch)
        head.addWidget(self.close_button)
        fields = QGridLayout()
        fields.setHorizontalSpacing(12)
        fields.setVerticalSpacing(8)
        rows = (
            (self.tr("Port"), self.port, self.tr("0 takes any free port")),
            (self.tr("Requests at a time"), self.slots, self.tr("They share context and speed")),
        )
        for row, (words, field, note) in enumerate(rows):
            fields.addWidget(TextLabel(words, theme, role="fg2", size="s"), row, 0)
            fields.addWidget(field, row, 1)
            fields.addWidget(TextLabel(note, theme, role="fg3", size="xs"), row, 2)
        fields.setColumnMinimumWidth(0, _NAMES)
        fields.setColumnStretch(2, 1)
        body = QVBoxLayout()
        body.setContentsMargins(16, 12, 16, 14)
        body.setSpacing(10)
        body.addWidget(self._state)
        body.addWidget(self._address)
        body.addWidget(self._token)
        body.addLayout(fields)
        for label in self._requests:
            body.addWidget(label)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.renew)
        body.addLayout(foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(HLine(theme))
        column.addLayout(body)


class _CopyRow(QWidget):
    """A name, a value, and a button that copies it."""

    copied = Signal(str)

    def __init__(self, name: str, theme: Theme, *, hidden: bool = False) -> None:
        super().__init__()
        self._name, self._hidden, self._value = name, hidden, ""
        self._label = TextLabel("", theme, role="fg", size="s", mono=True)
        self._button = IconButton("copy", self.tr("Copy: {name}").format(name=name), theme)
        self._button.clicked.connect(self._copy)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        words = TextLabel(name, theme, role="fg2", size="s")
        words.setMinimumWidth(_NAMES)
        row.addWidget(words)
        row.addWidget(self._label, 1)
        row.addWidget(self._button)

    def show_value(self, value: str) -> None:
        """Empty hides the row. A secret is shown by its first letters."""
        self._value = value
        self._label.set_text(f"{value[:4]}…" if self._hidden and value else value)
        self.setVisible(bool(value))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._value)
        self.copied.emit(self._name)
