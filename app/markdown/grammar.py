"""The two Markdown dialects: full for replies, literal for what people type.

Raw HTML is off. Link reference definitions are off too: one at the end of a reply would change
paragraphs that are long on the screen, and every block must be final once the next one starts.
"""

from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

OPEN_END = "open_end"  # env key: the text goes on after its end, so what is open stays open
_BLOCK_CLOSERS = {"$$": "$$", "\\[": "\\]"}


@lru_cache(maxsize=1)
def reply_grammar() -> MarkdownIt:
    """CommonMark with tables, strikethrough and formulas."""
    md = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    md.disable(["reference", "html_block", "html_inline"])
    return _with_math(md)


@lru_cache(maxsize=1)
def literal_grammar() -> MarkdownIt:
    """Only code fences, inline code and formulas: a typed `__init__` or `# define` stays as typed."""
    md = MarkdownIt("zero", {"html": False}).enable(["fence", "backticks"])
    md.inline.ruler.before("backticks", "newline", _typed_newline)
    return _with_math(md)


def _typed_newline(state: StateInline, silent: bool) -> bool:
    """A line feed that keeps the spaces after it: pasted code without a fence stays indented."""
    if state.src[state.pos] != "\n":
        return False
    if not silent:
        state.push("softbreak", "br", 0)
    state.pos += 1
    return True


def _with_math(md: MarkdownIt) -> MarkdownIt:
    alt: RuleOptionsType = {"alt": ["paragraph", "blockquote", "list"]}
    md.block.ruler.before("fence", "math_block", _math_block, alt)
    md.inline.ruler.before("escape", "math_inline", _math_inline)
    return md


def block_tokens(md: MarkdownIt, text: str) -> list[Token]:
    """Block structure only, of a text that may still grow."""
    tokens: list[Token] = []
    md.block.parse(text, md, {OPEN_END: True}, tokens)
    return tokens


def _math_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if state.is_code_block(start):
        return False
    first = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    opener = first[:2]
    closer = _BLOCK_CLOSERS.get(opener)
    if closer is None:
        return False
    found = _find_math_end(state, start, end, first, closer)
    if found is None:
        return False
    content, next_line, is_open = found
    if silent:
        return True
    state.line = next_line
    token = state.push("math_block", "math", 0)
    token.meta = {OPEN_END: is_open}
    token.block = True
    token.content = content
    token.markup = opener
    token.map = [start, next_line]
    return True


def _find_math_end(
    state: StateBlock, start: int, end: int, first: str, closer: str
) -> tuple[str, int, bool] | None:
    """Content, next line and whether the formula may go on; None where it is no displayed formula.

    A blank line or the end of the container before the closing delimiter means ordinary text.
    """
    rest = first[2:]
    at = rest.find(closer)
    if at >= 0:
        alone = not rest[at + 2 :].strip() and rest[:at].strip()
        return (rest[:at].strip(), start + 1, False) if alone else None
    lines = [rest]
    for number in range(start + 1, end):
        if state.isEmpty(number) or state.sCount[number] < state.blkIndent:
            return None
        line = state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]
        at = line.find(closer)
        if at >= 0:
            if line[at + 2 :].strip():
                return None
            lines.append(line[:at])
            content = "\n".join(lines).strip()
            return (content, number + 1, False) if content else None
        lines.append(line)
    return ("\n".join(lines).strip(), end, True) if state.env.get(OPEN_END) else None


def _math_inline(state: StateInline, silent: bool) -> bool:
    source, at = state.src, state.pos
    opener = source[at : at + 2]
    if opener in ("\\(", "\\["):
        found = _delimited(source, at, "\\)" if opener == "\\(" else "\\]", state.posMax)
    elif opener == "$$":
        found = _delimited(source, at, "$$", state.posMax)
    elif opener[:1] == "$":
        opener = "$"
        found = _dollar(source, at, state.posMax)
    else:
        return False
    if found is None:
        return False
    content, after = found
    if not silent:
        token = state.push("math_inline", "math", 0)
        token.content = content
        token.markup = opener
        token.info = source[at:after]
    state.pos = after
    return True


def _delimited(source: str, at: int, closer: str, limit: int) -> tuple[str, int] | None:
    close = source.find(closer, at + 2, limit)
    content = source[at + 2 : close].strip() if close > 0 else ""
    return (content, close + 2) if content else None


def _dollar(source: str, at: int, limit: int) -> tuple[str, int] | None:
    """`$…$` as Pandoc reads it: no space inside the dollars, no digit after: prices stay prices."""
    if at + 1 >= limit or source[at + 1].isspace() or (at and source[at - 1] == "$"):
        return None
    close = at
    while True:
        close = source.find("$", close + 1, limit)
        if close < 0:
            return None
        if source[close - 1] != "\\":
            break
    after = source[close + 1 : close + 2]
    if close == at + 1 or source[close - 1].isspace() or after.isdigit() or after == "$":
        return None
    return source[at + 1 : close], close + 1
