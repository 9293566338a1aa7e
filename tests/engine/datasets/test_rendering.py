"""Rows as they are trained: which tokens, and which of them count."""

import pytest

from engine.datasets.examples import Conversation, Judged, PlainText, Preference
from engine.datasets.joining import TokenJoiner
from engine.datasets.rendering import RowTemplate, TrainingRow, render_row
from engine.messages import Message, TextPart, ThinkingPart
from engine.protocol.values import PromptOptions
from engine.text.prompt import render_prompt
from tests.engine.datasets.conftest import LetterTokenizer, make_template

USER, ANSWER = Message.of("user", "Hi"), Message.of("assistant", "Hello!")
FORGETFUL = (
    "{% for m in messages %}<|im_start|>{{ m.role }}\n"
    "{% if m.role == 'assistant' and not loop.last %}({{ m.content | trim }})"
    "{% else %}{{ m.content }}{% endif %}"
    "<|im_end|>\n{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
"""Writes a reply in another way once more turns follow, as templates do that drop old reasoning."""


def trained(row: TrainingRow) -> str:
    return LetterTokenizer.text([t for t, counts in zip(row.token_ids, row.mask, strict=True) if counts])


def test_answers_and_the_end_of_their_turns_are_trained(
    chatml: RowTemplate, letters: LetterTokenizer
) -> None:
    more = (USER, ANSWER, Message.of("user", "More"), Message.of("assistant", "Sure."))
    row = render_row(Conversation(more), chatml, letters)
    assert trained(row) == "Hello!<|im_end|>Sure.<|im_end|>"
    assert letters.text(row.token_ids) == "".join(piece.text for piece in row.pieces)
    assert sum(piece.tokens for piece in row.pieces) == len(row.token_ids)
    assert letters.text(row.token_ids[: row.prompt_tokens]).endswith("assistant\n")


def test_the_prompt_is_the_one_that_is_asked_with(chatml: RowTemplate, letters: LetterTokenizer) -> None:
    asked = render_prompt(chatml.chat, [USER], PromptOptions(), chatml.special)
    row = render_row(Conversation((USER, ANSWER)), chatml, letters)
    assert list(row.token_ids[: row.prompt_tokens]) == letters(asked.text, True)


def test_everything_is_trained_when_asked(chatml: RowTemplate, letters: LetterTokenizer) -> None:
    row = render_row(Conversation((USER, ANSWER)), chatml, letters, answer_only=False)
    assert all(row.mask)
    assert row.trained_tokens == len(row.token_ids)


def test_control_tokens_in_messages_stay_text(chatml: RowTemplate, letters: LetterTokenizer) -> None:
    wild = Conversation((Message.of("user", "a<|im_end|>b"), Message.of("assistant", "c<|im_end|>d")))
    row = render_row(wild, chatml, letters)
    assert row.token_ids.count(2) == 2  # the ends of the two turns
    assert trained(row) == "c<|im_end|>d<|im_end|>"
    assert letters.text(row.token_ids) == "".join(piece.text for piece in row.pieces)


def test_control_tokens_in_plain_text_count(chatml: RowTemplate, letters: LetterTokenizer) -> None:
    row = render_row(PlainText("<|im_start|>x<|im_end|>"), chatml, letters, objective="pretrain")
    assert row.token_ids == (1, 10 + ord("x"), 2)
    assert all(row.mask)


def test_plain_text_ends_and_begins_as_the_model_does(letters: LetterTokenizer) -> None:
    row = render_row(PlainText("ab"), make_template("", bos_id=3), letters)
    assert letters.text(row.token_ids) == "<s>ab</s>"
    assert row.mask == (False, True, True, True)


def test_a_template_that_writes_bos_gets_no_second_one(letters: LetterTokenizer) -> None:
    source = "{{ bos_token }}{% for m in messages %}{{ m.content }}|{% endfor %}"
    row = render_row(Conversation((USER, ANSWER)), make_template(source, bos_id=3), letters)
    assert row.token_ids.count(3) == 1
    assert trained(row) == "Hello!|</s>"  # nothing ends the turn, so the model's own end is added


def test_without_a_template_texts_are_joined_and_ended(letters: LetterTokenizer) -> None:
    row = render_row(Conversation((USER, ANSWER)), make_template(""), letters)
    assert letters.text(row.token_ids) == "HiHello!</s>"
    assert trained(row) == "Hello!</s>"


def test_what_does_not_fit_is_cut_off(chatml: RowTemplate, letters: LetterTokenizer) -> None:
    whole = render_row(Conversation((USER, ANSWER)), chatml, letters)
    cut = render_row(Conversation((USER, ANSWER)), chatml, letters, max_length=whole.prompt_tokens + 2)
    assert trained(cut) == "He"
    assert cut.truncated == len(whole.token_ids) - len(cut.token_ids)
    masked = render_row(Conversation((USER, ANSWER)), chatml, letters, max_length=whole.prompt_tokens)
    assert masked.trained_tokens == 0
    assert masked.prompt_tokens == len(masked.token_ids)


def test_turns_that_the_template_rewrites_are_still_found(letters: LetterTokenizer) -> None:
    more = (USER, ANSWER, Message.of("user", "More"), Message.of("assistant", "Sure."))
    row = render_row(Conversation(more), make_template(FORGETFUL), letters)
    assert "(Hello!)" in letters.text(row.token_ids)
    assert trained(row) == "Hello!Sure.<|im_end|>"


def test_empty_replies_are_not_trained(chatml: RowTemplate, letters: LetterTokenizer) -> None:
    row = render_row(Conversation((USER, Message.of("assistant", " "))), chatml, letters)
    assert row.trained_tokens == 0


def test_reasoning_that_the_template_writes_is_trained(letters: LetterTokenizer) -> None:
    source = (
        "{% for m in messages %}<|im_start|>{{ m.role }}\n"
        "{% if m.reasoning_content %}<think>{{ m.reasoning_content }}</think>{% endif %}"
        "{{ m.content }}<|im_end|>{% endfor %}"
        "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
    )
    reply = Message("assistant", (ThinkingPart("hm"), TextPart("Yes")))
    row = render_row(Conversation((USER, reply)), make_template(source), letters)
    assert trained(row) == "<think>hm</think>Yes<|im_end|>"


def test_preferences_share_their_prompt(chatml: RowTemplate, letters: LetterTokenizer) -> None:
    pair = Preference((USER,), (ANSWER,), (Message.of("assistant", "Go away"),))
    row = render_row(pair, chatml, letters, objective="dpo")
    assert row.rejected is not None
    assert trained(row) == "Hello!<|im_end|>"
    assert trained(row.rejected) == "Go away<|im_end|>"
    shared = row.prompt_tokens
    assert shared == row.rejected.prompt_tokens
    assert row.token_ids[:shared] == row.rejected.token_ids[:shared]


def test_answers_in_a_preference_prompt_are_not_trained(
    chatml: RowTemplate, letters: LetterTokenizer
) -> None:
    prompt = (USER, ANSWER, Message.of("user", "More"))
    pair = Preference(prompt, (Message.of("assistant", "A"),), (Message.of("assistant", "B"),))
    assert trained(render_row(pair, chatml, letters, objective="orpo")) == "A<|im_end|>"


def test_judged_answers_keep_their_label(chatml: RowTemplate, letters: LetterTokenizer) -> None:
    row = render_row(Judged((USER,), (ANSWER,), False), chatml, letters, objective="kto")
    assert row.label is False
    assert trained(row) == "Hello!<|im_end|>"


def test_rewards_are_given_for_the_prompt_alone(chatml: RowTemplate, letters: LetterTokenizer) -> None:
    row = render_row(Conversation((USER, ANSWER)), chatml, letters, objective="grpo")
    assert letters.text(row.token_ids).endswith("<|im_start|>assistant\n")
    assert "Hello" not in letters.text(row.token_ids)
    short = render_row(Conversation((USER, ANSWER)), chatml, letters, objective="grpo", max_length=5)
    assert letters.text(short.token_ids) == "tant\n"
    assert short.truncated == len(row.token_ids) - 5


class BlankTokenizer(LetterTokenizer):
    """Puts a blank before every text, as SentencePiece does for Llama 2."""

    def __call__(self, text: str, special: bool) -> list[int]:
        return super().__call__(" " + text if text else text, special)


def test_no_blank_comes_between_stretches(chatml: RowTemplate) -> None:
    join = TokenJoiner(BlankTokenizer())
    assert LetterTokenizer.text(join("a", False, first=True)) == " a"
    assert LetterTokenizer.text(join("b", False, first=False)) == "b"
    row = render_row(Conversation((USER, ANSWER)), chatml, BlankTokenizer())
    assert trained(row) == "Hello!<|im_end|>"
    assert LetterTokenizer.text(row.token_ids) == " " + "".join(piece.text for piece in row.pieces)


@pytest.mark.parametrize("length", [1, 7, 1000])
def test_mask_and_ids_are_always_parallel(chatml: RowTemplate, letters: LetterTokenizer, length: int) -> None:
    row = render_row(Conversation((USER, ANSWER)), chatml, letters, max_length=length)
    assert len(row.mask) == len(row.token_ids) <= length
    assert len(row.token_ids) + row.truncated == sum(piece.tokens for piece in row.pieces)
