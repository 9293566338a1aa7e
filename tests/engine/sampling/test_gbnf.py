import pytest

from engine.errors import UserError
from engine.sampling.gbnf import check_grammar

GOOD = (
    'root ::= "yes" | "no"',
    'root ::= [a-zA-Z_]+ "\\n"\n',
    "root ::= item*\nitem ::= [^\\n]+ # a comment\n",
    'root ::= ("a" | "b"){2,5} end?\nend ::= "\\x41\\u00e9\\U0001F600"',
    'root ::= "a"{3} "b"{2,} .\n\n\n',
    'root ::= (\n  "a"\n  | "b"\n)\n',
    'root ::= |"a"',
    'root   ::=   "[" list "]"\nlist ::= "1" ("," list)?',
    'root ::= "\\"" [^"\\\\]* "\\""',
)

BAD = (
    ("", "no rule called “root”"),
    ('start ::= "a"', "no rule called “root”"),
    ("root ::= word", "“word” is not defined"),
    ('root ::= "a', "never closed"),
    ("root ::= [a-z", "never closed"),
    ('root ::= ("a"', "never closed"),
    ("root ::= * ", "nothing before it"),
    ('root = "a"', "“::=” is expected"),
    ('root ::= "a" )', "not expected"),
    ('root ::= "\\q"', "is not an escape"),
    ('root ::= "\\xg1"', "hexadecimal"),
    ('root ::= "a"{5,2}', "below the smallest"),
    ('root ::= "a"{', "number of repetitions"),
    ('root ::= root "a"', "begins with itself"),
    ('root ::= a\na ::= b? a "x"\nb ::= "b"', "begins with itself"),
    ("root ::= " + "(" * 500 + '"a"' + ")" * 500, "too deeply"),
)


@pytest.mark.parametrize("text", GOOD)
def test_what_llama_cpp_accepts(text: str) -> None:
    check_grammar(text)


@pytest.mark.parametrize(("text", "said"), BAD)
def test_a_fault_is_named_with_its_place(text: str, said: str) -> None:
    with pytest.raises(UserError) as caught:
        check_grammar(text)
    assert caught.value.code == "grammar.invalid"
    assert said in caught.value.params["reason"]
    assert caught.value.params["reason"].startswith("line ")


def test_line_and_column() -> None:
    with pytest.raises(UserError, match="line 3, column 10"):
        check_grammar('root ::= a\na ::= "b"\nc ::= "d"}')
