"""What chat templates should not do: read from the source, and found out by rendering small conversations.

Findings are (severity, code, line, detail); the window has the sentences.
"""

from collections.abc import Iterator
from typing import Literal

from jinja2 import nodes
from jinja2.exceptions import TemplateError

from engine.errors import UserError
from engine.text.sandbox import TemplateEnvironment
from engine.text.template import MAX_SOURCE_CHARS, ChatTemplate, TemplateMessage, TemplateRefused

Severity = Literal["danger", "warning", "note"]
Found = tuple[Severity, str, int, str]

_LARGE_RANGE = 10_000
_KNOWN = frozenset(
    (
        *("messages", "add_generation_prompt", "bos_token", "eos_token", "tools", "documents"),
        *("enable_thinking", "strftime_now", "raise_exception", "loop", "range", "dict", "namespace"),
        *(
            "cycler",
            "joiner",
            "true",
            "false",
            "none",
            "True",
            "False",
            "None",
            "caller",
            "varargs",
            "kwargs",
        ),
    )
)
_SYSTEM, _USER, _REPLY, _SECOND = "Rule 7 of lathes.", "First question 41?", "An answer 42.", "Second 43?"


def source_findings(source: str) -> list[Found]:
    """From the syntax tree. A source that does not parse has none: rendering tells what is wrong."""
    if len(source) > MAX_SOURCE_CHARS:
        return []
    try:
        tree = TemplateEnvironment().parse(source)
    except (TemplateError, RecursionError):
        return []
    found = [*_reaching_out(tree), *_loops(tree, 0), *_names(tree)]
    return sorted(dict.fromkeys(found), key=lambda each: ("danger", "warning", "note").index(each[0]))


def behaviour_findings(template: ChatTemplate) -> list[Found]:
    """By rendering: what becomes of each role, and whether the model is asked to go on."""
    plain = [TemplateMessage("user", _USER)]
    alone = _try(template, plain)
    if alone is None:
        return []
    found: list[Found] = []
    if _USER not in alone:
        found.append(("danger", "drops_user", 0, ""))
    if _try(template, plain, ask=False) == alone:
        found.append(("warning", "no_generation_prompt", 0, ""))
    found += _about_system(template, plain)
    found += _about_replies(template, plain, alone)
    return found


def _about_system(template: ChatTemplate, plain: list[TemplateMessage]) -> Iterator[Found]:
    try:
        text = template.render([TemplateMessage("system", _SYSTEM), *plain])
    except TemplateRefused:
        yield "warning", "refuses_system", 0, ""
    except UserError:
        yield "warning", "fails_system", 0, ""
    else:
        if _SYSTEM not in text:
            yield "warning", "drops_system", 0, ""


def _about_replies(template: ChatTemplate, plain: list[TemplateMessage], alone: str) -> Iterator[Found]:
    longer = [*plain, TemplateMessage("assistant", _REPLY), TemplateMessage("user", _SECOND)]
    text = _try(template, longer)
    if text is None:
        yield "warning", "fails_longer", 0, ""
    elif _REPLY not in text:
        yield "danger", "drops_replies", 0, ""
    elif not text.startswith(alone):
        # What was computed for the first turn cannot be used again.
        yield "note", "rewrites_prompt", 0, ""


def _try(template: ChatTemplate, messages: list[TemplateMessage], *, ask: bool = True) -> str | None:
    try:
        return template.render(messages, add_generation_prompt=ask)
    except UserError:
        return None


def _reaching_out(tree: nodes.Template) -> Iterator[Found]:
    """Attributes that lead into Python, and other files."""
    for attribute in tree.find_all(nodes.Getattr):
        if attribute.attr.startswith("_"):
            yield "danger", "private_attribute", attribute.lineno, attribute.attr[:60]
    for item in tree.find_all(nodes.Getitem):
        if isinstance(item.arg, nodes.Const) and _is_private(item.arg):
            yield "danger", "private_attribute", item.lineno, str(item.arg.value)[:60]
    for filtered in tree.find_all(nodes.Filter):
        if filtered.name in ("attr", "map") and any(_is_private(each) for each in filtered.args):
            yield "danger", "private_attribute", filtered.lineno, "attr"
    for other in tree.find_all((nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)):
        yield "danger", "other_file", other.lineno, type(other).__name__.lower()


def _is_private(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Const) and isinstance(node.value, str) and node.value.startswith("_")


def _loops(node: nodes.Node, depth: int) -> Iterator[Found]:
    """Loops over huge ranges, and loops four deep, whose time grows with the fourth power of the
    conversation.
    """
    for child in node.iter_child_nodes():
        inner = depth
        if isinstance(child, nodes.For):
            inner = depth + 1
            if (size := _range(child.iter)) > _LARGE_RANGE:
                yield "danger", "huge_loop", child.lineno, str(size)
            elif inner == 4:
                yield "warning", "nested_loops", child.lineno, str(inner)
        yield from _loops(child, inner)


def _range(node: nodes.Node) -> int:
    """How often a loop over `range(…)` with plain numbers runs; 0 for anything else."""
    if not (isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name == "range"):
        return 0
    numbers = [each.value for each in node.args if isinstance(each, nodes.Const)]
    if len(numbers) != len(node.args) or not all(type(number) is int for number in numbers):
        return 0
    try:
        return len(range(*numbers))
    except (TypeError, ValueError, OverflowError):
        return 1 << 60


def _names(tree: nodes.Template) -> Iterator[Found]:
    """Variables that Lathe does not give, and what makes each day's prompt another."""
    stored = {node.name for node in tree.find_all(nodes.Name) if node.ctx != "load"}
    stored |= {node.name for node in tree.find_all((nodes.Macro,))}
    loaded = [node for node in tree.find_all(nodes.Name) if node.ctx == "load"]
    if not any(node.name == "messages" for node in loaded):
        yield "danger", "no_messages", 0, ""
    for name in dict.fromkeys(node.name for node in loaded if node.name not in stored | _KNOWN):
        line = next(node.lineno for node in loaded if node.name == name)
        yield "note", "unknown_variable", line, name[:60]
    dated = next((node for node in loaded if node.name == "strftime_now"), None)
    if dated is not None:
        yield "note", "dated", dated.lineno, ""
