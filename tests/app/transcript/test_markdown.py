"""What a text becomes: typed text stays as typed, nothing hides, nothing unsafe is offered."""

import pytest

from app.markdown.blocks import CodeBlock, Mark, Place, RuleBlock, Span, TextBlock
from app.markdown.highlight import LineHighlighter, Run, highlight_lines
from app.markdown.parse import parse
from app.theme.syntax import DARK as DARK_SYNTAX
from app.theme.syntax import LIGHT as LIGHT_SYNTAX
from app.theme.syntax import syntax_color
from app.theme.tokens import DARK, LIGHT, Tokens

TYPED = ["__init__ and *args", "# no heading", "a < b > c", "if x:\n    y()\n  z", "- not a list"]
UNSAFE = ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "smb://host/x", "\\\\x"]
HIDDEN = [("\x1b", "␛"), ("\x00", "␀"), ("\u202e", "⟨U+202E⟩"), ("\U000e0041", "⟨U+E0041⟩")]
PYTHON = (
    'def f(x: int) -> str:\n    """Two\n    lines."""\n    return f"{x!r}"  # done\n\n\nclass A:\n    pass\n'
)


def spans(text: str, *, literal: bool = False) -> tuple[Span, ...]:
    (block,) = parse(text, literal=literal)
    assert isinstance(block, TextBlock)
    return block.spans


def plain(text: str, *, literal: bool = False) -> str:
    return "".join(span.text for span in spans(text, literal=literal))


@pytest.mark.parametrize("text", TYPED)
def test_typed_text_stays_as_typed(text: str) -> None:
    assert plain(text, literal=True) == text


def test_typed_code_and_formulas_are_recognised() -> None:
    text, code = parse("Run `x` with $y$\n```sh\nls\n```", literal=True)
    assert isinstance(text, TextBlock)
    assert [(span.kind, span.marks) for span in text.spans if span.text in ("x", "y")] == [
        ("text", Mark.CODE),
        ("math", Mark.NONE),
    ]
    assert code == CodeBlock("ls", "sh")


@pytest.mark.parametrize(("char", "shown"), HIDDEN)
def test_hidden_characters_are_shown(char: str, shown: str) -> None:
    assert plain(f"a{char}b") == f"a{shown}b"
    (code,) = parse(f"```\na{char}b\n```")
    assert code == CodeBlock(f"a{shown}b")


def test_emoji_and_joiners_stay() -> None:
    assert plain("👩‍💻 ok") == "👩‍💻 ok"


@pytest.mark.parametrize("href", UNSAFE)
def test_unsafe_addresses_are_no_links(href: str) -> None:
    assert all(not span.href for block in parse(f"[text]({href}) <{href}>") for span in _all_spans(block))


def _all_spans(block: object) -> tuple[Span, ...]:
    return block.spans if isinstance(block, TextBlock) else ()


def test_images_are_links_and_html_is_text() -> None:
    image = spans("![alt](https://example.org/x.png)")[0]
    assert (image.kind, image.text, image.href) == ("image", "alt", "https://example.org/x.png")
    assert plain("<img src=x onerror=alert(1)>") == "<img src=x onerror=alert(1)>"


def test_bare_addresses_end_before_punctuation() -> None:
    linked = [
        span.text for span in spans("See https://example.org/a_b, and (https://example.org/c).") if span.href
    ]
    assert linked == ["https://example.org/a_b", "https://example.org/c"]


@pytest.mark.parametrize("text", ["costs $5 and $10", "$ 5$", "a $5-$10 range", r"\$x\$"])
def test_prices_are_no_formulas(text: str) -> None:
    assert all(span.kind == "text" for span in spans(text))


def test_nesting_is_flat_with_places() -> None:
    blocks = parse("> 1. a\n>    ```\n>    c\n>    ```\n> 2. [x] b\n\n---")
    assert blocks[0].place == Place(("quote", "list"), ((1, "1."),))
    assert blocks[1] == CodeBlock("c", "", Place(("quote", "list")))
    assert blocks[2].place.markers == ((1, "[x]"),)
    assert isinstance(blocks[3], RuleBlock)


def test_highlighting_line_by_line_equals_the_whole() -> None:
    lexer = LineHighlighter("python")
    lines = PYTHON.rstrip("\n").split("\n")
    one_by_one = [lexer.next_line(line) for line in lines]
    whole = list(highlight_lines("\n".join(lines), "python"))
    for line, ours, theirs in zip(lines, one_by_one, whole, strict=True):
        assert _colours(line, ours) == _colours(line, theirs), line


def _colours(line: str, runs: list[Run]) -> list[str]:
    """Colour of every visible character: what the reader can tell."""
    colours = [DARK.fg] * len(line)
    for start, length, kind in runs:
        colours[start : start + length] = [syntax_color(kind, DARK)] * length
    return [colour for colour, char in zip(colours, line, strict=True) if not char.isspace()]


def _luminance(color: str) -> float:
    channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("palette", "tokens"), [(DARK_SYNTAX, DARK), (LIGHT_SYNTAX, LIGHT)])
def test_every_syntax_colour_is_readable(palette: dict[object, str], tokens: Tokens) -> None:
    ground = _luminance(tokens.code)
    for kind, color in palette.items():
        bright, dim = sorted((_luminance(color), ground), reverse=True)
        assert (bright + 0.05) / (dim + 0.05) >= 4.5, kind
