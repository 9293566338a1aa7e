"""A Jinja environment in which a template can neither reach Python nor run away.

Configured as Hugging Face's `apply_chat_template` does it, so that prompts come out identical. On top of
Jinja's immutable sandbox: only the filters and string methods that chat templates use, and a bound on the
size of every value that one operation could blow up (CVE-2024-34359 and CVE-2026-5760 were templates in
plain Jinja).
"""

from collections.abc import Callable
from string import Formatter
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.ext import Extension, LoopControlExtension
from jinja2.parser import Parser
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment, SandboxedFormatter

from engine.text.sandbox_filters import allowed_filters, raise_exception
from engine.text.sandbox_limits import (
    bounded_join,
    check_method,
    check_operands,
    check_weight,
    check_width,
)

_STR_METHODS = frozenset(
    (
        *("capitalize", "casefold", "count", "endswith", "find", "format", "index", "isalnum", "isalpha"),
        *("isascii", "isdecimal", "isdigit", "isidentifier", "islower", "isnumeric", "isprintable"),
        *("isspace", "istitle", "isupper", "join", "lower", "lstrip", "partition", "removeprefix"),
        *("removesuffix", "replace", "rfind", "rindex", "rpartition", "rsplit", "rstrip", "split"),
        *("splitlines", "startswith", "strip", "swapcase", "title", "upper"),
    )
)


class TemplateEnvironment(ImmutableSandboxedEnvironment):
    """The environment of every chat template; safe to share between templates of one thread at a time."""

    intercepted_binops = frozenset(["+", "*", "**", "%"])

    def __init__(self) -> None:
        super().__init__(
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=[LoopControlExtension, _GenerationTag],
            finalize=_finalize,
        )
        self.filters = allowed_filters()
        del self.globals["lipsum"]
        self.globals["raise_exception"] = raise_exception
        self.concat = bounded_join  # type: ignore[method-assign]

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        if isinstance(obj, str):
            return attr in _STR_METHODS
        if isinstance(obj, (bytes, int, float)):
            return False
        return super().is_safe_attribute(obj, attr, value)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        check_operands(operator, left, right)
        result = super().call_binop(context, operator, left, right)
        check_weight(result)
        return result

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805
        """Jinja's own signature: the odd names leave every keyword free for the template."""
        check_weight(args)
        check_weight(kwargs)
        text = getattr(__obj, "__self__", None)
        if isinstance(text, str):
            args = check_method(text, __obj.__name__, args)
        result = super().call(__context, __obj, *args, **kwargs)
        check_weight(result)
        return result

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
        wrapped = super().wrap_str_format(value)
        if wrapped is None:
            return None
        text = str(value.__self__)
        if value.__name__ == "format_map":
            return None

        def formatted(*args: Any, **kwargs: Any) -> str:
            check_weight([args, kwargs])
            return _BoundedFormatter(self).vformat(text, args, kwargs)

        return formatted

    def checked(self, value: Any) -> Any:
        """Used by generated code around container literals."""
        check_weight(value)
        return value

    def join_checked(self, parts: tuple[Any, ...]) -> str:
        """Used by generated code for `~`."""
        return bounded_join(str(_finalize(part)) for part in parts)


class _BoundedCode(CodeGenerator):
    """Routes `~` and container literals through checks; Jinja has no hook for them."""

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802
        self.write("environment.join_checked((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")

    def visit_List(self, node: nodes.List, frame: Frame) -> None:  # noqa: N802
        self.write("environment.checked(")
        super().visit_List(node, frame)
        self.write(")")

    def visit_Dict(self, node: nodes.Dict, frame: Frame) -> None:  # noqa: N802
        self.write("environment.checked(")
        super().visit_Dict(node, frame)
        self.write(")")

    def visit_Tuple(self, node: nodes.Tuple, frame: Frame) -> None:  # noqa: N802
        if node.ctx != "load":
            super().visit_Tuple(node, frame)
            return
        self.write("environment.checked(")
        super().visit_Tuple(node, frame)
        self.write(")")


TemplateEnvironment.code_generator_class = _BoundedCode


class _GenerationTag(Extension):
    """`{% generation %}…{% endgeneration %}` marks replies for training; here it only passes its body on."""

    tags = {"generation"}  # noqa: RUF012 - Jinja's own declaration

    def parse(self, parser: Parser) -> list[nodes.Node]:
        next(parser.stream)
        return parser.parse_statements(("name:endgeneration",), drop_needle=True)


class _BoundedFormatter(SandboxedFormatter):
    def format_field(self, value: Any, format_spec: str) -> str:
        check_width(format_spec)
        check_weight(value)
        return str(Formatter.format_field(self, value, format_spec))


def _finalize(value: Any) -> Any:
    check_weight(value)
    return value
