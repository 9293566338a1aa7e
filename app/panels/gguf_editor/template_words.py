"""Findings about a chat template, as sentences."""

from PySide6.QtCore import QCoreApplication

from app.i18n.marks import QT_TRANSLATE_NOOP
from engine.edit_gguf.template_preview import Finding

_TEXTS = {
    "private_attribute": QT_TRANSLATE_NOOP(
        "TemplateFindings", "It reaches for “{detail}”, an inside of Python that templates have no use for."
    ),
    "other_file": QT_TRANSLATE_NOOP(
        "TemplateFindings", "It asks for another file ({detail}): templates stand alone."
    ),
    "huge_loop": QT_TRANSLATE_NOOP("TemplateFindings", "A loop runs {detail} times, whatever the chat is."),
    "nested_loops": QT_TRANSLATE_NOOP(
        "TemplateFindings", "{detail} loops inside each other: long chats take very long."
    ),
    "no_messages": QT_TRANSLATE_NOOP(
        "TemplateFindings", "It never looks at the messages: every chat gives the same prompt."
    ),
    "unknown_variable": QT_TRANSLATE_NOOP(
        "TemplateFindings", "“{detail}” is not given by every program; where it is missing it is empty."
    ),
    "dated": QT_TRANSLATE_NOOP(
        "TemplateFindings", "The date is in the prompt: the same chat gives another prompt tomorrow."
    ),
    "drops_user": QT_TRANSLATE_NOOP("TemplateFindings", "The user's message is not in the prompt."),
    "drops_replies": QT_TRANSLATE_NOOP("TemplateFindings", "Earlier replies are not in the prompt."),
    "no_generation_prompt": QT_TRANSLATE_NOOP(
        "TemplateFindings",
        "It ignores add_generation_prompt: the model is not told that its turn begins.",
    ),
    "refuses_system": QT_TRANSLATE_NOOP("TemplateFindings", "It refuses system messages."),
    "fails_system": QT_TRANSLATE_NOOP("TemplateFindings", "It fails when there is a system message."),
    "drops_system": QT_TRANSLATE_NOOP("TemplateFindings", "System messages are silently left out."),
    "fails_longer": QT_TRANSLATE_NOOP("TemplateFindings", "It fails on a chat with a reply in it."),
    "rewrites_prompt": QT_TRANSLATE_NOOP(
        "TemplateFindings",
        "A longer chat begins with another prompt than the shorter one did, so that less can be used again.",
    ),
}


def finding_text(finding: Finding) -> str:
    """One sentence; unknown codes as they are."""
    source = _TEXTS.get(finding.code)
    if source is None:
        return f"{finding.code} {finding.detail}".strip()
    return QCoreApplication.translate("TemplateFindings", source).format(detail=finding.detail)
