"""What a run has learned, written for other programs: checked before it takes its name."""

from pathlib import Path
from typing import Any

import pytest

from engine.convert.job import run_convert
from engine.errors import UserError
from engine.finetune.export import run_export
from engine.finetune.run_folder import RunFolder
from engine.finetune.setup import make_policy
from engine.library.gguf_header import read_header
from engine.library.places import find_runs
from engine.protocol.finetune import ExportJob
from engine.protocol.jobs import ConvertJob
from tests.engine.finetune.conftest import recipe_for, train

pytestmark = pytest.mark.filterwarnings("ignore:::transformers", "ignore:::peft")


def test_a_lora_becomes_a_gguf_adapter_and_a_merged_model(
    home: Path, trained_lora: RunFolder, tmp_path: Path
) -> None:
    adapter = run_export(ExportJob(str(home), "run", "gguf", str(tmp_path / "a.gguf"), "f32"), lambda _: None)
    assert adapter.kl < 1e-6
    merged = run_export(
        ExportJob(str(home), "run", "gguf", str(tmp_path / "m.gguf"), "f16", merge=True), lambda _: None
    )
    assert merged.kl < 1e-3
    assert merged.size_bytes > adapter.size_bytes


def test_an_export_that_differs_is_an_error(home: Path, trained_lora: RunFolder, tmp_path: Path) -> None:
    """Somebody changed the result: it is no longer what the checkpoint holds."""
    from safetensors.torch import load_file, save_file

    file = trained_lora.result / "adapter_model.safetensors"
    tensors = load_file(file)
    save_file({name: 3 * value for name, value in tensors.items()}, file)
    out = tmp_path / "a.gguf"
    with pytest.raises(UserError) as caught:
        run_export(ExportJob(str(home), "run", "gguf", str(out), "f32"), lambda _: None)
    assert caught.value.code == "export.differs"
    assert not out.exists()
    out.write_text("an older export", "utf-8")
    with pytest.raises(UserError):
        run_export(ExportJob(str(home), "run", "gguf", str(out), "f32"), lambda _: None)
    assert out.read_text("utf-8") == "an older export"
    assert [
        path.name for path in tmp_path.iterdir() if "part" in path.name or path.name.startswith(".")
    ] == []


def test_what_cannot_be_written_is_said(home: Path, tiny_base: Path, chat_rows: Path, tmp_path: Path) -> None:
    train(home, recipe_for(tiny_base, chat_rows, method="prompt", train={"max_steps": 1}))
    with pytest.raises(UserError) as caught:
        run_export(ExportJob(str(home), "run", "gguf", str(tmp_path / "a.gguf")), lambda _: None)
    assert caught.value.code == "export.method"
    assert caught.value.params["possible"] == "adapter"


def test_a_quantized_model_says_what_it_lost(
    home: Path, trained_lora: RunFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before and after quantizing it is compared with what the trained model said once."""
    make, loaded = make_policy, []

    def counted(*given: Any) -> Any:
        loaded.append(given)
        return make(*given)

    monkeypatch.setattr("engine.finetune.export_check.make_policy", counted)
    out = tmp_path / "m.gguf"
    out.write_text("an older export", "utf-8")
    small = run_export(ExportJob(str(home), "run", "gguf", str(out), "q4_0", merge=True), lambda _: None)
    assert len(loaded) == 1
    assert 1e-4 < small.kl < 1.0
    assert small.size_bytes == out.stat().st_size
    assert read_header(out).metadata["general.file_type"] == 2


@pytest.mark.parametrize(("kind", "merge"), [("q4_0", False), ("q9", True)])
def test_types_that_there_are_not_are_named(
    home: Path, trained_lora: RunFolder, tmp_path: Path, kind: str, merge: bool
) -> None:
    with pytest.raises(UserError) as caught:
        run_export(ExportJob(str(home), "run", "gguf", str(tmp_path / "m.gguf"), kind, merge), lambda _: None)
    assert caught.value.code == "export.type"


def test_the_base_is_never_overwritten(home: Path, tiny_base: Path, chat_rows: Path, tmp_path: Path) -> None:
    base = tmp_path / "base.gguf"
    run_convert(ConvertJob(str(tiny_base), str(base), "f32"), lambda _: None)
    train(home, recipe_for(base, chat_rows, train={"max_steps": 1}))
    before = base.read_bytes()
    with pytest.raises(UserError) as caught:
        run_export(ExportJob(str(home), "run", "gguf", str(base), merge=True), lambda _: None)
    assert caught.value.code == "output.is_source"
    assert base.read_bytes() == before


def test_the_library_lists_what_a_run_has_learned_once(home: Path, tiny_base: Path, chat_rows: Path) -> None:
    """By its name; as a GGUF where there is one, which a chat can have on."""
    run, _ = train(home, recipe_for(tiny_base, chat_rows, name="Keeper", train={"max_steps": 1}))
    (folder,) = find_runs(home)
    assert (folder.path, folder.name) == (run.result, "Keeper")
    run_export(ExportJob(str(home), "run", "gguf", str(run.result / "adapter.gguf")), lambda _: None)
    (file,) = find_runs(home)
    assert (file.path, file.name) == (run.result / "adapter.gguf", "Keeper")
    copied = run.path.parent / "copy"
    run_export(ExportJob(str(home), "run", "adapter", str(copied)), lambda _: None)
    assert {path.suffix for path in copied.iterdir()} == {".safetensors", ".json", ".md"}
