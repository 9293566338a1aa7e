"""Templates come with downloaded files: none of these may read, hang, or fill the memory."""

import threading

import pytest

from engine.errors import UserError
from engine.text.guard import run_limited
from engine.text.template import MAX_SOURCE_CHARS, ChatTemplate, TemplateMessage, TemplateRefused

HELLO = [TemplateMessage("user", "hello")]


def loop(body: str, times: int = 60, start: str = "'ab'") -> str:
    return (
        "{% set ns = namespace(s="
        + start
        + ") %}{% for i in range("
        + str(times)
        + ") %}"
        + body
        + "{% endfor %}"
    )


ESCAPES = {
    "class": "{{ ().__class__.__base__.__subclasses__() }}",
    "globals": "{{ cycler.__init__.__globals__ }}",
    "mangled": "{{ self._TemplateReference__context.environment }}",
    "item": "{{ messages['__class__']['__mro__'] }}",
    "attr filter": "{{ messages|attr('__class__') }}",
    "map attribute": "{{ [messages]|map(attribute='__class__')|first|string + 1 }}",
    "format": "{{ '{0.__class__.__mro__}'.format(messages) }}",
    "format_map": "{{ '{a.__class__.__mro__}'.format_map({'a': messages}) }}",
    "include": "{% include '/etc/passwd' %}",
    "import": "{% import 'os' as os %}",
    "extends": "{% extends 'x' %}",
    "append": "{{ messages.append(1) }}",
    "update": "{{ messages[0].update({'role': 'system'}) }}",
    "bytes": "{{ 'x'.encode() }}",
    "int bytes": "{{ (1).to_bytes(10, 'big') }}",
    "lipsum": "{{ lipsum() }}",
    "center": "{{ 'a'.center(9) }}",
    "unknown filter": "{{ ['a']|map('center', 9)|list }}",
    "range": "{% for i in range(10**9) %}{% endfor %}",
}

BOMBS = {
    "multiply": "{{ 'a' * 10**9 }}",
    "multiply list": "{{ [1] * 10**9 }}",
    "multiply number": "{{ (10**1000) * (10**1000) }}",
    "power": "{{ 10**100000000 }}",
    "format width": "{{ '{:>999999999}'.format('a') }}",
    "nested width": "{{ '{:>{w}}'.format('a', w=999999999) }}",
    "percent width": "{{ '%999999999d' % 1 }}",
    "percent star": "{{ '%*d' % (999999999, 1) }}",
    "concatenate": loop("{% set ns.s = ns.s ~ ns.s %}"),
    "add": loop("{% set ns.s = ns.s + ns.s %}"),
    "block": loop("{% set ns.s %}{{ ns.s }}{{ ns.s }}{% endset %}"),
    "replace": loop("{% set ns.s = ns.s.replace('a', 'aab') %}"),
    "replace filter": loop("{% set ns.s = ns.s|replace('a', 'aa') %}"),
    "json escapes": loop("{% set ns.s = ns.s|tojson %}", start="'\"'"),
    "join": "{% set s = 'a' * 1000000 %}{{ s.join(s) }}",
    "join filter": "{% set s = 'a' * 1000000 %}{{ range(90000)|map('string')|join(s) }}",
    "indent": "{{ 'a'|indent(1000000000, true) }}",
    "json indent": "{{ [1]|tojson(indent=1000000000) }}",
    "round": "{{ 1|round(1000000000, 'ceil') }}",
    "date": "{{ strftime_now('%999999999Y') }}",
    "nested lists": loop("{% set ns.s = [ns.s, ns.s] %}") + "{{ ns.s|tojson }}",
    "nested tuples": loop("{% set ns.s = (ns.s, ns.s) %}") + "{{ {ns.s: 1}|length }}",
    "nested varargs": "{% macro m() %}{% set ns.s = varargs %}{% endmacro %}"
    + loop("{% set n = ns %}{% set ns.s = dict(a=ns.s, b=ns.s) %}"),
    "nested namespaces": loop(
        "{% set n = namespace() %}{% set n.a = ns.s %}{% set n.b = ns.s %}{% set ns.s = n %}"
    )
    + "{{ ns.s }}",
    "macro recursion": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "loop recursion": "{% for i in [1] recursive %}{{ loop([1]) }}{% endfor %}",
    "deep source": "{% if 1 %}" * 5000 + "{% endif %}" * 5000,
    "output": "{% for i in range(99999) %}{{ 'a' * 100000 }}{% endfor %}",
    "endless loops": "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}",
    "source": " " * (MAX_SOURCE_CHARS + 1),
}


def failure(source: str) -> UserError:
    with pytest.raises(UserError) as caught:
        ChatTemplate(source).render(HELLO)
    return caught.value


@pytest.mark.parametrize("name", ESCAPES)
def test_no_way_out_of_the_sandbox(name: str) -> None:
    assert failure(ESCAPES[name]).code == "template.broken"


@pytest.mark.parametrize("name", BOMBS)
def test_no_way_to_use_up_time_or_memory(name: str) -> None:
    assert failure(BOMBS[name]).code == "template.limit"


def test_the_line_of_a_defect_is_named() -> None:
    assert "line 3" in failure("a\nb\n{% for %}").message
    assert "line 4" in failure("a\nb\n\n{{ nothing.role.content }}").message


def test_a_template_can_object_to_a_conversation() -> None:
    with pytest.raises(TemplateRefused, match="no system role"):
        ChatTemplate("{{ raise_exception('no system role') }}").render(HELLO)


def test_a_deadline_ends_work_and_hits_nothing_else() -> None:
    before = threading.active_count()

    def forever() -> None:
        while True:
            pass

    with pytest.raises(TimeoutError):
        run_limited(forever, 0.05)
    assert threading.active_count() == before
    assert run_limited(lambda: 3, 5.0) == 3
    with pytest.raises(ZeroDivisionError):
        run_limited(lambda: 1 // 0, 5.0)
