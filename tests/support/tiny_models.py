"""Tiny random models with tiny tokenizers, as folders that look real. Needs torch and transformers."""

from pathlib import Path
from typing import Any

import torch
import transformers
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

TEXT = "the quick brown fox jumps over the lazy dog and a small cat sleeps near old warm stones"
WORDS = TEXT.split()
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]


def save_bert(folder: Path, head: str) -> Path:
    """`head`: a class of transformers, such as “BertForMaskedLM”."""
    torch.manual_seed(7)
    tokenizer = word_pieces()
    config = transformers.BertConfig(
        vocab_size=len(tokenizer),
        hidden_size=32,
        num_hidden_layers=3,
        num_attention_heads=4,
        intermediate_size=48,
        max_position_embeddings=64,
        initializer_range=0.5,
    )
    model: Any = getattr(transformers, head)(config)
    return _save(folder, model, tokenizer)


def save_t5(folder: Path, *, encoder_only: bool = False) -> Path:
    """Two encoder layers and three decoder layers; weights large enough that its greedy text varies."""
    torch.manual_seed(11)
    tokenizer = _metaspace()
    config = transformers.T5Config(
        vocab_size=len(tokenizer),
        d_model=32,
        d_kv=8,
        d_ff=48,
        num_layers=2,
        num_decoder_layers=3,
        num_heads=4,
        n_positions=64,
        decoder_start_token_id=0,
        pad_token_id=0,
        eos_token_id=1,
        initializer_factor=4.0,
    )
    kind = transformers.T5EncoderModel if encoder_only else transformers.T5ForConditionalGeneration
    return _save(folder, kind(config), tokenizer)


def _save(folder: Path, model: Any, tokenizer: Any) -> Path:
    model.eval().save_pretrained(str(folder), safe_serialization=True)
    tokenizer.save_pretrained(str(folder))
    return folder


def word_pieces() -> Any:
    """BERT's kind: lower case, “##” for what continues a word."""
    letters = sorted(set(TEXT) - {" "})
    tokens = [*SPECIAL, *dict.fromkeys([*WORDS, *letters, *(f"##{letter}" for letter in letters), "."])]
    tokenizer = Tokenizer(
        models.WordPiece({token: place for place, token in enumerate(tokens)}, unk_token="[UNK]")
    )
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[("[CLS]", 2), ("[SEP]", 3)],
    )
    names = dict(zip(("pad", "unk", "cls", "sep", "mask"), SPECIAL, strict=True))
    return transformers.PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        model_max_length=64,
        model_input_names=["input_ids", "token_type_ids", "attention_mask"],
        **{f"{name}_token": token for name, token in names.items()},
    )


def _metaspace() -> Any:
    pieces = ["<pad>", "</s>", "<unk>", *dict.fromkeys(f"▁{word}" for word in WORDS)]
    pieces += ["▁", *sorted({letter for word in WORDS for letter in word}), "é", ":", "."]
    tokenizer = Tokenizer(
        models.Unigram([(piece, -float(place)) for place, piece in enumerate(pieces)], unk_id=2)
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    tokenizer.post_processor = processors.TemplateProcessing(single="$A </s>", special_tokens=[("</s>", 1)])
    return transformers.PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        model_max_length=64,
        pad_token="<pad>",
        eos_token="</s>",
        unk_token="<unk>",
    )


def byte_level() -> Any:
    """GPT-2's kind, without any merges: every byte is a token."""
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    tokenizer = Tokenizer(
        models.BPE(vocab={letter: place for place, letter in enumerate(alphabet)}, merges=[])
    )
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    return transformers.PreTrainedTokenizerFast(tokenizer_object=tokenizer)
