"""What encoders say of a text, against transformers called directly."""

from pathlib import Path

import numpy as np
import pytest
import torch

from engine.backends.backend import Control
from engine.errors import Cancelled, UserError
from engine.protocol.events import Inspected
from engine.protocol.inspection import InspectRequest, TapSpec
from tests.engine.backends_torch.conftest import Load, floats, reference

SENTENCE = "the quick [MASK] fox jumps over the [MASK] dog"


def test_masks_are_filled_as_transformers_does(folders: dict[str, Path], load: Load) -> None:
    folder = folders["BertForMaskedLM"]
    model, tokenizer = reference(folder, "BertForMaskedLM")
    encoded = tokenizer(SENTENCE, return_tensors="pt")
    with torch.inference_mode():
        expected = model(**encoded).logits[0].softmax(-1).numpy()
    filled = load(folder).fill_mask(5, SENTENCE, 8)
    assert filled.job == 5
    assert [mask.position for mask in filled.masks] == [3, 8]
    for mask in filled.masks:
        assert SENTENCE[mask.start : mask.end] == "[MASK]"
        shares = expected[mask.position]
        assert [one.id for one in mask.candidates] == np.argsort(-shares, kind="stable")[:8].tolist()
        np.testing.assert_allclose([one.p for one in mask.candidates], np.sort(shares)[::-1][:8], atol=1e-6)
        assert mask.entropy == pytest.approx(-(shares * np.log2(shares)).sum(), abs=1e-4)
        assert all(one.text == tokenizer.convert_ids_to_tokens(one.id) for one in mask.candidates)


def test_a_model_from_pretraining_has_both_heads(folders: dict[str, Path], load: Load) -> None:
    folder = folders["BertForPreTraining"]
    model, tokenizer = reference(folder, "BertForPreTraining")
    backend = load(folder)
    with torch.inference_mode():
        pair = model(**tokenizer("the fox jumps", "a small cat sleeps", return_tensors="pt"))
        masked = model(**tokenizer(SENTENCE, return_tensors="pt"))
    expected = float(pair.seq_relationship_logits[0].softmax(-1)[0])
    assert backend.next_sentence(1, "the fox jumps", "a small cat sleeps").p == pytest.approx(
        expected, abs=1e-6
    )
    best = int(masked.prediction_logits[0, 3].argmax())
    assert backend.fill_mask(1, SENTENCE, 1).masks[0].candidates[0].id == best


def test_next_sentence_alone(folders: dict[str, Path], load: Load) -> None:
    folder = folders["BertForNextSentencePrediction"]
    model, tokenizer = reference(folder, "BertForNextSentencePrediction")
    with torch.inference_mode():
        scores = model(**tokenizer("the fox", "a dog", return_tensors="pt")).logits
    assert load(folder).next_sentence(1, "the fox", "a dog").p == pytest.approx(
        float(scores[0].softmax(-1)[0])
    )


def test_what_a_model_has_no_head_for_is_refused(folders: dict[str, Path], load: Load) -> None:
    bare = load(folders["BertModel"])
    with pytest.raises(UserError, match="BertForMaskedLM") as masked:
        bare.fill_mask(1, SENTENCE, 5)
    assert masked.value.code == "encoder.no_head"
    with pytest.raises(UserError, match="BertForNextSentencePrediction"):
        bare.next_sentence(1, "a", "b")
    with pytest.raises(UserError) as writing:
        load(folders["T5ForConditionalGeneration"]).embed(1, ("a",), Control())
    assert writing.value.code == "encoder.no_encoder"


def test_a_text_needs_a_mask_and_has_to_fit(folders: dict[str, Path], load: Load) -> None:
    backend = load(folders["BertForMaskedLM"])
    with pytest.raises(UserError, match=r"no \[MASK\]"):
        backend.fill_mask(1, "the quick brown fox", 5)
    with pytest.raises(UserError) as long:
        backend.fill_mask(1, "the fox " * 40 + "[MASK]", 5)
    assert long.value.code == "inspect.too_long"
    assert long.value.params["limit"] == "64"


