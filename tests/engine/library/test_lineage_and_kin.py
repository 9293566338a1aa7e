"""What a model was made from, which adapters are its own, and which files are there twice."""

from pathlib import Path

import pytest

from engine.errors import Cancelled
from engine.library.adapters import group_adapters
from engine.library.details import read_details
from engine.library.duplicates import candidates, duplicates, hash_files, weight_files
from engine.library.entries import ModelEntry
from engine.library.fingerprint import content_hash
from engine.library.gguf_header import read_header
from engine.library.gguf_origin import read_origin
from engine.library.lineage import LINEAGE_NAME, LineageStep, add_step, ancestor, chain, read_steps
from engine.protocol.hub import Downloaded, DownloadJob
from engine.protocol.jobs import FileWritten, QuantizeJob
from engine.worker.job_lineage import lineage_of
from tests.engine.library.tiny_gguf import build, llama_items, string, tensor, tiny, u32, write


def entry(path: str, **changes: object) -> ModelEntry:
    values = {
        "name": Path(path).stem,
        "path": path,
        "format": "gguf",
        "architecture": "llama",
        "parameters": 10,
        "size_bytes": 10,
        "quantization": "F16",
        "context_length": 0,
        "source": "folder",
        **changes,
    }
    return ModelEntry(**values)  # type: ignore[arg-type]


def step(target: Path, source: Path, operation: str = "quantize") -> LineageStep:
    return LineageStep(operation, ancestor(target), (ancestor(source),), {"type_name": "Q4_0"}, 1)


def test_a_chain_is_followed_by_content_wherever_the_files_are(home: Path, tmp_path: Path) -> None:
    files = [write(tmp_path / f"{name}.gguf", name.encode() * 100) for name in ("a", "b", "c")]
    add_step(home, step(files[1], files[0], "convert"))
    add_step(home, step(files[2], files[1]))
    moved = files[2].rename(tmp_path / "renamed.gguf")
    found = chain(read_steps(home), moved)
    assert [(each.operation, each.target.name) for each in found] == [
        ("quantize", "c.gguf"),
        ("convert", "b.gguf"),
    ]
    assert found[-1].sources[0].name == "a.gguf"
    assert chain(read_steps(home), files[0]) == ()
    assert chain(read_steps(home), tmp_path / "gone.gguf") == ()


def test_a_chain_that_leads_in_a_circle_ends_and_bad_lines_are_passed_over(
    home: Path, tmp_path: Path
) -> None:
    one, two = write(tmp_path / "1.gguf", b"one"), write(tmp_path / "2.gguf", b"two")
    add_step(home, step(one, two))
    with (home / LINEAGE_NAME).open("ab") as file:
        file.write(b"nonsense\n{}\n")
    add_step(home, step(two, one))
    assert len(read_steps(home)) == 2
    assert len(chain(read_steps(home), one)) == 2


def test_details_tell_what_was_made_from_a_model(home: Path, tmp_path: Path) -> None:
    source, target = write(tmp_path / "s.gguf", tiny()), write(tmp_path / "t.gguf", tiny() + bytes(8))
    add_step(home, step(target, source))
    details = read_details(entry(str(source)), home)
    assert [each.target.name for each in details.made] == ["t.gguf"]
    assert details.lineage == ()


def test_a_job_is_told_by_its_fields(tmp_path: Path) -> None:
    source, matrix = write(tmp_path / "s.gguf", b"s"), write(tmp_path / "m.imatrix", b"m")
    target = write(tmp_path / "t.gguf", b"t")
    job = QuantizeJob(
        str(source), str(target), "Q4_K_M", imatrix=str(matrix), overrides=(("ffn", "q8_0"),), n_threads=2
    )
    told = lineage_of(job, FileWritten(str(target), 1, 4.5, 1.0))
    assert told.operation == "quantize"
    assert [(each.role, each.name) for each in told.sources] == [
        ("model", "s.gguf"),
        ("imatrix", "m.imatrix"),
    ]
    assert told.settings == {"type_name": "Q4_K_M", "overrides": '[["ffn","q8_0"]]'}
    assert told.target.fingerprint == content_hash(target)
    fetched = DownloadJob("https://hub", "owner/name", ("*Q4*",), str(tmp_path))
    end = Downloaded(str(target), "owner/name", "abc", "mit", ("t.gguf",), 1, 1.0)
    download = lineage_of(fetched, end)
    assert [(each.role, each.name) for each in download.sources] == [("hub", "owner/name")]


