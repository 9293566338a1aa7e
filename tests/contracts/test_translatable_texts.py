"""Every visible text reaches the translator.

lupdate reads the sources without running them. What is no literal it skips or takes wrongly, in silence: an
f-string becomes a text that never matches, `translate(CONTEXT, "…")` is lost. So the sources are held to what
it can read, and its result is compared with theirs.
"""

import ast
import subprocess
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from app.resource_paths import resource
from devtool.layout import venv_program
from tests.support.sources import ROOT, relative, tracked_files

MARKS = {"QT_TRANSLATE_NOOP", "QT_TR_NOOP"}


class Texts(ast.NodeVisitor):
    """Collects the (context, text) pairs of one file and what is wrong with its calls."""

    def __init__(
        self,
        marked_contexts: frozenset[str] = frozenset(),
        exported: Mapping[tuple[str, str], str] | None = None,
    ) -> None:
        self.pairs: set[tuple[str, str]] = set()
        self.problems: list[str] = []
        self.marked: set[str] = set()
        self._marked_contexts = marked_contexts
        self.constants: dict[str, str] = {}
        self._exported = exported or {}
        self._classes: list[str] = []

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._classes.append(node.name)
        self.generic_visit(node)
        self._classes.pop()

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        for name in node.names:
            if text := self._exported.get((node.module or "", name.name)):
                self.constants[name.asname or name.name] = text

    def visit_Assign(self, node: ast.Assign) -> None:
        if not self._classes and isinstance(node.targets[0], ast.Name) and (text := literal(node.value)):
            self.constants[node.targets[0].id] = text
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        function = node.func
        name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        if name in MARKS:
            self._mark(node)
        elif name == "tr" and isinstance(function, ast.Attribute):
            self._tr(node, function)
        elif name == "translate" and len(node.args) > 1:
            self._translate(node)
        self.generic_visit(node)

    def _mark(self, node: ast.Call) -> None:
        context, text = literal(node.args[0]), literal(node.args[-1])
        if context is None or text is None or len(node.args) != 2:
            self._complain(node, "a mark needs a literal context and a literal text")
            return
        self.marked.add(context)
        self.pairs.add((context, text))

    def _tr(self, node: ast.Call, function: ast.Attribute) -> None:
        text = literal(node.args[0]) if node.args else None
        if text is None:
            self._complain(node, "tr() needs a literal text")
        elif not (isinstance(function.value, ast.Name) and function.value.id == "self" and self._classes):
            self._complain(node, "tr() works on self only: lupdate takes the class around it as context")
        else:
            self.pairs.add((self._classes[-1], text))

    def _translate(self, node: ast.Call) -> None:
        context, text = literal(node.args[0]), literal(node.args[1])
        if text is not None and context is not None:
            self.pairs.add((context, text))
        elif text is not None:
            self._complain(
                node, "translate() of a literal text needs a literal context, or lupdate loses the text"
            )
        elif isinstance(node.args[1], ast.JoinedStr | ast.BinOp | ast.Call):
            self._complain(node, "translate() of a text that is made here")
        elif (context or self._constant(node.args[0])) not in self._marked_contexts:
            self._complain(node, "translate() of a variable whose context has no marked texts")

    def _constant(self, node: ast.expr) -> str | None:
        return self.constants.get(node.id) if isinstance(node, ast.Name) else None

    def _complain(self, node: ast.Call, problem: str) -> None:
        self.problems.append(f"{node.lineno}: {problem}")


def literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT) if path.is_relative_to(ROOT) else Path(path.name)
    return ".".join(parts.with_suffix("").parts)


def read_texts(paths: list[Path]) -> tuple[set[tuple[str, str]], list[str]]:
    """All pairs and all problems of some files."""
    trees = {path: ast.parse(path.read_text("utf-8")) for path in paths}
    marked: set[str] = set()
    exported: dict[tuple[str, str], str] = {}
    for path, tree in trees.items():
        texts = Texts()
        texts.visit(tree)
        marked |= texts.marked
        exported |= {(module_name(path), name): text for name, text in texts.constants.items()}
    pairs: set[tuple[str, str]] = set()
    problems: list[str] = []
    for path, tree in trees.items():
        texts = Texts(frozenset(marked), exported)
        texts.visit(tree)
        pairs |= texts.pairs
        problems += [
            f"{relative(path) if path.is_relative_to(ROOT) else path.name}:{line}" for line in texts.problems
        ]
    return pairs, problems


def lupdate(paths: list[Path], target: Path) -> set[tuple[str, str]]:
    """The pairs that Qt's own tool collects."""
    subprocess.run(
        [venv_program("pyside6-lupdate"), *map(str, paths), "-ts", str(target)],
        check=True,
        capture_output=True,
    )
    return pairs_of(target)


def pairs_of(path: Path) -> set[tuple[str, str]]:
    """Of a translation file that is ours."""
    root = ET.parse(path).getroot()  # noqa: S314
    return {
        (context.findtext("name") or "", message.findtext("source") or "")
        for context in root.iter("context")
        for message in context.iter("message")
    }


def test_every_text_is_readable_for_lupdate() -> None:
    pairs, problems = read_texts(tracked_files("app/*.py"))
    assert pairs
    assert not problems, "\n".join(problems)


def test_every_text_has_a_translation() -> None:
    """What the translators were never given nobody misses: `dev.py translations` collects it."""
    pairs, _ = read_texts(tracked_files("app/*.py"))
    assert sorted(pairs - pairs_of(resource("translations", "lathe_zh_CN.ts"))) == []


def test_lupdate_collects_every_text(tmp_path: Path) -> None:
    files = tracked_files("app/*.py")
    pairs, _ = read_texts(files)
    collected = lupdate(files, tmp_path / "all.ts")
    lost, unseen = pairs - collected, collected - pairs
    assert not lost, "lupdate does not see these, perhaps they stand inside an f-string"
    assert not unseen


BAD = {
    'self.tr(f"{count} files")': "literal text",
    "self.tr(name)": "literal text",
    'self.tr("a" + name)': "literal text",
    'self.tr("%s files" % 3)': "literal text",
    'self.child.tr("text")': "self only",
    'QCoreApplication.translate(CONTEXT, "text")': "literal context",
    'QCoreApplication.translate("C", f"{name}")': "made here",
    'QCoreApplication.translate("C", "{}".format(name))': "made here",
    'QCoreApplication.translate("Unmarked", name)': "no marked texts",
    "QT_TRANSLATE_NOOP(CONTEXT, 'text')": "literal context and a literal text",
}


@pytest.mark.parametrize("call", BAD)
def test_unreadable_text_is_found(call: str, tmp_path: Path) -> None:
    path = tmp_path / "widget.py"
    path.write_text(f'CONTEXT = "C"\nclass W:\n    def f(self, name, count):\n        {call}\n', "utf-8")
    _, problems = read_texts([path])
    assert len(problems) == 1
    assert BAD[call] in problems[0]


def test_marked_texts_may_be_variables(tmp_path: Path) -> None:
    path = tmp_path / "words.py"
    path.write_text(
        'CONTEXT = "Words"\nALL = {"a": QT_TRANSLATE_NOOP("Words", "One")}\n'
        "def word(name):\n    return QCoreApplication.translate(CONTEXT, ALL[name])\n",
        "utf-8",
    )
    assert read_texts([path]) == ({("Words", "One")}, [])
