"""Small tokenizers of the kinds that language models have, trained on a few sentences. Needs transformers."""

import json
from typing import Any

import transformers
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

SENTENCES = [
    "The lathe turns the work, and the tool stands still; it's 12345 turns, isn't it?",
    "Ein scharfer Stahl singt, ein stumpfer klagt.\n\n  def turn(self):\n\treturn 1024  ",
    "早上六点，渡船离开了港口。 L'horloge sonna sept heures — déjà!",
]
TRICKY = (
    "The tool's 3.14159 edge,  isn't\tsharp!\r\n\n   THE END 2026 don't 'RE \U0001f600 naïve 渡船 x²"
    "\n \n  indented  text   "
)
LLAMA3 = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*"
    r"|\s*[\r\n]+|\s+(?!\S)|\s+"
)
QWEN2 = LLAMA3.replace("{1,3}", "")
TEKKEN = (
    r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+"
    r"|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*"
    r"|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)


def byte_level(kind: str = "gpt-2") -> Any:
    """`kind`: llama.cpp's name for how a text is cut."""
    tokenizer = Tokenizer(models.BPE())
    level = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=kind in ("gpt-2", "smollm"))
    first: dict[str, Any] = {
        "smollm": lambda: pre_tokenizers.Digits(individual_digits=True),
        "llama-bpe": lambda: pre_tokenizers.Split(Regex(LLAMA3), "isolated"),
        "qwen2": lambda: pre_tokenizers.Split(Regex(QWEN2), "isolated"),
        "tekken": lambda: pre_tokenizers.Split(Regex(TEKKEN), "isolated"),
    }
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([first[kind](), level]) if kind in first else level
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=400,
        special_tokens=["<|begin|>", "<|end|>"],
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        show_progress=False,
    )
    tokenizer.train_from_iterator(SENTENCES * 3, trainer)
    return transformers.PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, bos_token="<|begin|>", eos_token="<|end|>"
    )


def sentence_piece(*, blank_first: bool = True) -> Any:
    """As Llama 2 and Mistral have it: blanks are “▁”, unknown characters their bytes. Gemma's puts no blank
    before a text.
    """
    tokenizer = Tokenizer(models.BPE(byte_fallback=True, unk_token="<unk>", fuse_unk=True))
    first = [normalizers.Prepend("▁")] if blank_first else []
    tokenizer.normalizer = normalizers.Sequence([*first, normalizers.Replace(" ", "▁")])
    tokenizer.decoder = decoders.Sequence(
        [
            decoders.Replace("▁", " "),
            decoders.ByteFallback(),
            decoders.Fuse(),
            decoders.Strip(" ", 1, 0),
        ]
    )
    trainer = trainers.BpeTrainer(
        vocab_size=520,
        special_tokens=["<unk>", "<s>", "</s>", *(f"<0x{byte:02X}>" for byte in range(256))],
        show_progress=False,
        max_token_length=12,
    )
    tokenizer.train_from_iterator(SENTENCES * 3, trainer)
    # The trainer makes control tokens of the bytes, which in real files they are not.
    table = json.loads(tokenizer.to_str())
    table["added_tokens"] = [one for one in table["added_tokens"] if not one["content"].startswith("<0x")]
    return transformers.PreTrainedTokenizerFast(
        tokenizer_object=Tokenizer.from_str(json.dumps(table)),
        unk_token="<unk>",
        bos_token="<s>",
        eos_token="</s>",
    )
