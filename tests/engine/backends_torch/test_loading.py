"""What is loaded, what is refused, and that nothing in a folder is ever run."""

import json
import pickle
import shutil
import sys
from pathlib import Path
from typing import Any

import psutil
import pytest
import safetensors.torch

from engine.backends.torch import runtime
from engine.backends.torch.backend import TorchBackend
from engine.backends.torch.pieces import Pieces
from engine.chat.models import resolve_model
from engine.errors import UserError
from engine.library.catalog import find_model
from engine.store.database import open_store
from tests.engine.backends_torch.conftest import Load
from tests.support import tiny_models

ABILITIES = {
    "BertForMaskedLM": ("fill_mask", "embed"),
    "BertForNextSentencePrediction": ("next_sentence", "embed"),
    "BertForPreTraining": ("fill_mask", "next_sentence", "embed"),
    "BertModel": ("embed",),
    "T5ForConditionalGeneration": ("chat",),
    "T5EncoderModel": ("embed",),
}


def facts(backend: TorchBackend) -> object:
    assert backend._loaded is not None
    return backend._loaded.facts


@pytest.mark.parametrize(("head", "abilities"), ABILITIES.items())
def test_a_model_can_what_its_head_can(
    folders: dict[str, Path], load: Load, head: str, abilities: tuple[str, ...]
) -> None:
    assert facts(load(folders[head])).abilities == abilities  # type: ignore[attr-defined]


def test_facts_of_a_real_encoder(minilm: Path, load: Load) -> None:
    model = load(minilm)._loaded
    assert model is not None
    found = model.facts
    assert (found.kind, found.architecture, found.n_layer, found.n_head) == ("encoder", "bert", 6, 12)
    assert (found.n_vocab, found.n_embd, found.n_ctx) == (30522, 384, 512)
    assert found.parameters == 22_713_216
    assert found.model_hash.startswith("sampled:")
    assert found.mask_token == ""


def test_facts_of_an_encoder_decoder(folders: dict[str, Path], load: Load) -> None:
    found = load(folders["T5ForConditionalGeneration"])._loaded
    assert found is not None
    assert (found.facts.kind, found.facts.n_layer, found.facts.n_layer_encoder) == ("encoder_decoder", 3, 2)


def test_a_head_that_the_files_lack_counts_for_nothing(
    folders: dict[str, Path], tmp_path: Path, load: Load
) -> None:
    folder = tmp_path / "claims"
    shutil.copytree(folders["BertModel"], folder)
    change(folder, architectures=["BertForMaskedLM"])
    assert facts(load(folder)).abilities == ("embed",)  # type: ignore[attr-defined]


def test_shards_are_one_model(folders: dict[str, Path], tmp_path: Path, load: Load) -> None:
    folder = shards(folders["BertForMaskedLM"], tmp_path / "shards")
    whole = load(folders["BertForMaskedLM"]).fill_mask(1, "the [MASK] fox", 3)
    assert load(folder).fill_mask(1, "the [MASK] fox", 3) == whole
    (folder / "model-00002-of-00002.safetensors").unlink()
    assert refusal(load, folder) == "model.incomplete_split"


def test_an_index_cannot_lead_out_of_the_folder(folders: dict[str, Path], tmp_path: Path, load: Load) -> None:
    folder = shards(folders["BertForMaskedLM"], tmp_path / "shards")
    index = folder / "model.safetensors.index.json"
    content = json.loads(index.read_text())
    content["weight_map"] = dict.fromkeys(content["weight_map"], "../outside.safetensors")
    index.write_text(json.dumps(content))
    assert refusal(load, folder) == "model.corrupt"


def test_pickles_are_never_opened(folders: dict[str, Path], tmp_path: Path, home: Path, load: Load) -> None:
    folder = tmp_path / "pickled"
    shutil.copytree(folders["BertForMaskedLM"], folder, ignore=shutil.ignore_patterns("*.safetensors"))
    mark = tmp_path / "was-run"
    (folder / "pytorch_model.bin").write_bytes(pickle.dumps(_Trap(str(mark))))
    assert refusal(load, folder) == "model.pickle_only"
    with pytest.raises(UserError, match="as Python pickles"):
        find_model(str(folder), home)
    assert not mark.exists()


class _Trap:
    def __init__(self, path: str) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Any, ...]:
        return (open, (self.path, "w"))


def test_code_in_the_folder_is_never_run(folders: dict[str, Path], tmp_path: Path, load: Load) -> None:
    folder = tmp_path / "own-code"
    shutil.copytree(folders["BertModel"], folder)
    mark = tmp_path / "was-run"
    (folder / "own.py").write_text(f"open({str(mark)!r}, 'w')\n")
    change(folder, auto_map={"AutoModel": "own.OwnModel", "AutoConfig": "own.OwnConfig"})
    assert refusal(load, folder) == "model.needs_code"
    change(folder, auto_map=None)
    tokenizer = folder / "tokenizer_config.json"
    said = json.loads(tokenizer.read_text())
    said.update(
        auto_map={"AutoTokenizer": ["own.OwnTokenizer", "own.OwnTokenizer"]}, tokenizer_class="OwnTokenizer"
    )
    tokenizer.write_text(json.dumps(said))
    load(folder)  # by tokenizer.json alone
    assert not mark.exists()


