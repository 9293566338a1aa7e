"""What a folder needs beside the weights to be a model that other programs load."""

import shutil
from pathlib import Path

from engine.convert.back_tokenizer import chat_template, restored_tokenizer, restored_tokenizer_config
from engine.convert.folder_weights import write_json
from engine.convert.gguf_weights import GgufModel
from engine.finetune.base import Base

_FILES = (
    "tokenizer.json",
    "tokenizer_config.json",
    "tokenizer.model",
    "special_tokens_map.json",
    "added_tokens.json",
    "vocab.json",
    "merges.txt",
    "chat_template.jinja",
)


def add_tokenizer_files(base: Base, folder: Path) -> None:
    """Tokenizer and chat template of the base. Raises `UserError` convert.tokenizer, `OSError`."""
    if base.kind == "folder":
        for name in _FILES:
            if (base.path / name).is_file():
                shutil.copyfile(base.path / name, folder / name)
        return
    model = GgufModel(base.path)
    write_json(folder / "tokenizer.json", restored_tokenizer(model))
    settings = restored_tokenizer_config(model)
    template = chat_template(model)
    write_json(
        folder / "tokenizer_config.json", {**settings, "chat_template": template} if template else settings
    )
