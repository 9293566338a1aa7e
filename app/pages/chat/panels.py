"""The panels beside a chat, made one after the other.

Together they take longer than a few frames, so the window makes one in each turn of its event loop.
"""

from collections.abc import Generator
from time import monotonic

from PySide6.QtCore import QCoreApplication

from app.pages.chat.inspector import Inspector, InspectorTab
from app.panels.adapters.panel import AdaptersPanel
from app.panels.context.panel import ContextPanel
from app.panels.model.panel import ModelPanel
from app.panels.next_token.panel import NextTokenPanel
from app.panels.prompt.panel import PromptPanel
from app.panels.sampling.panel import SamplingPanel
from app.panels.throughput.compact import ThroughputCompact
from app.panels.throughput.panel import ThroughputPanel
from app.panels.throughput.series import ThroughputSeries
from app.theme.theme import Theme


class ChatPanels:
    """Call `build` and exhaust it; every panel is there then."""

    inspector: Inspector
    sampling: SamplingPanel
    model: ModelPanel
    adapters: AdaptersPanel
    prompt: PromptPanel
    next_token: NextTokenPanel
    context: ContextPanel
    series: ThroughputSeries
    throughput: ThroughputPanel

    def build(self, theme: Theme) -> Generator[None]:
        """Makes one panel, or one tab, between two yields."""
        translate = QCoreApplication.translate
        self.inspector = Inspector(theme)
        self.sampling = SamplingPanel(theme)
        yield
        title = translate("ChatPanels", "Sampling")
        self.inspector.add_tab(InspectorTab("sampling", title, self.sampling, self.sampling.reset))
        yield
        self.model = ModelPanel(theme)
        self.adapters = AdaptersPanel(theme)
        self.model.add_section(self.adapters)
        yield
        self.inspector.add_tab(InspectorTab("model", translate("ChatPanels", "Model"), self.model))
        yield
        self.prompt = PromptPanel(theme)
        yield
        self.inspector.add_tab(InspectorTab("prompt", translate("ChatPanels", "Prompt"), self.prompt))
        yield
        self.series = ThroughputSeries(monotonic)
        self.throughput = ThroughputPanel(self.series, theme)
        self.next_token = NextTokenPanel(theme)
        self.context = ContextPanel(theme)
        for watch in (self.next_token, self.context, ThroughputCompact(self.series, theme)):
            self.inspector.add_watch(watch)
        yield
