"""The views of looking inside, in the order of their tabs.

To add one: a panel in `app/panels/<name>/`, a factory that takes `PanelParts`, and a line in `VIEWS`. A
factory imports its panel when it is called, so that a view that nobody opens costs nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.panels.inspection_parts import PanelParts


@dataclass(frozen=True)
class ViewEntry:
    """A tab before its panel exists.

    `on_chat` and `on_page`: whether it is a tab of the chat's lower region, and of the page Inspect. A panel
    with a method `corner() -> QWidget` has that widget shown beside the tabs while it is in front.
    """

    id: str
    title: Callable[[], str]
    make: Callable[[PanelParts], QWidget]
    on_chat: bool = False
    on_page: bool = True
    on_text: bool = True
    """Whether it looks at the reply or text that is chosen below the tabs of the page Inspect."""


def _attention_title() -> str:
    return QCoreApplication.translate("Views", "Attention")


def _attention(parts: PanelParts) -> QWidget:
    from app.panels.attention.panel import AttentionPanel  # noqa: PLC0415 - brings numpy

    return AttentionPanel(parts)


def _probabilities_title() -> str:
    return QCoreApplication.translate("Views", "Token probabilities")


def _probabilities(parts: PanelParts) -> QWidget:
    from app.panels.probabilities.panel import ProbabilitiesPanel  # noqa: PLC0415

    return ProbabilitiesPanel(parts)


def _xray_title() -> str:
    return QCoreApplication.translate("Views", "Sampler X-ray")


def _xray(parts: PanelParts) -> QWidget:
    from app.panels.xray.panel import XrayPanel  # noqa: PLC0415

    return XrayPanel(parts)


def _beams_title() -> str:
    return QCoreApplication.translate("Views", "Beams")


def _beams(parts: PanelParts) -> QWidget:
    from app.panels.beams.panel import BeamsPanel  # noqa: PLC0415

    return BeamsPanel(parts)


def _fill_mask_title() -> str:
    return QCoreApplication.translate("Views", "Fill mask")


def _fill_mask(parts: PanelParts) -> QWidget:
    from app.panels.fill_mask.panel import FillMaskPanel  # noqa: PLC0415

    return FillMaskPanel(parts)


def _lens_title() -> str:
    return QCoreApplication.translate("Views", "Logit lens")


def _lens(parts: PanelParts) -> QWidget:
    from app.panels.lens.panel import LensPanel  # noqa: PLC0415

    return LensPanel(parts)


def _tokens_title() -> str:
    return QCoreApplication.translate("Views", "Tokens")


def _tokens(parts: PanelParts) -> QWidget:
    from app.panels.tokens.panel import TokensPanel  # noqa: PLC0415

    return TokensPanel(parts)


def _vocabulary_title() -> str:
    return QCoreApplication.translate("Views", "Vocabulary")


def _vocabulary(parts: PanelParts) -> QWidget:
    from app.panels.vocabulary.panel import VocabularyPanel  # noqa: PLC0415

    return VocabularyPanel(parts)


def _model_card_title() -> str:
    return QCoreApplication.translate("Views", "Model card")


def _model_card(parts: PanelParts) -> QWidget:
    from app.panels.model_card.panel import ModelCardPanel  # noqa: PLC0415

    return ModelCardPanel(parts)


def _gguf_editor_title() -> str:
    return QCoreApplication.translate("Views", "Edit GGUF")


def _gguf_editor(parts: PanelParts) -> QWidget:
    from app.panels.gguf_editor.panel import GgufEditorPanel  # noqa: PLC0415

    return GgufEditorPanel(parts)


def _context_title() -> str:
    return QCoreApplication.translate("Views", "Context")


def _context(parts: PanelParts) -> QWidget:
    from app.panels.context_xray.panel import ContextXrayPanel  # noqa: PLC0415

    return ContextXrayPanel(parts)


VIEWS: tuple[ViewEntry, ...] = (
    ViewEntry("attention", _attention_title, _attention, on_chat=True),
    ViewEntry("lens", _lens_title, _lens, on_chat=True),
    ViewEntry("tokens", _tokens_title, _tokens, on_text=False),
    ViewEntry("vocabulary", _vocabulary_title, _vocabulary, on_text=False),
    ViewEntry("model_card", _model_card_title, _model_card, on_text=False),
    ViewEntry("gguf_editor", _gguf_editor_title, _gguf_editor, on_text=False),
    ViewEntry("context", _context_title, _context),
    ViewEntry("probabilities", _probabilities_title, _probabilities, on_chat=True, on_page=False),
    ViewEntry("xray", _xray_title, _xray, on_chat=True, on_page=False),
    ViewEntry("beams", _beams_title, _beams, on_chat=True),
    ViewEntry("fill_mask", _fill_mask_title, _fill_mask, on_text=False),
)


def views_of_chat() -> list[ViewEntry]:
    """Tabs of the lower region of the chat page."""
    return [view for view in VIEWS if view.on_chat]


def views_of_page() -> list[ViewEntry]:
    """Sub-tabs of the page Inspect."""
    return [view for view in VIEWS if view.on_page]
