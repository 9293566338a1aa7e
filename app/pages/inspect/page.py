"""The page Inspect: every view of looking inside, on a reply or on a text of one's own."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.commands.registry import CommandRegistry
from app.controllers.chat_controllers import ChatControllers
from app.controllers.inspection_readings import Reading
from app.controllers.inspection_source import SubjectSource
from app.models.inspection_subject import Subject
from app.pages.inspect.source_bar import REPLY, TEXT
from app.pages.inspect.view import InspectView
from app.pages.inspect.views import views_of_page
from app.panels.inspection_parts import PanelHost, PanelParts
from app.panels.lens.panel import LensPanel
from app.panels.model_card.panel import ModelCardPanel
from app.panels.tokens.panel import TokensPanel
from app.theme.theme import Theme
from app.window import page_titles
from engine.messages import Message
from engine.protocol.inspection import InspectRequest


class InspectPage(QObject):
    """A `Page` with a centre only."""

    icon_name = "scan-eye"

    def __init__(
        self, controllers: ChatControllers, host: PanelHost, registry: CommandRegistry, theme: Theme
    ) -> None:
        super().__init__()
        self._c = controllers
        self._host = host
        self._reading: Reading | None = None
        self._typed: Subject | None = None
        self._wants_lens = False
        self.source = SubjectSource(self)
        self.source.set(controllers.inspection.subject)
        parts = PanelParts(controllers, self.source, host, registry, theme, "inspect")
        self.view = InspectView(views_of_page(), parts)
        bar = self.view.source_bar
        bar.kind_chosen.connect(self._on_kind)
        bar.run_requested.connect(self._run)
        bar.cancel_requested.connect(self._cancel)
        controllers.inspection.subject_changed.connect(lambda _subject: self._follow_chat())
        controllers.chat.heading_changed.connect(lambda _title, _turns: self._name_chat())
        controllers.models.loaded.connect(lambda _model: bar.set_ready(True))
        controllers.models.unloaded.connect(lambda: bar.set_ready(False))
        bar.set_ready(controllers.models.current is not None)
        self._name_chat()

    # Page

    @property
    def title(self) -> str:
        return page_titles.inspect()

    def navigator(self) -> QWidget | None:
        return None

    def centre(self) -> QWidget:
        return self.view

    def inspector(self) -> QWidget | None:
        return None

    def bottom(self) -> QWidget | None:
        return None

    # what commands do

    def open_view(self, view_id: str) -> None:
        """Show the page with one of its views."""
        self._host.show_page("inspect")
        self.view.show_view(view_id)

    def show_model_card(self, path: str) -> None:
        """Show what a model file is made of."""
        self.open_view("model_card")
        panel = self.view.panel("model_card")
        if isinstance(panel, ModelCardPanel):
            panel.show_model(path)

    def edit_gguf(self, path: str) -> None:
        """Change what a model file says about itself."""
        self.open_view("gguf_editor")
        panel = self.view.panel("gguf_editor")
        show = getattr(panel, "show_model", None)
        if show is not None:
            show(path)

    def show_example(self, view_id: str, text: str) -> None:
        """Show one of the views with a text of ours, and read it if a model is loaded."""
        self.open_view(view_id)
        panel = self.view.panel(view_id)
        if isinstance(panel, TokensPanel):
            panel.show_text(text)
            return
        bar = self.view.source_bar
        if text:
            bar.show_text(text)
            if bar.run.isEnabled():
                self._run(text, False)
                self._wants_lens = isinstance(panel, LensPanel)

    # source

    def _on_kind(self, kind: str) -> None:
        self.source.set(self._typed if kind == TEXT else self._c.inspection.subject)

    def _follow_chat(self) -> None:
        if self.view.source_bar.current_kind() == REPLY:
            self.source.set(self._c.inspection.subject)
        self._name_chat()

    def _name_chat(self) -> None:
        session = self._c.chat.session
        title = (session.title or self.tr("New chat")) if session is not None else ""
        self.view.source_bar.show_reply(title if self._c.inspection.subject is not None else "")

    def _run(self, text: str, template: bool) -> None:
        """Read a typed text: first its tokens, then whatever the open view asks for."""
        self._cancel()
        self._wants_lens = False
        request = (
            InspectRequest(messages=(Message.of("user", text),)) if template else InspectRequest(text=text)
        )
        subject = Subject(key="text", request=request, model=self._c.models.current)
        self.view.source_bar.set_progress(0.0)
        self._reading = self._c.inspection.reread(
            subject,
            done=lambda _event: self._read(subject),
            failed=self._failed,
            progress=self.view.source_bar.set_progress,
        )

    def _read(self, subject: Subject) -> None:
        self._reading = None
        self._typed = subject
        self.view.source_bar.set_progress(None)
        self.source.set(subject)
        panel = self.view.panel("lens") if self._wants_lens else None
        self._wants_lens = False
        if isinstance(panel, LensPanel):
            panel.view.ask()

    def _failed(self, error: Exception) -> None:
        self._reading = None
        self.view.source_bar.set_progress(None)
        self._host.show_error(error)

    def _cancel(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None
        self.view.source_bar.set_progress(None)
