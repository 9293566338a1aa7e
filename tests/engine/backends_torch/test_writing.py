"""What encoder-decoders write, and what they look at, against transformers called directly."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from msgspec.structs import replace

from engine.backends.backend import Control
from engine.backends.torch.backend import TorchBackend
from engine.backends.torch.sampling import UNDERSTOOD
from engine.errors import UserError
from engine.messages import Message
from engine.protocol.events import GenerationDone, Inspected, PromptReady, Token
from engine.protocol.inspection import InspectRequest, TapSpec
from engine.protocol.values import PromptOptions
from engine.sampling.params import LogitBias, SamplingParams
from engine.sampling.specs import SPECS
from tests.engine.backends_torch.conftest import Load, floats, reference
from tests.support.engine import ask

T5 = "T5ForConditionalGeneration"
SOURCE = "the quick brown fox: a dog"


@pytest.fixture
def t5(folders: dict[str, Path], load: Load) -> TorchBackend:
    return load(folders[T5])


def write(
    backend: TorchBackend, control: Control | None = None, **options: Any
) -> tuple[list[Token], GenerationDone]:
    request = ask(SOURCE, **{"max_tokens": 16, "n_probs": 4, **options})
    events = list(backend.generate(3, request, control or Control()))
    done = events[-1]
    assert isinstance(events[0], PromptReady)
    assert isinstance(done, GenerationDone)
    return [event for event in events if isinstance(event, Token)], done


def test_greedy_text_is_that_of_transformers(folders: dict[str, Path], t5: TorchBackend) -> None:
    model, tokenizer = reference(folders[T5], T5)
    encoded = tokenizer(SOURCE, return_tensors="pt")
    with torch.inference_mode():
        # Without a cache: the one that transformers makes has as many layers as the encoder, not the decoder.
        expected = model.generate(
            **encoded,
            do_sample=False,
            num_beams=1,
            max_new_tokens=16,
            use_cache=False,
            output_logits=True,
            return_dict_in_generate=True,
        )
    ids = [token for token in expected.sequences[0, 1:].tolist() if token != 1]
    tokens, done = write(t5, decoding="greedy")
    assert list(done.token_ids) == ids
    assert len(set(ids)) > 5, "a text that repeats one token would prove little"
    assert done.text == tokenizer.decode(ids, skip_special_tokens=True)
    assert "".join(token.text for token in tokens) + done.tail == done.text
    for token, scores in zip(tokens, expected.logits, strict=False):
        logprobs = scores[0].log_softmax(-1)
        assert token.logprob == pytest.approx(float(logprobs[token.id]), abs=1e-4)
        assert token.rank == 0
        assert [one.id for one in token.candidates] == logprobs.topk(4).indices.tolist()


def test_same_seed_same_tokens(t5: TorchBackend) -> None:
    first = write(t5, seed=5, temperature=1.2)[1]
    assert write(t5, seed=5, temperature=1.2)[1].token_ids == first.token_ids
    assert write(t5, seed=6, temperature=1.2)[1].token_ids != first.token_ids
    assert first.provenance.seed == 5
    assert first.provenance.engine_build.startswith("torch 2.")


def test_a_narrow_nucleus_is_greedy(t5: TorchBackend) -> None:
    greedy = write(t5, decoding="greedy")[1].token_ids
    assert write(t5, seed=1, top_k=1)[1].token_ids == greedy
    assert write(t5, seed=1, top_p=0.0001, min_p=0.0)[1].token_ids == greedy
    assert write(t5, seed=1, temperature=0.0)[1].token_ids == greedy


def test_stages_say_what_they_removed(t5: TorchBackend) -> None:
    request = replace(ask(SOURCE, seed=1, top_k=5, max_tokens=2), trace=True)
    tokens = [event for event in t5.generate(1, request, Control()) if isinstance(event, Token)]
    by_name = {stage.sampler: stage for stage in tokens[0].stages}
    assert by_name["top_k"].kept == 5
    assert by_name["top_k"].removed_count == by_name["typical_p"].kept * 9
    assert len(by_name["top_k"].removed) == 24
    kept = {one.id for one in by_name["temperature"].top}
    assert tokens[0].id in kept


def test_replies_stop_at_once_when_cancelled(t5: TorchBackend) -> None:
    control = Control()
    seen = 0
    for event in t5.generate(1, ask(SOURCE, seed=2), control):
        if isinstance(event, Token):
            seen += 1
            control.cancel()
        if isinstance(event, GenerationDone):
            assert event.finish_reason == "cancelled"
    assert seen == 1


def test_stop_strings_and_limits(t5: TorchBackend) -> None:
    whole = write(t5, decoding="greedy")[1]
    assert whole.finish_reason == "length"
    word = whole.text.split()[1]
    stopped = write(t5, decoding="greedy", stop=(word,))[1]
    assert stopped.finish_reason == "stop"
    assert stopped.text == whole.text[: whole.text.index(word)]


def test_forced_tokens_come_first_and_the_draws_go_on(t5: TorchBackend) -> None:
    plain = write(t5, seed=4)[1].token_ids
    request = replace(ask(SOURCE, seed=4, max_tokens=16), forced=plain[:6])
    again = list(t5.generate(1, request, Control()))[-1]
    assert isinstance(again, GenerationDone)
    assert again.token_ids == plain


def test_parameters_change_on_the_way(t5: TorchBackend) -> None:
    control = Control()
    greedy = write(t5, decoding="greedy")[1].token_ids
    control.update_sampling(SamplingParams(decoding="greedy", max_tokens=16))
    assert write(t5, control, seed=9, temperature=2.0)[1].token_ids == greedy


def test_a_ban_by_token_id_holds(t5: TorchBackend) -> None:
    favourite = write(t5, decoding="greedy")[1].token_ids[0]
    banned = write(t5, seed=1, logit_bias=(LogitBias(bias=-1e9, token_id=favourite),))[1]
    assert favourite not in banned.token_ids


@pytest.mark.parametrize(
    "sampling",
    [
        {"decoding": "beam"},
        {"mirostat": 2},
        {"grammar": 'root ::= "a"'},
        {"logit_bias": (LogitBias(1.0, "a"),)},
    ],
)
def test_what_only_llama_cpp_can_do_is_refused(t5: TorchBackend, sampling: dict[str, Any]) -> None:
    with pytest.raises(UserError, match="This kind of model cannot use"):
        write(t5, **sampling)
    # What is understood in part (a bias for a token, the modes of decoding) is not marked as unknown.
    assert set(sampling) - {"decoding", "logit_bias"} <= set(SPECS) - set(UNDERSTOOD)


def test_one_text_is_read_and_earlier_turns_are_told_as_dropped(t5: TorchBackend) -> None:
    messages = ask("the fox", "a dog", "old stones").messages
    report = t5.measure_prompt(messages, PromptOptions(system="small cat:"), 8, True)
    assert report.dropped == (0, 1)
    assert report.segments[0].text == "small cat: old stones"
    assert b"".join(report.pieces) == b"small cat: old stones</s>"
    assert report.total == len(report.pieces)


def test_a_reply_is_continued(t5: TorchBackend) -> None:
    whole = write(t5, decoding="greedy", max_tokens=4)[1]
    first = t5.tokenize("the cat", False).ids
    events = list(t5.generate(1, ask(SOURCE, "the cat", decoding="greedy", max_tokens=3), Control()))
    done = events[-1]
    assert isinstance(done, GenerationDone)
    assert len(first) == 2
    assert done.token_ids != whole.token_ids[:3], "it goes on from what was begun"


def test_too_long_a_text_is_refused(t5: TorchBackend) -> None:
    with pytest.raises(UserError) as refused:
        list(t5.generate(1, ask("the fox " * 50), Control()))
    assert refused.value.code == "context.overflow"


def test_encoders_do_not_write(folders: dict[str, Path], load: Load) -> None:
    backend = load(folders["BertForMaskedLM"])
    with pytest.raises(UserError) as refused:
        list(backend.generate(1, ask("the fox"), Control()))
    assert refused.value.code == "model.no_chat"


def test_all_three_attentions_are_those_of_transformers(folders: dict[str, Path], t5: TorchBackend) -> None:
    written = write(t5, decoding="greedy", max_tokens=6)[1].token_ids
    model, tokenizer = reference(folders[T5], T5)
    with torch.inference_mode():
        output = model(
            **tokenizer(SOURCE, return_tensors="pt"),
            decoder_input_ids=torch.tensor([[0, *written]]),
            output_attentions=True,
        )
    request = InspectRequest(messages=(Message.of("user", SOURCE),), reply=written, taps=TapSpec())
    seen = list(t5.inspect(1, request, Control()))[-1]
    assert isinstance(seen, Inspected)
    assert seen.token_ids == (0, *written)
    assert seen.prompt_length == 1
    assert (seen.layers, seen.encoder_layers) == ((0, 1, 2), (0, 1))
    assert b"".join(seen.encoder_pieces) == b"the quick brown fox: a dog</s>"
    expected = {
        "attention": output.decoder_attentions,
        "encoder_attention": output.encoder_attentions,
        "cross_attention": output.cross_attentions,
    }
    assert set(seen.arrays) == set(expected)
    for name, layers in expected.items():
        np.testing.assert_allclose(floats(seen.arrays[name]), torch.stack(layers)[:, 0].numpy(), atol=1e-6)
    decoder = floats(seen.arrays["attention"])
    assert np.abs(np.triu(decoder[0, 0], 1)).max() == 0, "nothing from the future"
    assert floats(seen.arrays["cross_attention"]).shape == (3, 4, 7, 8)


def test_without_a_reply_the_decoder_writes_one(t5: TorchBackend) -> None:
    seen = list(t5.inspect(1, InspectRequest(text=SOURCE), Control()))[-1]
    assert isinstance(seen, Inspected)
    assert seen.token_ids[1:17] == write(t5, decoding="greedy")[1].token_ids
    given = list(t5.inspect(1, InspectRequest(text=SOURCE, target="old stones"), Control()))[-1]
    assert isinstance(given, Inspected)
    assert b"".join(given.pieces[1:]) == b"old stones</s>"
