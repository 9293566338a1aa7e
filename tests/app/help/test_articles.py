"""The texts of the help: complete in every language, true to the program's places, readable."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from app.i18n.translator import LANGUAGES
from app.markdown.parse import parse
from app.pages.help.article_list import group_title
from app.pages.help.articles import GROUPS, KEYS_ID, Article, read_article, read_articles
from app.pages.help.topics import TOPICS
from app.pages.inspect.views import views_of_chat, views_of_page
from app.pages.quantize.views import VIEWS as FILE_VIEWS
from app.widgets.transcript.formulas import typeset
from app.window.help_actions import CHAT_TABS, VIEWS

CONCEPTS = (
    "tokens", "tokenizers", "embeddings", "architectures", "attention", "next-token", "decoding", "speed",
    "context", "memory", "scaling-laws", "pretraining", "corpus", "instruction-tuning", "adapters",
    "training-memory", "preferences", "quantization", "distillation", "pruning", "prompts", "hallucination",
    "retrieval", "agents", "evaluation", "images", "safety",
)  # fmt: skip
"""What the workbench makes hands-on, row by row."""
FORMULA = re.compile(r"\$\$(.+?)\$\$|\$([^$\n]+?)\$", re.DOTALL)
CHINESE = re.compile(r"[\u4e00-\u9fff]")
TALLEST, WIDEST = 90, 680
ENGLISH_WORDS, CHINESE_SIGNS = (170, 260), (240, 420)

EVERY = {language: read_articles(language) for language in LANGUAGES}


def prose(article: Article) -> str:
    return FORMULA.sub(" ", article.text)


def test_every_concept_has_an_article() -> None:
    ids = {article.id for article in EVERY["en"]}
    assert set(CONCEPTS) <= ids
    assert len(EVERY["en"]) == len(ids) == 30


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {"en"}))
def test_all_languages_have_the_same_articles(language: str) -> None:
    """Titles and texts differ; places, order and links do not."""
    same = [(each.id, each.group, each.action, each.related) for each in EVERY["en"]]
    assert [(each.id, each.group, each.action, each.related) for each in EVERY[language]] == same
    english = {each.id: each for each in EVERY["en"]}
    kept = [each.id for each in EVERY[language] if each.text == english[each.id].text]
    assert kept == []
    formulas = {each.id: len(FORMULA.findall(each.text)) for each in EVERY[language]}
    displayed = {each.id: each.text.count("$$") for each in EVERY["en"]}
    assert {each.id: each.text.count("$$") for each in EVERY[language]} == displayed
    assert formulas


def test_an_article_is_read_in_two_minutes() -> None:
    words = {each.id: len(prose(each).split()) for each in EVERY["en"]}
    signs = {each.id: len(CHINESE.findall(prose(each))) for each in EVERY["zh_CN"]}
    assert {k: n for k, n in words.items() if not ENGLISH_WORDS[0] <= n <= ENGLISH_WORDS[1]} == {}
    assert {k: n for k, n in signs.items() if not CHINESE_SIGNS[0] <= n <= CHINESE_SIGNS[1]} == {}


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_links_and_groups_resolve(language: str) -> None:
    ids = {article.id for article in EVERY[language]}
    for article in EVERY[language]:
        assert set(article.related) <= ids - {article.id}, article.id
        assert group_title(article.group)
        assert bool(article.action) == bool(article.button), article.id
    assert {group for article in EVERY[language] for group in [article.group]} == set(GROUPS)
    assert {topic for _package, topic in TOPICS} <= ids
    assert KEYS_ID not in ids


def test_buttons_name_places_that_there_are() -> None:
    known = {f"{page}/{view}" for page, views in VIEWS.items() for view in views}
    assert {article.action for article in EVERY["en"] if article.action} <= known
    assert set(VIEWS["inspect"]) <= {view.id for view in views_of_page()}
    assert set(VIEWS["quantize"]) <= {view.id for view in FILE_VIEWS}
    assert set(CHAT_TABS) - {"throughput"} == {view.id for view in views_of_chat()}


def test_examples_are_there_where_a_text_is_read() -> None:
    wanting = {"inspect/attention", "inspect/tokens", "inspect/lens", "chat/probabilities", "chat/xray"}
    for articles in EVERY.values():
        for article in articles:
            if article.action in wanting:
                assert article.example, article.id


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_texts_are_plain_markdown(language: str) -> None:
    """Headings are the page's; a Chinese paragraph is one line, since a line feed would become a space."""
    for article in EVERY[language]:
        assert not re.search(r"^#", article.text, re.MULTILINE), article.id
        assert parse(article.text)
        assert "](" not in article.text, article.id
        if language.startswith("zh"):
            for block in article.text.split("\n\n"):
                lines = [line for line in block.splitlines() if not line.startswith(("- ", "$$"))]
                assert len(lines) <= 1, (article.id, block)


def test_every_formula_can_be_set() -> None:
    sources = {
        found for articles in EVERY.values() for each in articles for found in FORMULA.findall(each.text)
    }
    assert len(sources) > 25
    for display, inline in sorted(sources):
        formula = typeset(display or inline, display=bool(display))
        assert formula is not None, display or inline
        assert formula.ascent + formula.descent < TALLEST, display or inline
        assert formula.width < WIDEST, display or inline


@pytest.mark.parametrize(
    ("head", "words"),
    [
        ("id: a\ntitle: A\n", "no group"),
        ("id: a\ntitle: A\ngroup: nowhere\n", "no group nowhere"),
        ("id: a\ntitle: A\ngroup: start\ncolour: red\n", "unknown colour"),
    ],
)
def test_a_wrong_head_is_told(tmp_path: Path, head: str, words: str) -> None:
    path = tmp_path / "wrong.md"
    path.write_text(f"---\n{head}---\nText.\n", encoding="utf-8")
    with pytest.raises(ValueError, match=words):
        read_article(path)


def test_a_file_without_a_head_is_told(tmp_path: Path) -> None:
    path = tmp_path / "wrong.md"
    path.write_text("Only text.", encoding="utf-8")
    with pytest.raises(ValueError, match="no head"):
        read_article(path)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", True),
        ("Mask", True),
        ("mask FUTURE", True),
        ("mask unicorn", False),
    ],
)
def test_search_wants_every_word(words: str, found: bool) -> None:
    find: Callable[[str], bool] = next(each for each in EVERY["en"] if each.id == "attention").matches
    assert find(words) is found
