"""A checker for GBNF grammars with the rules of llama.cpp's own parser (`llama-grammar.cpp`).

llama.cpp reports a broken grammar on stderr and can end the process when it samples with one, so what is
wrong is found here, with its line and column.
"""

from typing import NoReturn

from engine.errors import UserError

_WORD = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-")
_HEX_ESCAPES = {"x": 2, "u": 4, "U": 8}
_PLAIN_ESCAPES = frozenset('trn\\"[]')
MAX_DEPTH = 100
MAX_REPEAT = 2000


def check_grammar(text: str) -> None:
    """Raises `UserError` grammar.invalid that names the place. A text without a rule “root” is refused."""
    _Checker(text).run()


class _Checker:
    """Recursive descent over the text; remembers definitions, references, and what a rule can start with."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._rules: dict[str, list[list[str | None]]] = {}
        self._references: dict[str, int] = {}

    def run(self) -> None:
        self._space(newlines=True)
        while self._at < len(self._text):
            self._rule()
        for name, place in self._references.items():
            if name not in self._rules:
                self._fail(f"the rule “{name}” is not defined", place)
        if "root" not in self._rules:
            self._fail("there is no rule called “root”", 0)
        self._refuse_left_recursion()

    def _rule(self) -> None:
        name = self._name("a rule name")
        self._space(newlines=False)
        if not self._text.startswith("::=", self._at):
            self._fail("“::=” is expected after the name of the rule")
        self._at += 3
        self._space(newlines=True)
        self._rules[name] = self._alternates(depth=0)
        if self._at < len(self._text) and self._text[self._at] not in "\r\n":
            self._fail(f"“{self._text[self._at]}” is not expected here")
        self._space(newlines=True)

    def _alternates(self, depth: int) -> list[list[str | None]]:
        """The sequences; each as references (names) and None for anything that reads a character."""
        if depth > MAX_DEPTH:
            self._fail("the groups are nested too deeply")
        found = [self._sequence(depth)]
        while self._peek() == "|":
            self._at += 1
            self._space(newlines=True)
            found.append(self._sequence(depth))
        return found

    def _sequence(self, depth: int) -> list[str | None]:
        items: list[str | None] = []
        previous: list[str | None] | None = None
        while True:
            char = self._peek()
            if char in "*+?{" and char:
                previous = self._repeat(char, items, previous, depth)
                continue
            start = len(items)
            if char == '"':
                items.extend(self._literal())
            elif char == "[":
                self._char_class()
                items.append(None)
            elif char == "(":
                items.extend(self._group(depth))
            elif char == ".":
                self._at += 1
                items.append(None)
            elif char == "<" or (char == "!" and self._text.startswith("!<", self._at)):
                self._token()
                items.append(None)
            elif char in _WORD and char:
                place = self._at
                name = self._name("a rule name")
                self._references.setdefault(name, place)
                items.append(name)
            else:
                return items
            self._space(newlines=depth > 0)
            previous = items[start:]

    def _repeat(
        self, char: str, items: list[str | None], previous: list[str | None] | None, depth: int
    ) -> list[str | None] | None:
        if previous is None:
            self._fail(f"“{char}” has nothing before it to repeat")
        self._at += 1
        least = 1 if char == "+" else 0
        if char == "{":
            least = self._bounds()
        self._space(newlines=depth > 0)
        if least == 0 and previous:
            # What may be left out hides nothing of what follows it: mark it as optional.
            del items[len(items) - len(previous) :]
            previous = [f"?{name.lstrip('?')}" for name in previous if name is not None]
            items.extend(previous)
        return previous

    def _bounds(self) -> int:
        place = self._at
        self._space(newlines=True)
        least = self._integer()
        self._space(newlines=True)
        most: int | None = least
        if self._peek() == ",":
            self._at += 1
            self._space(newlines=True)
            most = self._integer() if self._peek().isdecimal() and self._peek() else None
            self._space(newlines=True)
        if self._peek() != "}":
            self._fail("“}” is expected after the number of repetitions")
        self._at += 1
        if most is not None and most < least:
            self._fail("the largest number of repetitions is below the smallest", place)
        if max(least, most or 0) > MAX_REPEAT:
            self._fail(f"more than {MAX_REPEAT} repetitions are not possible", place)
        return least

    def _integer(self) -> int:
        start = self._at
        while self._peek().isdecimal() and self._peek().isascii() and self._peek():
            self._at += 1
        if start == self._at:
            self._fail("a number of repetitions is expected")
        return int(self._text[start : self._at][:9])

    def _group(self, depth: int) -> list[str | None]:
        place = self._at
        self._at += 1
        self._space(newlines=True)
        alternates = self._alternates(depth + 1)
        if self._peek() != ")":
            self._fail("this “(” is never closed", place)
        self._at += 1
        name = f"({place}"
        self._rules[name] = alternates
        return [name]

    def _literal(self) -> list[str | None]:
        place = self._at
        self._at += 1
        length = 0
        while self._peek() != '"':
            self._character(place, "this text is never closed by a quotation mark")
            length += 1
        self._at += 1
        return [None] if length else []

    def _char_class(self) -> None:
        place = self._at
        self._at += 1
        if self._peek() == "^":
            self._at += 1
        fault = "this “[” is never closed"
        while self._peek() != "]":
            self._character(place, fault)
            if self._peek() == "-" and self._text[self._at + 1 : self._at + 2] != "]":
                self._at += 1
                self._character(place, fault)
        self._at += 1

    def _token(self) -> None:
        place = self._at
        end = self._text.find(">", place)
        if end < 0 or "\n" in self._text[place:end]:
            self._fail("this “<” is never closed", place)
        self._at = end + 1

    def _character(self, opened: int, fault: str) -> None:
        if self._at >= len(self._text):
            self._fail(fault, opened)
        char = self._text[self._at]
        self._at += 1
        if char != "\\":
            return
        kind = self._peek()
        self._at += 1
        if kind in _HEX_ESCAPES and kind:
            digits = self._text[self._at : self._at + _HEX_ESCAPES[kind]]
            if len(digits) < _HEX_ESCAPES[kind] or not all(d in "0123456789abcdefABCDEF" for d in digits):
                self._fail(f"“\\{kind}” needs {_HEX_ESCAPES[kind]} hexadecimal digits")
            self._at += len(digits)
        elif kind not in _PLAIN_ESCAPES or not kind:
            self._fail(f"“\\{kind}” is not an escape", self._at - 2)

    def _name(self, what: str) -> str:
        start = self._at
        while self._peek() in _WORD and self._peek():
            self._at += 1
        if start == self._at:
            self._fail(f"{what} is expected")
        return self._text[start : self._at]

    def _space(self, *, newlines: bool) -> None:
        while char := self._peek():
            if char == "#":
                end = self._text.find("\n", self._at)
                self._at = len(self._text) if end < 0 else end
            elif char in " \t" or (newlines and char in "\r\n"):
                self._at += 1
            else:
                return

    def _peek(self) -> str:
        """The next character, empty at the end."""
        return self._text[self._at : self._at + 1]

    def _refuse_left_recursion(self) -> None:
        """A rule that comes back to itself before it has read a character would never end."""
        empty = self._can_be_empty()
        edges = {name: _first_references(sequences, empty) for name, sequences in self._rules.items()}
        done: set[str] = set()
        for start in self._rules:
            path: list[tuple[str, list[str]]] = [(start, sorted(edges[start]))] if start not in done else []
            on_path = {start} if path else set()
            while path:
                name, left = path[-1]
                if not left:
                    done.add(name)
                    on_path.discard(name)
                    path.pop()
                    continue
                following = left.pop()
                if following in on_path:
                    shown = next((rule for rule in (following, name) if not rule.startswith("(")), start)
                    self._fail(f"the rule “{shown}” begins with itself", self._references.get(shown, 0))
                if following not in done:
                    on_path.add(following)
                    path.append((following, sorted(edges[following])))

    def _can_be_empty(self) -> set[str]:
        empty: set[str] = set()
        grew = True
        while grew:
            grew = False
            for name, sequences in self._rules.items():
                if name not in empty and any(
                    all(item is not None and (item.startswith("?") or item in empty) for item in sequence)
                    for sequence in sequences
                ):
                    empty.add(name)
                    grew = True
        return empty

    def _fail(self, reason: str, place: int | None = None) -> NoReturn:
        where = self._at if place is None else place
        line = self._text.count("\n", 0, where) + 1
        column = where - (self._text.rfind("\n", 0, where) + 1) + 1
        raise UserError("grammar.invalid", reason=f"line {line}, column {column}: {reason}")


def _first_references(sequences: list[list[str | None]], empty: set[str]) -> set[str]:
    """The rules that can be entered before a character is read."""
    found: set[str] = set()
    for sequence in sequences:
        for item in sequence:
            if item is None:
                break
            name = item.lstrip("?")
            found.add(name)
            if not item.startswith("?") and name not in empty:
                break
    return found
