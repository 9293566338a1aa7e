"""Between the panels of the right and lower regions and the open chat."""

from functools import partial
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from app.commands.registry import CommandRegistry
from app.controllers.chat_controllers import ChatControllers
from app.controllers.inspection_source import SubjectSource
from app.i18n.errors import describe
from app.models.model_choices import loading_key
from app.pages.chat.attention_shades import AttentionShades
from app.pages.chat.bottom_panel import BottomPanel, BottomTab
from app.pages.chat.host import PageHost
from app.pages.chat.panels import ChatPanels
from app.pages.chat.sampling_link import SamplingLink
from app.pages.chat.token_link import TokenLink
from app.pages.chat.view import ChatView
from app.pages.inspect.views import views_of_chat
from app.panels.inspection_parts import PanelParts
from app.theme.theme import Theme
from engine.errors import UserError
from engine.library.describe import describe as describe_model
from engine.library.gguf_header import read_header
from engine.messages import Message
from engine.protocol.events import AnyEvent, Failed, JobProgress, PromptProgress, PromptReady, Token
from engine.protocol.values import ContextParams, LoadedModel, PromptOptions, PromptReport
from engine.store.records import MessageRecord, SessionSettings

CANDIDATES = 10
_OVERFLOW = "overflow"
_FULL = "context-full"


def _template_of(path: Path) -> str:
    """The chat template in a model's file; "" where it cannot be read again."""
    try:
        return describe_model(read_header(path)).template
    except (UserError, OSError):
        return ""