def test_damaged_and_incomplete_folders_say_what_is_wrong(
    folders: dict[str, Path], tmp_path: Path, load: Load
) -> None:
    assert refusal(load, tmp_path / "nowhere") == "model.missing"
    (tmp_path / "empty").mkdir()
    assert refusal(load, tmp_path / "empty") == "model.not_gguf"

    def copy(name: str) -> Path:
        return Path(shutil.copytree(folders["BertForMaskedLM"], tmp_path / name))

    cut = copy("cut") / "model.safetensors"
    cut.write_bytes(cut.read_bytes()[:-400])
    assert refusal(load, cut.parent) == "model.truncated"
    header = copy("header") / "model.safetensors"
    header.write_bytes(b"\xff" * 200)
    assert refusal(load, header.parent) == "model.corrupt"
    silent = copy("silent")
    for file in silent.glob("tokenizer*"):
        file.unlink()
    assert refusal(load, silent) == "model.no_tokenizer"
    garbled = copy("garbled")
    (garbled / "tokenizer.json").write_text("{}")
    assert refusal(load, garbled) == "model.no_tokenizer"
    unknown = copy("unknown")
    change(unknown, model_type="bert-of-tomorrow")
    assert refusal(load, unknown) == "model.class_unknown"
    thin = copy("thin")
    tensors = safetensors.torch.load_file(str(thin / "model.safetensors"))
    kept = {name: tensor for name, tensor in tensors.items() if ".layer.1." not in name}
    safetensors.torch.save_file(kept, str(thin / "model.safetensors"), metadata={"format": "pt"})
    assert refusal(load, thin) == "model.corrupt"


def test_a_model_that_does_not_fit_is_not_begun(
    folders: dict[str, Path], load: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Little:
        available = 100_000

    monkeypatch.setattr(psutil, "virtual_memory", Little)
    assert refusal(load, folders["BertModel"]) == "model.too_large"


def test_models_that_write_on_have_to_be_converted(
    folders: dict[str, Path], tmp_path: Path, load: Load
) -> None:
    folder = tmp_path / "llama"
    shutil.copytree(folders["BertModel"], folder)
    change(folder, model_type="llama", architectures=["LlamaForCausalLM"])
    assert refusal(load, folder) == "model.needs_conversion"


def test_names_lead_to_the_backend_that_can(folders: dict[str, Path], tmp_path: Path, home: Path) -> None:
    llama = tmp_path / "llama"
    shutil.copytree(folders["BertModel"], llama)
    change(llama, model_type="llama", architectures=["LlamaForCausalLM"])
    adapter = tmp_path / "adapter"
    shutil.copytree(folders["BertModel"], adapter)
    (adapter / "adapter_config.json").write_text('{"peft_type": "LORA"}')
    store = open_store(home)
    try:
        for head in ("BertForMaskedLM", "T5ForConditionalGeneration", "T5EncoderModel"):
            assert resolve_model(store, str(folders[head])).backend == "torch"
        for folder, code in ((llama, "model.needs_conversion"), (adapter, "model.is_adapter")):
            with pytest.raises(UserError) as refused:
                resolve_model(store, str(folder))
            assert refused.value.code == code
    finally:
        store.close()


def test_without_pytorch_the_command_is_named(
    folders: dict[str, Path], load: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(UserError, match=r"PyTorch is not installed.*lathe addons install training"):
        load(folders["BertModel"])
    assert runtime.COMMAND == "lathe addons install training"


def test_pieces_join_to_the_text() -> None:
    words = Pieces(tiny_models.word_pieces())
    ids = tiny_models.word_pieces()("the foxy dog")["input_ids"]
    assert words.sequence(ids) == (b"[CLS]", b"the", b" fox", b"y", b" dog", b"[SEP]")
    assert words.is_special(ids[0])
    assert not words.is_special(ids[1])
    bytes_ = tiny_models.byte_level()
    text = "naïve\n fox"
    ids = bytes_(text)["input_ids"]
    assert b"".join(Pieces(bytes_).sequence(ids)).decode() == text


def refusal(load: Load, folder: Path) -> str:
    with pytest.raises(UserError) as refused:
        load(folder)
    return refused.value.code


def change(folder: Path, **values: object) -> None:
    path = folder / "config.json"
    config = {**json.loads(path.read_text()), **values}
    path.write_text(json.dumps({key: value for key, value in config.items() if value is not None}))


def shards(whole: Path, folder: Path) -> Path:
    """The model in two files and an index."""
    shutil.copytree(whole, folder, ignore=shutil.ignore_patterns("*.safetensors"))
    tensors = safetensors.torch.load_file(str(whole / "model.safetensors"))
    names = sorted(tensors)
    places = {
        name: f"model-{1 + (2 * place >= len(names)):05d}-of-00002.safetensors"
        for place, name in enumerate(names)
    }
    for file in set(places.values()):
        part = {name: tensors[name] for name in names if places[name] == file}
        safetensors.torch.save_file(part, str(folder / file), metadata={"format": "pt"})
    (folder / "model.safetensors.index.json").write_text(json.dumps({"metadata": {}, "weight_map": places}))
    return folder