def test_sentences_of_a_real_model_that_mean_the_same_are_near(minilm: Path, load: Load) -> None:
    texts = ("A man is eating food.", "A man eats something.", "The girl is carrying a baby.")
    backend = load(minilm)
    model, tokenizer = reference(minilm, "BertModel")
    embedded = backend.embed(1, texts, Control())
    vectors = floats(embedded.vectors)
    assert embedded.pooling == "mean"
    assert vectors.shape == (3, 384)
    for text, vector in zip(texts, vectors, strict=True):
        with torch.inference_mode():
            mean = model(**tokenizer(text, return_tensors="pt")).last_hidden_state[0].mean(0)
        np.testing.assert_allclose(vector, mean / mean.norm(), atol=2e-6)
    likeness = vectors @ vectors.T
    assert likeness[0, 1] > 0.7
    assert likeness[0, 2] < 0.2


def test_embedding_can_be_cancelled(folders: dict[str, Path], load: Load) -> None:
    control = Control()
    control.cancel()
    with pytest.raises(Cancelled):
        load(folders["BertModel"]).embed(1, ("the fox",), control)


def look(backend: object, request: InspectRequest) -> Inspected:
    last = list(backend.inspect(9, request, Control()))[-1]  # type: ignore[attr-defined]
    assert isinstance(last, Inspected)
    return last


def test_attention_of_a_real_encoder_is_that_of_transformers(minilm: Path, load: Load) -> None:
    text = "The cat sat on the mat because it was tired."
    model, tokenizer = reference(minilm, "BertModel")
    with torch.inference_mode():
        output = model(
            **tokenizer(text, return_tensors="pt"), output_attentions=True, output_hidden_states=True
        )
    seen = look(load(minilm), InspectRequest(text=text, taps=TapSpec(kinds=("attention", "residual"))))
    attention, residual = floats(seen.arrays["attention"]), floats(seen.arrays["residual"])
    assert attention.shape == (6, 12, 13, 13)
    assert not seen.causal
    assert seen.pieces[0] == b"[CLS]"
    assert b"".join(seen.pieces[1:-1]) == b"the cat sat on the mat because it was tired ."
    np.testing.assert_allclose(attention, torch.stack(output.attentions)[:, 0].numpy(), atol=1e-6)
    np.testing.assert_allclose(residual, torch.stack(output.hidden_states[1:])[:, 0].numpy(), atol=2e-5)
    np.testing.assert_allclose(attention.sum(-1), 1, atol=1e-5)
    assert attention[:, :, 0, 1:].max() > 0.05, "an encoder sees what comes later"


def test_layers_and_heads_are_picked_by_number(minilm: Path, load: Load) -> None:
    backend = load(minilm)
    everything = floats(
        look(backend, InspectRequest(text="the cat sleeps", taps=TapSpec())).arrays["attention"]
    )
    some = look(backend, InspectRequest(text="the cat sleeps", taps=TapSpec(layers=(4, 1), heads=(7,))))
    assert (some.layers, some.heads) == ((4, 1), (7,))
    np.testing.assert_array_equal(floats(some.arrays["attention"]), everything[[4, 1]][:, [7]])


def test_two_sentences_are_read_together(folders: dict[str, Path], load: Load) -> None:
    folder = folders["BertForNextSentencePrediction"]
    model, tokenizer = reference(folder, "BertForNextSentencePrediction")
    with torch.inference_mode():
        encoded = tokenizer("the fox", "a dog", return_tensors="pt")
        expected = torch.stack(model(**encoded, output_attentions=True).attentions)[:, 0]
    seen = look(load(folder), InspectRequest(text="the fox", target="a dog", taps=TapSpec()))
    assert list(seen.token_ids) == encoded["input_ids"][0].tolist()
    np.testing.assert_allclose(floats(seen.arrays["attention"]), expected.numpy(), atol=1e-6)


@pytest.mark.parametrize(
    ("request_", "code"),
    [
        (InspectRequest(text="a dog", taps=TapSpec(layers=(3,))), "inspect.no_layer"),
        (InspectRequest(text="a dog", taps=TapSpec(heads=(4,))), "inspect.no_head"),
        (InspectRequest(text="a dog", taps=TapSpec(kinds=("routing",))), "inspect.missing"),
        (InspectRequest(text="a dog " * 50), "inspect.too_long"),
        (InspectRequest(text="a dog", taps=TapSpec(), limit_bytes=10), "inspect.too_large"),
    ],
)
def test_impossible_requests_say_why(
    folders: dict[str, Path], load: Load, request_: InspectRequest, code: str
) -> None:
    with pytest.raises(UserError) as refused:
        look(load(folders["BertModel"]), request_)
    assert refused.value.code == code
