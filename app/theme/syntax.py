"""Colours of source code by Pygments token, for dark and light code backgrounds (4.5 : 1 and more)."""

from functools import lru_cache

from pygments.token import Token, _TokenType

from app.theme.tokens import Tokens

DARK: dict[_TokenType, str] = {
    Token.Keyword: "#C099FF",
    Token.Keyword.Constant: "#F5A97F",
    Token.Keyword.Type: "#7FD1E8",
    Token.Name.Function: "#82AAFF",
    Token.Name.Class: "#F2CD7E",
    Token.Name.Builtin: "#82AAFF",
    Token.Name.Builtin.Pseudo: "#F5A97F",
    Token.Name.Exception: "#F2CD7E",
    Token.Name.Decorator: "#F2CD7E",
    Token.Name.Tag: "#C099FF",
    Token.Name.Attribute: "#7FD1E8",
    Token.Name.Constant: "#F5A97F",
    Token.Name.Namespace: "#ECEDF0",
    Token.Name.Label: "#7FD1E8",
    Token.Name.Variable: "#F5A97F",
    Token.Literal.String: "#A6DA95",
    Token.Literal.String.Escape: "#F5A97F",
    Token.Literal.String.Interpol: "#F5A97F",
    Token.Literal.Number: "#F5A97F",
    Token.Operator: "#8CDDF5",
    Token.Operator.Word: "#C099FF",
    Token.Comment: "#8087A0",
    Token.Comment.Preproc: "#C099FF",
    Token.Generic.Heading: "#82AAFF",
    Token.Generic.Deleted: "#F2717B",
    Token.Generic.Inserted: "#A6DA95",
    Token.Generic.Prompt: "#8087A0",
}

LIGHT: dict[_TokenType, str] = {
    Token.Keyword: "#8029C6",
    Token.Keyword.Constant: "#A8480A",
    Token.Keyword.Type: "#0B6F84",
    Token.Name.Function: "#2A50CF",
    Token.Name.Class: "#855A00",
    Token.Name.Builtin: "#2A50CF",
    Token.Name.Builtin.Pseudo: "#A8480A",
    Token.Name.Exception: "#855A00",
    Token.Name.Decorator: "#855A00",
    Token.Name.Tag: "#8029C6",
    Token.Name.Attribute: "#0B6F84",
    Token.Name.Constant: "#A8480A",
    Token.Name.Namespace: "#17181C",
    Token.Name.Label: "#0B6F84",
    Token.Name.Variable: "#A8480A",
    Token.Literal.String: "#2C6E31",
    Token.Literal.String.Escape: "#A8480A",
    Token.Literal.String.Interpol: "#A8480A",
    Token.Literal.Number: "#A8480A",
    Token.Operator: "#0B6478",
    Token.Operator.Word: "#8029C6",
    Token.Comment: "#676C7A",
    Token.Comment.Preproc: "#8029C6",
    Token.Generic.Heading: "#2A50CF",
    Token.Generic.Deleted: "#C02531",
    Token.Generic.Inserted: "#2C6E31",
    Token.Generic.Prompt: "#676C7A",
}


def syntax_color(kind: _TokenType, tokens: Tokens) -> str:
    """Colour (#RRGGBB) of a token kind; others look like their nearest ancestor or like text."""
    return _color(kind, tokens.dark) or tokens.fg


@lru_cache(maxsize=512)
def _color(kind: _TokenType | None, dark: bool) -> str:
    palette = DARK if dark else LIGHT
    while kind is not None:
        if kind in palette:
            return palette[kind]
        kind = kind.parent
    return ""