def test_the_origin_is_read_from_the_keys_of_the_specification(tmp_path: Path) -> None:
    items = [
        *llama_items(),
        string("general.source.url", "https://huggingface.co/org/base/tree/main"),
        u32("general.base_model.count", 1),
        string("general.base_model.0.name", "Base"),
        string("general.base_model.0.organization", "Org"),
        string("general.quantized_by", "somebody"),
        string("quantize.imatrix.file", "m.dat"),
    ]
    path = write(tmp_path / "m.gguf", build(items, [tensor("t", (64, 4), 0, 0)], bytes(1024)))
    origin = read_origin(read_header(path).metadata)
    assert (origin.source, origin.bases[0].label()) == ("org/base", "Org/Base")
    assert (origin.quantized_by, origin.imatrix_file, origin.imatrix_chunks) == ("somebody", "m.dat", 0)
    hostile = build(
        [*llama_items(), u32("general.base_model.count", 2**32 - 1)],
        [tensor("t", (64, 4), 0, 0)],
        bytes(1024),
    )
    assert len(read_origin(read_header(write(tmp_path / "h.gguf", hostile)).metadata).bases) == 16


def test_adapters_are_grouped_under_the_base_that_they_name() -> None:
    base = entry("/m/SmolLM2-135M-Instruct-Q4_K_M.gguf", bits_per_weight=4.8)
    full = entry("/m/full", name="SmolLM2-135M-Instruct", format="safetensors", bits_per_weight=16.0)
    by_hub = entry("/a/peft", format="lora", base="HuggingFaceTB/SmolLM2-135M-Instruct")
    as_gguf = entry("/a/lora.gguf", format="lora", base="SmolLM2-135M-Instruct")
    by_path = entry("/a/by-path", format="lora", base="/m/full")
    lost = entry("/a/lost", format="lora", base="somebody/else")
    groups = group_adapters([base, full, by_hub, as_gguf, by_path, lost])
    assert groups == {full.path: [by_hub, by_path], base.path: [as_gguf]}


def test_copies_are_found_by_what_is_in_them(tmp_path: Path) -> None:
    first, second = write(tmp_path / "a.gguf", b"x" * 5000), write(tmp_path / "b.gguf", b"x" * 5000)
    other, alone = write(tmp_path / "c.gguf", b"y" * 5000), write(tmp_path / "d.gguf", b"z")
    linked = tmp_path / "link.gguf"
    linked.hardlink_to(first)
    files = weight_files(entry(str(path)) for path in (first, second, other, alone, linked))
    assert len(files) == 4, "a second name of one file takes no room"
    wanted = candidates(files, {})
    assert {Path(each.path).name for each in wanted} == {"a.gguf", "b.gguf"}
    heard: list[int] = []

    def progress(done: int) -> bool:
        heard.append(done)
        return True

    hashed = list(hash_files(wanted, progress))
    assert heard[-1] == 10_000
    known = {each.file.path: (each.file.size, each.file.mtime_ns, each.sha256) for each in hashed}
    (group,) = duplicates(files, known)
    assert (set(group.owners), group.freeable) == ({str(first), str(second)}, 5000)
    assert candidates(files, known) == []
    second.write_bytes(b"x" * 4999 + b"!")
    assert duplicates(weight_files(entry(str(path)) for path in (first, second)), known) == []


def test_comparing_files_can_be_stopped(tmp_path: Path) -> None:
    paths = [write(tmp_path / f"{name}.gguf", b"x" * 5000) for name in "ab"]
    files = candidates(weight_files(entry(str(path)) for path in paths), {})
    with pytest.raises(Cancelled):
        list(hash_files(files, lambda _done: False))
