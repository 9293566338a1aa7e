"""Counted texts (“%n file(s)”) are found by the context that the translators have them under."""

import ast
from collections.abc import Iterator
from typing import NamedTuple

from tests.support.sources import relative, tracked_files


class ClassSource(NamedTuple):
    """A class of the window, with the names of its bases."""

    name: str
    path: str
    bases: tuple[str, ...]
    node: ast.ClassDef


def classes() -> Iterator[ClassSource]:
    for path in tracked_files("app/*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                yield ClassSource(node.name, relative(path), tuple(map(base_name, node.bases)), node)


def base_name(base: ast.expr) -> str:
    plain = base.value if isinstance(base, ast.Subscript) else base
    return plain.attr if isinstance(plain, ast.Attribute) else getattr(plain, "id", "")


def counted_lines(node: ast.ClassDef) -> Iterator[int]:
    """Where `self.tr(text, comment, count)` is called."""
    for call in ast.walk(node):
        if (
            isinstance(call, ast.Call)
            and isinstance(call.func, ast.Attribute)
            and call.func.attr == "tr"
            and len(call.args) > 2
        ):
            yield call.lineno


def test_counted_texts_are_found() -> None:
    """lupdate takes the fourth argument of `QCoreApplication.translate` for no number, so that English would
    say “20 token(s)”.
    """
    found = [
        f"{relative(path)}:{node.lineno}"
        for path in tracked_files("app/*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and called(node) == "translate"
        and len(node.args) + len(node.keywords) > 3
    ]
    assert found == []


def called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def test_counted_texts_are_not_inherited() -> None:
    """`tr` asks under the class of the object first, then under its bases, until an answer differs from the
    source. A count that was filled in already differs, so the bases are never asked: such a text needs a
    small class of its own.
    """
    found = list(classes())
    inherited = {base for each in found for base in each.bases}
    assert "QWidget" in inherited
    counted = [(each, line) for each in found for line in counted_lines(each.node)]
    assert len(counted) > 10
    assert [f"{each.path}:{line}" for each, line in counted if each.name in inherited] == []
