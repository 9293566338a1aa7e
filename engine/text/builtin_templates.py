"""Templates for models whose file carries none but whose vocabulary shows the format they were trained on."""

from collections.abc import Collection
from functools import lru_cache

from engine.text.template import ChatTemplate

CHATML = (
    "{% for message in messages %}"
    "{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n' }}"
    "{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"
)

GEMMA = (
    "{{ bos_token }}"
    "{% if messages and messages[0]['role'] == 'system' %}{{ raise_exception('no system role') }}{% endif %}"
    "{% for message in messages %}"
    "{% set role = 'model' if message['role'] == 'assistant' else message['role'] %}"
    "{{ '<start_of_turn>' + role + '\\n' + (message['content'] | trim) + '<end_of_turn>\\n' }}"
    "{% endfor %}"
    "{% if add_generation_prompt %}{{ '<start_of_turn>model\\n' }}{% endif %}"
)

LLAMA_3 = (
    "{{ bos_token }}"
    "{% for message in messages %}"
    "{{ '<|start_header_id|>' + message['role'] + '<|end_header_id|>\\n\\n'"
    " + (message['content'] | trim) + '<|eot_id|>' }}"
    "{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|start_header_id|>assistant<|end_header_id|>\\n\\n' }}{% endif %}"
)

BUILT_IN: dict[str, str] = {"chatml": CHATML, "gemma": GEMMA, "llama3": LLAMA_3}

_BY_TOKEN = {"<|im_start|>": "chatml", "<start_of_turn>": "gemma", "<|start_header_id|>": "llama3"}


def guess_template(special_tokens: Collection[str]) -> str:
    """The name in `BUILT_IN` that fits a vocabulary, or "" when nothing points to one."""
    return next((name for token, name in _BY_TOKEN.items() if token in special_tokens), "")


def choose_template(
    own: str, replacement: str, special_tokens: Collection[str], bos: str = "", eos: str = ""
) -> ChatTemplate | None:
    """The template to use: the user's, else the model's own, else a well-known one; None for raw text.

    `replacement` is Jinja source or a name in `BUILT_IN`. Compiled templates are kept.
    Raises `UserError` template.broken or template.limit.
    """
    source = replacement or own or guess_template(special_tokens)
    return _compiled(BUILT_IN.get(source, source), bos, eos) if source else None


@lru_cache(maxsize=16)
def _compiled(source: str, bos: str, eos: str) -> ChatTemplate:
    return ChatTemplate(source, bos, eos)
