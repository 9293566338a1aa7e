"""The window in Simplified Chinese: complete, faithful to the sources, and nothing cut that English shows."""

import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QTranslator

from app.i18n.translator import available
from app.resource_paths import resource
from tests.support.sources import ROOT

CHINESE = re.compile(r"[\u4e00-\u9fff]")
PLACEHOLDER = re.compile(r"\{[^{}]*\}|%n|%L?\d")
CODE = re.compile(r"`[^`]*`")
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,;:?!]|[,;?!][\u4e00-\u9fff]|[\u4e00-\u9fff]\.$")
PAGES = ("chat", "settings")
OF_THE_MODEL = {"none"}
"""What the scripted model says of its quantization: a name, no text of the window."""

Shown = dict[str, Any]
"""What `window_probe` prints."""


class Text(NamedTuple):
    """One message of the translation file; `forms` holds one text, or one for each plural."""

    context: str
    source: str
    forms: tuple[str, ...]
    finished: bool


@cache
def chinese_texts() -> tuple[Text, ...]:
    root = ET.parse(resource("translations", "lathe_zh_CN.ts")).getroot()  # noqa: S314 - our own file
    found: list[Text] = []
    for context in root.iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            plurals = [form.text or "" for form in translation.iter("numerusform")]
            forms = tuple(plurals) if plurals else (translation.text or "",)
            name, source = context.findtext("name", ""), message.findtext("source", "")
            found.append(Text(name, source, forms, translation.get("type") is None))
    return tuple(found)


def differing(feature: Callable[[str], object]) -> list[tuple[str, str, str]]:
    """The texts where Chinese does not have the same feature as the source."""
    return [
        (text.context, text.source, form)
        for text in chinese_texts()
        for form in text.forms
        if feature(form) != feature(text.source)
    ]


def test_every_text_is_finished() -> None:
    texts = chinese_texts()
    assert len(texts) > 1500
    assert [(text.context, text.source) for text in texts if not (text.finished and all(text.forms))] == []


@pytest.mark.parametrize(
    "feature",
    [
        pytest.param(lambda text: Counter(PLACEHOLDER.findall(text)), id="placeholders"),
        pytest.param(lambda text: (text[:1].isspace(), text[-1:].isspace()), id="outer spaces"),
        pytest.param(lambda text: Counter(CODE.findall(text)), id="code"),
        pytest.param(lambda text: (text.count("**"), text.count("&"), text.count("\n")), id="marks"),
        pytest.param(lambda text: text.endswith("…"), id="leads to a dialog"),
    ],
)
def test_the_translation_keeps_what_the_program_reads(feature: Callable[[str], object]) -> None:
    assert differing(feature) == []


def test_sentences_have_full_width_punctuation() -> None:
    """File filters have a syntax of their own: “GGUF models (*.gguf);;All files (*)”."""
    texts = [text for text in chinese_texts() if ";;" not in text.source]
    wrong = [form for text in texts for form in text.forms if HALF_WIDTH.search(form)]
    assert wrong == []


def test_the_compiled_file_holds_every_text() -> None:
    translator = QTranslator()
    assert translator.load(str(resource("translations", "lathe_zh_CN.qm")))
    missing = [
        (text.context, text.source)
        for text in chinese_texts()
        if translator.translate(text.context, text.source, "", 2 if "%n" in text.source else -1)
        not in text.forms
    ]
    # Texts that carry a comment for the translator are found under that comment only.
    assert [pair for pair in missing if pair[0] != "SessionTreeModel"] == []


def test_chinese_is_offered() -> None:
    assert "zh_CN" in available()


def described(language: str, home: Path) -> Shown:
    """What the window shows in a language; see `window_probe`."""
    home.mkdir()
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("window_probe.py")), language, str(home)],
        cwd=ROOT,
        env=dict(os.environ, QT_QPA_PLATFORM="offscreen", PYTHONPATH=str(ROOT)),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: Shown = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Shown:
    return described("en", tmp_path_factory.mktemp("english") / "home")


@pytest.fixture(scope="module")
def chinese(tmp_path_factory: pytest.TempPathFactory) -> Shown:
    return described("zh_CN", tmp_path_factory.mktemp("chinese") / "home")


@pytest.mark.parametrize("part", ["rail", "menus", "commands"])
def test_every_name_is_chinese(chinese: Shown, part: str) -> None:
    names = chinese[part]
    assert names
    assert [name for name in names if not CHINESE.search(name)] == []


@pytest.mark.parametrize("page", PAGES)
def test_no_english_text_is_left_on_the_page(chinese: Shown, english: Shown, page: str) -> None:
    """Only names, numbers and units are the same in both languages."""
    kept = {form for text in chinese_texts() for form in text.forms if form == text.source}
    sources = {text.source for text in chinese_texts()}
    assert sum(bool(CHINESE.search(text)) for text in chinese[page]) > 40
    same = set(chinese[page]) & set(english[page])
    assert sorted((same & sources) - kept - OF_THE_MODEL) == []


def test_no_label_has_less_room_than_in_english(chinese: Shown, english: Shown) -> None:
    only_chinese = {
        place: text for place, text in chinese["narrow"].items() if place not in english["narrow"]
    }
    assert only_chinese == {}


def test_no_more_texts_are_shortened_than_in_english(chinese: Shown, english: Shown) -> None:
    more = {
        where: texts
        for where, texts in chinese["elided"].items()
        if len(texts) > len(english["elided"].get(where, []))
    }
    assert more == {}
