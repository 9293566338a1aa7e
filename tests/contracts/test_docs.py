"""The documentation names what exists."""

import ast
import re
from functools import cache

from tests.support.sources import ROOT, relative, tracked_files

LINK = re.compile(r"\[[^\]]*\]\(([^)#]+)(?:#[^)]*)?\)")
CODE = re.compile(r"`([^`\n]+)`")
SOURCE = re.compile(r"^(?:app|engine|tests|packaging|resources)/[\w/.-]+$")
NAME = re.compile(r"^_?[A-Z]\w+\.[a-z_]\w+$")


@cache
def defined_names() -> frozenset[str]:
    """`Class` and `Class.method` of everything in the two packages."""
    names = set()
    for path in tracked_files("app/*.py", "engine/*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                names.add(node.name)
                names |= {
                    f"{node.name}.{inner.name}"
                    for inner in node.body
                    if isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef)
                }
            elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                names.add(node.name)
    return frozenset(names)


def test_links_lead_somewhere() -> None:
    broken = [
        f"{relative(page)}: {target}"
        for page in tracked_files("*.md")
        for target in LINK.findall(page.read_text("utf-8"))
        if "://" not in target and not (page.parent / target).exists()
    ]
    assert not broken


def test_named_files_exist() -> None:
    missing = [
        f"{relative(page)}: {text}"
        for page in tracked_files("*.md")
        for text in CODE.findall(page.read_text("utf-8"))
        if SOURCE.match(text) and not (ROOT / text).exists()
    ]
    assert not missing


def test_the_trace_names_what_exists() -> None:
    texts = CODE.findall((ROOT / "docs/trace.md").read_text("utf-8"))
    methods = [text for text in texts if NAME.match(text)]
    assert len(methods) > 10
    assert [text for text in methods if text not in defined_names()] == []
    plain = [text for text in texts if re.fullmatch(r"_?[A-Za-z][A-Za-z_]*", text)]
    assert [text for text in plain if text not in defined_names()] == []
