"""A chat template against a conversation, as the engine renders it, and what such a template should not do.

Runs in the engine's sandbox with its limits on time and size, also for templates that are being written.
"""

import re
from collections.abc import Sequence

from msgspec import Struct

from engine.edit_gguf.template_checks import Severity, behaviour_findings, source_findings
from engine.errors import UserError
from engine.text.template import ChatTemplate, TemplateMessage

_LINE = re.compile(r", line (\d+)")


class Finding(Struct, frozen=True):
    """Something about a template. `code`: what it is; `detail`: a name or a text; `line` 0: everywhere."""

    severity: Severity
    code: str
    line: int = 0
    detail: str = ""


class Preview(Struct, frozen=True):
    """`text`: the prompt, "" where it failed at `line`; `code` of the error catalog with its `params`."""

    text: str
    code: str = ""
    params: dict[str, str] = {}
    line: int = 0
    findings: tuple[Finding, ...] = ()


def preview(
    source: str,
    messages: Sequence[tuple[str, str]],
    *,
    bos: str = "",
    eos: str = "",
    add_generation_prompt: bool = True,
    enable_thinking: bool = True,
) -> Preview:
    """`messages`: (role, text). Never raises for what a template does."""
    findings = [Finding(*each) for each in source_findings(source)]
    try:
        template = ChatTemplate(source, bos, eos)
        findings += [Finding(*each) for each in behaviour_findings(template)]
        text = template.render(
            [TemplateMessage(role, content) for role, content in messages],
            add_generation_prompt=add_generation_prompt,
            enable_thinking=enable_thinking,
        )
    except UserError as error:
        match = _LINE.search(error.message)
        line = int(match[1]) if match else 0
        return Preview("", error.code, dict(error.params), line, tuple(findings))
    return Preview(text, findings=tuple(findings))