class PanelsLink(QObject):
    """Wires the panels; the chat's settings are the truth, the panels show them."""

    def __init__(
        self,
        view: ChatView,
        controllers: ChatControllers,
        host: PageHost,
        registry: CommandRegistry,
        theme: Theme,
        panels: ChatPanels,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._view = view
        self._c = controllers
        self._host = host
        self._reply_tokens = 0
        self._measured_ids: list[str] = []
        self._wanted_context: ContextParams | None = None
        self.series, self.throughput = panels.series, panels.throughput
        self.inspector, self.sampling, self.model = panels.inspector, panels.sampling, panels.model
        self.adapters, self.prompt = panels.adapters, panels.prompt
        self.next_token, self.context = panels.next_token, panels.context
        self.sampling_link = SamplingLink(self.sampling, controllers, self)
        self.source = SubjectSource(self)
        self.source.set(controllers.inspection.subject)
        controllers.inspection.subject_changed.connect(self.source.set)
        parts = PanelParts(controllers, self.source, host, registry, theme, "chat")
        tabs = [BottomTab(each.id, each.title(), partial(each.make, parts)) for each in views_of_chat()]
        tabs.append(BottomTab("throughput", self.tr("Throughput"), lambda: self.throughput))
        self.bottom = BottomPanel(tabs, host, theme)
        self.tokens = TokenLink(view.transcript, controllers, host, registry, theme, self)
        self.shades = AttentionShades(view.transcript, controllers, theme, self)
        self._connect_panels()
        self._connect_chat()
        self._connect_engine()

    # what the page asks for

    def show_system(self) -> None:
        """Open the place where the system prompt is written."""
        self._host.show_region("inspector")
        self.inspector.show_tab("prompt")
        self.prompt.system.setFocus()

    def show_grammar(self, name: str = "grammar") -> None:
        """Open the place where grammar and JSON schema are written."""
        self._host.show_region("inspector")
        self.inspector.show_tab("sampling")
        section = self.sampling.section("constraints")
        section.set_expanded(True)
        self.inspector.reveal(self.sampling.control(name))

    def set_system(self, text: str) -> None:
        prompt = msgspec.structs.replace(self._c.chat.settings.prompt, system=text)
        self._c.chat.set_prompt(prompt)

    def defaults_for_new_chat(self) -> SessionSettings:
        """What a new chat begins with: the model's own parameters beat the general ones."""
        model = self._c.models.current
        open_now = self._c.chat.settings
        if model is None:
            return SessionSettings(n_probs=open_now.n_probs)
        wanted = self._c.presets.model_default(model.name) or model.recommended
        sampling = wanted if wanted is not None else SessionSettings().sampling
        return SessionSettings(
            model=model.name, sampling=sampling, context=open_now.context, n_probs=open_now.n_probs
        )

    # wiring

    def _connect_panels(self) -> None:
        chat = self._c.chat
        self.model.reload_requested.connect(self._reload)
        self.model.unload_requested.connect(self._c.models.unload)
        self.next_token.probabilities_toggled.connect(
            lambda on: chat.set_probabilities(CANDIDATES if on else 0)
        )
        self._connect_prompt()
        self._connect_adapters()

    def _connect_adapters(self) -> None:
        panel, adapters = self.adapters, self._c.adapters
        adapters.rows_changed.connect(panel.set_rows)
        adapters.scales_changed.connect(panel.set_scales)
        adapters.available_changed.connect(panel.setVisible)
        adapters.failed.connect(self._host.show_error)
        panel.scale_changed.connect(adapters.set_scale)
        panel.removed.connect(adapters.remove)
        panel.add_requested.connect(self._choose_adapter)

    def _choose_adapter(self) -> None:
        kinds = self.tr("GGUF adapters (*.gguf)")
        path, _kind = QFileDialog.getOpenFileName(self.adapters, self.tr("Add an adapter"), "", kinds)
        if path:
            self._c.adapters.add(path)

    def _connect_prompt(self) -> None:
        prompt, presets, meter = self.prompt, self._c.presets, self._c.meter
        prompt.options_changed.connect(self._c.chat.set_prompt)
        prompt.prompt_save_requested.connect(presets.save_prompt)
        prompt.prompt_update_requested.connect(presets.update_prompt)
        prompt.prompt_rename_requested.connect(presets.rename_prompt)
        prompt.prompt_delete_requested.connect(presets.delete_prompt)
        prompt.prompt_restore_requested.connect(presets.restore_prompt)
        prompt.render_requested.connect(meter.render)
        prompt.copy_requested.connect(self._copy)
        presets.prompts_changed.connect(prompt.set_prompts)
        meter.rendered.connect(prompt.set_report)
        meter.refused.connect(lambda failed: prompt.set_template_error(describe(failed).message))
        meter.measured.connect(lambda *_args: prompt.set_template_error(""))

    def _connect_chat(self) -> None:
        chat, meter = self._c.chat, self._c.meter
        chat.settings_changed.connect(self._show_settings)
        chat.generating_changed.connect(self._on_generating)
        chat.token_arrived.connect(self._on_token)
        chat.reply_finished.connect(self._on_reply)
        chat.path_changed.connect(self._on_path)
        chat.opened.connect(lambda _session, _rows: self._on_opened())
        self._view.composer.draft_changed.connect(self._on_draft)
        chat.draft_loaded.connect(lambda text, _files: self._on_draft(text))
        meter.measured.connect(self._on_measured)
        meter.overflowing.connect(self._on_overflow)

    def _connect_engine(self) -> None:
        bridge, models = self._c.bridge, self._c.models
        bridge.engine_event.connect(self._feed_series)
        bridge.turn_progress.connect(self._on_progress)
        models.loading.connect(lambda *_args: self.model.set_loading(True))
        models.loaded.connect(self._on_loaded)
        models.unloaded.connect(self._on_unloaded)
        models.load_succeeded.connect(self._on_reloaded)
        models.load_failed.connect(lambda _error: self._on_load_failed())
        if models.current is not None:
            self._on_loaded(models.current)

    def _feed_series(self, event: AnyEvent) -> None:
        """The graphs show replies, not the few tokens of a title, and not a reply that is walked again."""
        if event.job not in (self._c.titles.job, self._c.travel.walk_job):
            self.series.feed(event)

    # model

    def _on_loaded(self, model: LoadedModel) -> None:
        self.model.set_model(model)
        self.model.set_loading(False)
        self._c.meter.set_context_length(model.n_ctx)
        self._c.meter.set_enabled(not self._c.chat.generating)
        self.prompt.set_model_template("")
        if model.has_template and model.path:
            self._c.background.run(lambda: _template_of(Path(model.path)), self.prompt.set_model_template)

    def _on_unloaded(self) -> None:
        self.model.set_model(None)
        self.model.set_loading(False)
        self.context.set_report(None)
        self._c.meter.set_enabled(False)

    def _reload(self, context: ContextParams) -> None:
        model = self._c.models.current
        if model is not None:
            self._wanted_context = context
            self._c.models.load(loading_key(model), model.name, context)

    def _on_reloaded(self) -> None:
        """The chat keeps a context that works; one that could not be set up is forgotten."""
        wanted, self._wanted_context = self._wanted_context, None
        if wanted is not None:
            self._c.chat.change_settings(context=wanted)

    def _on_load_failed(self) -> None:
        self._wanted_context = None
        self.model.set_loading(False)

    # chat

    def _show_settings(self, settings: SessionSettings) -> None:
        self.next_token.set_probabilities(settings.n_probs > 0)
        self.context.set_policy(settings.prompt.overflow)
        self._show_prompt(settings.prompt)
        sampling = settings.sampling
        self._view.composer.set_grammar(sampling.grammar or sampling.json_schema)
        self._c.meter.set_options(settings.prompt, sampling.max_tokens)

    def _show_prompt(self, prompt: PromptOptions) -> None:
        self._view.composer.set_system(prompt.system)
        if prompt != self.prompt.options():
            self.prompt.set_options(prompt)

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._host.show_toast(self.tr("The prompt is in the clipboard."))

    def _on_generating(self, generating: bool) -> None:
        self._c.meter.set_enabled(not generating and self._c.models.current is not None)
        if generating:
            self._view.banner.clear(_FULL)
            self._reply_tokens = 0

    def _on_token(self, token: Token) -> None:
        if not self._reply_tokens:
            self._view.composer.set_reading(None)
        self._reply_tokens += 1
        self.context.set_reply_tokens(self._reply_tokens)
        self.next_token.show_token(token)

    def _on_path(self) -> None:
        used = [each for each in self._c.chat.path if each.status != "failed" or each.message.parts]
        self._measured_ids = [each.id for each in used]
        self._c.meter.set_path([each.message for each in used])

    def _on_opened(self) -> None:
        """What was said of another chat goes at once: while a reply runs, nothing is measured."""
        self.next_token.clear()
        self.context.set_report(None)
        for key in (_OVERFLOW, _FULL):
            self._view.banner.clear(key)

    def _on_draft(self, text: str) -> None:
        files = self._view.composer.attachments()
        draft = None
        if text.strip() or files:
            draft = Message("user", (*files, *Message.of("user", text).parts))
        else:
            self._view.composer.set_estimate("")
        self._c.meter.set_draft(draft)

    # context

    def _on_progress(self, progress: object) -> None:
        event = getattr(progress, "event", None)
        if getattr(progress, "session_id", "") != self._c.chat.session_id:
            return
        if isinstance(event, PromptReady):
            self.context.set_report(event.report)
        elif isinstance(event, PromptProgress) and event.total:
            self._view.composer.set_reading(event.done / event.total)
        elif isinstance(event, JobProgress):
            self._view.composer.set_preparing(event.note)

    def _on_measured(self, report: PromptReport, with_draft: bool, left_out: frozenset[int]) -> None:
        self.context.set_report(report)
        if with_draft and report.per_message:
            tokens = report.per_message[-1]
            shown = self.tr("%Ln token(s)", "", tokens)
            self._view.composer.set_estimate(shown, warn=report.total + report.reply_room > report.n_ctx)
        ids = self._measured_ids
        dropped = frozenset(ids[place] for place in left_out if place < len(ids))
        self._c.chat.set_dropped(dropped)
        if dropped:
            text = self.tr("%Ln message(s) will be left out of the next prompt.", "", len(dropped))
            hint = self.tr("They are marked in the conversation. A larger context would keep them.")
            self._warn(text, hint)
        else:
            self._view.banner.clear(_OVERFLOW)

    def _on_overflow(self, failed: Failed) -> None:
        message = describe(failed).message
        if failed.code == "context.no_room" and not self._c.meter.saw_all:
            message = self.tr(
                "The conversation has more than {tokens} tokens; the context holds {size}."
            ).format(tokens=failed.params["prompt"], size=failed.params["n_ctx"])
        self._warn(
            message,
            self.tr("The policy is to stop. Raise the context length, or let old turns be left out."),
        )

    def _on_reply(self, reply: MessageRecord) -> None:
        if reply.finish_reason != "context":
            return
        hint = self.tr("Raise the context length, or let old turns be left out; then continue the reply.")
        self._warn(self.tr("The reply ended because the context is full."), hint, _FULL)

    def _warn(self, message: str, hint: str, key: str = _OVERFLOW) -> None:
        if self._view.banner.text() == message:
            return
        actions = (
            (self.tr("Context length…"), lambda: self._show_tab("model")),
            (self.tr("Policy…"), lambda: self._show_tab("prompt")),
        )
        self._view.banner.show_message("warn", message, hint, actions, key=key)

    def _show_tab(self, tab: str) -> None:
        self._host.show_region("inspector")
        self.inspector.show_tab(tab)
