"""The chat page: its widgets, and who hears whom."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from app.commands.registry import CommandRegistry
from app.controllers.chat_controllers import ChatControllers
from app.controllers.sessions import Undoable
from app.i18n.errors import describe
from app.models.model_choices import ModelChoicesModel
from app.models.session_groups import existing_session
from app.models.session_tree import SessionTreeModel
from app.pages.chat.commands import register_chat_commands
from app.pages.chat.export_formats import export_formats, file_name
from app.pages.chat.files_link import FilesLink
from app.pages.chat.host import PageHost
from app.pages.chat.model_link import ModelLink
from app.pages.chat.panels import ChatPanels
from app.pages.chat.panels_link import PanelsLink
from app.pages.chat.sampling_link import faulty_constraint
from app.pages.chat.session_panel import SessionPanel
from app.pages.chat.slash_commands import slash_entries
from app.pages.chat.slash_popup import SlashEntry
from app.pages.chat.transcript_link import TranscriptLink
from app.pages.chat.view import ChatView
from app.settings import AppSettings
from app.theme.theme import Theme
from app.widgets.save_file import ask_where_to_save
from engine.errors import UserError
from engine.messages import AttachmentPart, Message
from engine.store.database import Store
from engine.store.records import SessionRecord
from engine.store.transfer.exporting import SUFFIXES

_CLOCK_MS = 30_000
_LAST_SESSION = "chat.last_session"
_FOLDED = "chat.folded_groups"
_REPLY = "reply-failed"
_UNSAVED = "store.disk_full"


def chat_title() -> str:
    return QCoreApplication.translate("Pages", "Chat")


class ChatPage(QObject):
    """A `Page`. The links wire one area each: transcript, model, panels; the rest is here."""

    icon_name = "message-square"

    def __init__(
        self,
        controllers: ChatControllers,
        host: PageHost,
        registry: CommandRegistry,
        settings: AppSettings,
        theme: Theme,
        open_link: Callable[[str], object],
        panels: ChatPanels,
    ) -> None:
        super().__init__()
        self._c = controllers
        self._host = host
        self._registry = registry
        self._settings = settings
        self._theme = theme
        self.tree_model = SessionTreeModel(self)
        self.view = ChatView(theme, registry)
        self.panel = SessionPanel(self.tree_model, theme)
        self.choices = ModelChoicesModel(self)
        self.models = ModelLink(self, self.view, self.choices, controllers, host, theme)
        self.transcript = TranscriptLink(self.view, controllers, host, theme, open_link, self)
        self.panels = PanelsLink(self.view, controllers, host, registry, theme, panels, self)
        self.files = FilesLink(self.view, controllers, host, self.models.load_file, self)
        register_chat_commands(registry, self._handlers(), self._conditions())
        self._connect_list()
        self._connect_chat()
        self._connect_composer()
        self._apply_settings("")
        settings.changed.connect(self._apply_settings)
        self._clock = QTimer(self)
        self._clock.setInterval(_CLOCK_MS)
        self._clock.timeout.connect(self.tree_model.refresh_times)
        self._clock.start()
        self._open_first()

    # Page

    @property
    def title(self) -> str:
        return chat_title()

    def navigator(self) -> QWidget | None:
        return self.panel

    def centre(self) -> QWidget:
        return self.view

    def inspector(self) -> QWidget | None:
        return self.panels.inspector

    def bottom(self) -> QWidget | None:
        return self.panels.bottom

    # opening

    def open_session(self, session_id: str, message_id: str = "") -> None:
        """Show a chat, at a message where one is given."""
        self._host.show_page("chat")
        then = (lambda: self.transcript.reveal(message_id)) if message_id else None
        if session_id == self._c.chat.session_id:
            if then is not None:
                then()
            return
        self._c.chat.open(session_id, then)

    def _open_first(self) -> None:
        """The chat that was open last, else a new one."""

        def done(found: tuple[str, list[str]]) -> None:
            session_id, folded = found
            self.panel.tree.set_closed_groups(folded)
            if session_id:
                self._c.chat.open(session_id)
            else:
                self._new_chat()

        def read(store: Store) -> tuple[str, list[str]]:
            folded: list[str] = store.settings.get(_FOLDED, [])
            return existing_session(store.sessions.list(), store.settings.get(_LAST_SESSION, "")), folded

        self._c.access.run(read, done)
        self._c.start()

    def _new_chat(self) -> None:
        self._c.sessions.create(self.panels.defaults_for_new_chat())

    def _on_created(self, session: SessionRecord) -> None:
        if self._c.chat.session is None:  # the first chat of a start that may be about another page
            self._c.chat.open(session.id)
            return
        self.open_session(session.id)
        self.view.composer.edit.setFocus()

    def _on_opened(self, session: SessionRecord) -> None:
        self.panel.tree.show_session(session.id)
        self._c.access.run(lambda store: store.settings.set(_LAST_SESSION, session.id))
        self._registry.refresh()

    def _on_removed(self, session_id: str) -> None:
        if session_id != self._c.chat.session_id:
            return
        order = [each.id for each in self.tree_model.sessions_in_order()]
        position = order.index(session_id) if session_id in order else 0
        rest = [each for each in order if each != session_id]
        self._c.chat.close_session()
        if rest:
            self._c.chat.open(rest[min(position, len(rest) - 1)])
        else:
            self._new_chat()

    def _step(self, rows: int) -> None:
        order = [each.id for each in self.tree_model.sessions_in_order()]
        if self._c.chat.session_id in order:
            position = order.index(self._c.chat.session_id) + rows
            if 0 <= position < len(order):
                self.open_session(order[position])

    # wiring

    def _connect_list(self) -> None:
        sessions, tree, panel = self._c.sessions, self.panel.tree, self.panel
        sessions.groups_changed.connect(tree.show_groups)
        sessions.created.connect(self._on_created)
        sessions.removed.connect(self._on_removed)
        sessions.undoable.connect(self._offer_undo)
        sessions.noted.connect(self._host.show_toast)
        self._c.access.on_saved(lambda: self.view.banner.clear(_UNSAVED))
        sessions.failed.connect(self._host.show_error)
        sessions.found.connect(panel.results.show_hits)
        sessions.text_ready.connect(self._copy)
        sessions.folder_created.connect(tree.rename_folder)
        tree.opened.connect(self.open_session)
        tree.delete_requested.connect(sessions.delete)
        tree.pin_requested.connect(sessions.pin)
        tree.duplicate_requested.connect(sessions.duplicate)
        tree.export_requested.connect(self._export)
        tree.folder_requested.connect(sessions.create_folder)
        tree.folder_delete_requested.connect(sessions.delete_folder)
        tree.files_dropped.connect(sessions.import_files)
        tree.folded.connect(lambda keys: self._c.access.run(lambda store: store.settings.set(_FOLDED, keys)))
        self.tree_model.rename_requested.connect(sessions.rename)
        self.tree_model.folder_rename_requested.connect(sessions.rename_folder)
        self.tree_model.move_requested.connect(sessions.move)
        self.tree_model.pin_requested.connect(sessions.pin)
        panel.results.opened.connect(self.open_session)
        panel.new_requested.connect(self._new_chat)
        panel.search_requested.connect(sessions.search)
        panel.collapse_requested.connect(lambda: self._host.toggle_region("navigator"))
        panel.left.connect(self.view.composer.edit.setFocus)
        self._show_keys()
        self._registry.shortcuts_changed.connect(self._show_keys)

    def _connect_chat(self) -> None:
        chat = self._c.chat
        chat.opened.connect(lambda session, _rows: self._on_opened(session))
        chat.heading_changed.connect(self.view.top_bar.set_heading)
        chat.generating_changed.connect(self._on_generating)
        chat.live_changed.connect(self.tree_model.set_live)
        chat.failed.connect(self._host.show_error)
        chat.reply_failed.connect(self._on_reply_failed)
        chat.undoable.connect(self._offer_undo)
        chat.path_changed.connect(self._registry.refresh)
        chat.reveal_requested.connect(lambda message_id: self.open_session(chat.session_id, message_id))
        self.view.top_bar.renamed.connect(chat.rename)
        self.view.top_bar.export_requested.connect(lambda kind: self._export(chat.session_id, kind))
        self.view.top_bar.copy_requested.connect(
            lambda kind: self._c.sessions.export_text(chat.session_id, kind)
        )
        self._c.presets.failed.connect(self._host.show_error)

    def _connect_composer(self) -> None:
        composer, chat = self.view.composer, self._c.chat
        composer.submitted.connect(self._send)
        composer.edited.connect(lambda edit: chat.edits.edit(edit.message_id, edit.text, edit.mode))
        composer.stop_requested.connect(chat.stop)
        composer.system_requested.connect(self.panels.show_system)
        composer.grammar_requested.connect(self.panels.show_grammar)
        composer.draft_changed.connect(self._on_draft)
        composer.set_slash_entries(self._slash_entries)
        chat.draft_loaded.connect(composer.set_draft)
        chat.sent_back.connect(self._take_back)
        chat.history_changed.connect(composer.edit.set_history)
        self.view.start.prompt_chosen.connect(lambda text: self._send(Message.of("user", text)))

    # doing

    def _send(self, message: Message) -> None:
        if self._c.models.current is not None:
            self.view.transcript.follow = bool(self._settings.value("chat.follow"))
            self._c.chat.send(message)
        elif not self.models.wait_for_model(self._c.chat.session_id, message):
            self._take_back(message)

    def _on_generating(self, generating: bool) -> None:
        self.view.composer.set_generating(generating)
        if generating:
            self.view.banner.clear(_REPLY)
        self._registry.refresh()

    def _take_back(self, message: Message) -> None:
        """Into the composer again, before what was written there since."""
        composer = self.view.composer
        since = composer.edit.toPlainText()
        text = f"{message.text()}\n\n{since}" if since.strip() else message.text()
        files = [part for part in message.parts if isinstance(part, AttachmentPart)]
        composer.set_draft(text, [*files, *composer.attachments()])
        self._on_draft(text)

    def _on_draft(self, text: str) -> None:
        self._c.chat.set_draft(text, self.view.composer.attachments())

    def _on_reply_failed(self, error: BaseException) -> None:
        """In the chat, with the way to go on; bugs go to the window, which offers a report."""
        if not isinstance(error, UserError):
            self._host.show_error(error)
            return
        told = describe(error)
        actions: list[tuple[str, Callable[[], None]]] = [(self.tr("Try again"), self._c.chat.regenerate)]
        name = faulty_constraint(error)
        if name:
            actions.append((self.tr("Correct it…"), lambda: self.panels.show_grammar(name)))
        key = _UNSAVED if error.code == _UNSAVED else _REPLY
        self.view.banner.show_message("error", told.message, told.hint, actions, key=key)

    def _slash_entries(self) -> list[SlashEntry]:
        chat = self._c.chat
        return slash_entries(
            self._registry,
            self._c.presets,
            lambda: chat.settings.sampling,
            chat.set_sampling,
            self.panels.set_system,
        )

    def _choose_import(self) -> None:
        paths, _ = QFileDialog.getOpenFileNames(
            self.view, self.tr("Import chats"), "", self.tr("Chats (*.json *.jsonl);;All files (*)")
        )
        self._c.sessions.import_files(paths)

    def _export(self, session_id: str, kind: str) -> None:
        known = dict(export_formats())
        suffix = SUFFIXES[kind]  # type: ignore[index]
        session = self._c.sessions.session(session_id)
        name = file_name(session.title if session else "") + suffix
        kinds = f"{known[kind]} (*{suffix})"  # type: ignore[index]
        path = ask_where_to_save(self.view, self.tr("Export a chat"), name, kinds, suffix)
        if path:
            self._c.sessions.export(session_id, kind, str(path))  # type: ignore[arg-type]

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._host.show_toast(self.tr("The chat is in the clipboard."))

    def _offer_undo(self, what: Undoable) -> None:
        self._host.show_toast(what.text, self.tr("Undo"), what.undo)

    def _show_keys(self) -> None:
        for command, button in (("chat.new", self.panel.new_button),):
            button.set_text(self._registry.action(command).toolTip())
        keys = self._registry.action("chat.search").shortcut()
        self.panel.field.set_shortcut(keys.toString(keys.SequenceFormat.NativeText).replace("+", " "))

    def _apply_settings(self, key: str) -> None:
        if key in ("", "chat.send_key"):
            self.view.composer.edit.enter_sends = self._settings.value("chat.send_key") == "enter"
        if key in ("", "chat.auto_title"):
            self._c.titles.enabled = bool(self._settings.value("chat.auto_title"))

    # commands

    def _handlers(self) -> dict[str, Callable[[], object]]:
        def chat_id() -> str:
            return self._c.chat.session_id

        def on_page(act: Callable[[], object]) -> Callable[[], object]:
            """Commands that work from everywhere bring the page to the front first."""

            def run() -> None:
                self._host.show_page("chat")
                act()

            return run

        return {
            "chat.new": on_page(self._new_chat),
            "chat.search": on_page(self._focus_search),
            "chat.new_folder": on_page(lambda: self._c.sessions.create_folder(None)),
            "chat.import": on_page(self._choose_import),
            "model.pick": on_page(self.models.open_picker),
            "model.open_file": on_page(self.models.choose_file),
            "model.starter": on_page(self._c.models.load_starter),
            "model.unload": self._c.models.unload,
            "chat.find": lambda: self.view.find_bar.open(self.view.transcript.selected_text()),
            "chat.focus": self.view.composer.edit.setFocus,
            "chat.attach": self.files.choose,
            "chat.next": lambda: self._step(1),
            "chat.previous": lambda: self._step(-1),
            "chat.rename": self.view.top_bar.title.begin_edit,
            "chat.pin": self._toggle_pin,
            "chat.duplicate": lambda: self._c.sessions.duplicate(chat_id()),
            "chat.delete": lambda: self._c.sessions.delete(chat_id()),
            "chat.system": self.panels.show_system,
            "chat.grammar": self.panels.show_grammar,
            "chat.regenerate": self._regenerate,
            "chat.continue": self._c.chat.resume,
            "chat.edit_last": self.transcript.edit_last,
            "chat.clear": self._c.chat.edits.clear,
            "chat.export": self._open_export,
            "chat.copy": lambda: self._c.sessions.export_text(chat_id(), "markdown"),
            "chat.stop": self._c.chat.stop,
        }

    def _conditions(self) -> dict[str, Callable[[], bool]]:
        def on_page() -> bool:
            return self._host.current_page in ("", "chat")

        chat = self._c.chat
        return {
            "page": on_page,
            "chat": lambda: on_page() and bool(chat.session_id),
            "messages": lambda: on_page() and bool(chat.path) and not chat.generating,
            "generating": lambda: chat.generating,
            "model": lambda: self._c.models.current is not None,
        }

    def _focus_search(self) -> None:
        self._host.show_region("navigator")
        self.panel.focus_search()

    def _regenerate(self) -> None:
        # Ctrl+Enter, which elsewhere saves: no other version while a message is edited.
        if not self.view.composer.save_edit():
            self._c.chat.regenerate()

    def _toggle_pin(self) -> None:
        session = self._c.chat.session
        if session is not None:
            self._c.sessions.pin(session.id, not session.pinned)

    def _open_export(self) -> None:
        self.view.top_bar.open_export_menu()
