"""Previews of chat templates, and what templates should not do."""

import pytest

from engine.edit_gguf.template_preview import preview
from engine.library.gguf_header import read_header

CHATML = (
    "{% for message in messages %}<|im_start|>{{ message['role'] }}\n{{ message['content'] }}<|im_end|>\n"
    "{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
EACH = "{% for message in messages %}"
ASKED = (("user", "Hello?"),)


def codes(source: str) -> set[str]:
    return {finding.code for finding in preview(source, ASKED).findings}


def test_a_good_template_has_no_findings() -> None:
    shown = preview(CHATML, ASKED)
    assert shown.text == "<|im_start|>user\nHello?<|im_end|>\n<|im_start|>assistant\n"
    assert shown.findings == ()
    assert preview(CHATML, ASKED, add_generation_prompt=False).text.endswith("<|im_end|>\n")


def test_special_tokens_come_from_the_file() -> None:
    assert preview("{{ bos_token }}{{ messages[0].content }}", ASKED, bos="<s>").text == "<s>Hello?"


def test_the_line_of_an_error() -> None:
    shown = preview("{{ messages }}\n{% for m in %}", ASKED)
    assert (shown.text, shown.line) == ("", 2)
    assert shown.code == "template.broken"
    assert "line 2" in shown.params["reason"]
    assert preview("{{ messages }}\n\n{{ messages[0].x.y }}", ASKED).line == 3


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (CHATML + "{{ messages.__class__ }}", "private_attribute"),
        (CHATML + "{{ messages['__init__'] }}", "private_attribute"),
        (CHATML + "{{ messages | attr('__class__') }}", "private_attribute"),
        (CHATML + "{% include 'x' %}", "other_file"),
        (CHATML + "{% import 'x' as x %}", "other_file"),
        (CHATML + "{% for i in range(0, 1000000) %}{% endfor %}", "huge_loop"),
        (CHATML + "{{ custom_thing }}", "unknown_variable"),
        (CHATML + "{{ strftime_now('%Y') }}", "dated"),
        ("hello", "no_messages"),
        ("{% for m in messages %}{{ m.role }}{% endfor %}", "drops_user"),
        ("{% for m in messages %}{{ m.content }}{% endfor %}", "no_generation_prompt"),
        (CHATML.replace(EACH, "{% for message in messages if message.role != 'system' %}"), "drops_system"),
        ("{% if messages[0].role == 'system' %}{{ raise_exception('no') }}{% endif %}" + CHATML,
         "refuses_system"),
        (CHATML.replace(EACH, "{% for message in messages if message.role == 'user' %}"), "drops_replies"),
        ("{{ messages | length }}" + CHATML, "rewrites_prompt"),
    ],
)  # fmt: skip
def test_findings(source: str, code: str) -> None:
    assert code in codes(source)


def test_a_template_that_never_ends_is_stopped() -> None:
    loop = "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}{{ messages }}"
    shown = preview(loop, ASKED)
    assert shown.text == ""
    assert shown.code == "template.limit"


def test_the_starter_has_nothing_unusual(starter_path: object) -> None:
    source = read_header(str(starter_path)).metadata["tokenizer.chat_template"]
    assert isinstance(source, str)
    assert preview(source, ASKED).findings == ()
