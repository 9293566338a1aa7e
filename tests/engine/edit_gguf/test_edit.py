"""Another header, the same tensors, byte for byte; and a new file or none."""

import struct
from pathlib import Path

import pytest

from engine.edit_gguf.document import TEMPLATE, TOKENS, read_editable, read_items
from engine.edit_gguf.job import run_edit
from engine.edit_gguf.kinds import check, encode, parse
from engine.edit_gguf.layout import read_layout
from engine.errors import UserError
from engine.library.gguf_header import GgufArray, GgufHeader, read_header
from engine.output import part_path
from engine.protocol.gguf_edit import Change, EditGgufJob, RemoveKey, SetItem, SetKey
from engine.protocol.jobs import FileWritten, JobStep
from tests.support.tiny_llama import write_tiny_llama


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_llama(tmp_path_factory.mktemp("edit") / "tiny.gguf")


def edit(source: Path, target: Path, *changes: Change) -> FileWritten:
    return run_edit(EditGgufJob(str(source), str(target), changes), lambda _event: None)


def tensors_of(header: GgufHeader) -> dict[str, bytes]:
    data = header.path.read_bytes()
    return {each.name: data[each.offset : each.offset + each.nbytes] for each in header.tensors}


def same_metadata(before: GgufHeader, after: GgufHeader, but: set[str]) -> bool:
    def plain(header: GgufHeader) -> dict[str, object]:
        return {
            key: (value.item_type, value.length, value.values) if isinstance(value, GgufArray) else value
            for key, value in header.metadata.items()
            if key not in but
        }

    return plain(before) == plain(after) and list(plain(before)) == list(plain(after))


def test_without_changes_it_is_the_same_file(tiny: Path, tmp_path: Path) -> None:
    edit(tiny, tmp_path / "copy.gguf")
    assert (tmp_path / "copy.gguf").read_bytes() == tiny.read_bytes()


def test_values_of_every_kind(tiny: Path, tmp_path: Path) -> None:
    values: dict[str, tuple[str, object]] = {
        "x.u8": ("u8", 255), "x.i8": ("i8", -128), "x.u16": ("u16", 65535), "x.i16": ("i16", -5),
        "x.u32": ("u32", 2**32 - 1), "x.i32": ("i32", -(2**31)), "x.f32": ("f32", 0.5),
        "x.bool": ("bool", True),
        "x.string": ("string", "Grüße 🦉"), "x.u64": ("u64", 2**64 - 1), "x.i64": ("i64", -(2**63)),
        "x.f64": ("f64", 0.1),
    }  # fmt: skip
    changes = [SetKey(key, kind, value) for key, (kind, value) in values.items()]  # type: ignore[arg-type]
    lists = [SetKey("x.list", "array", ["a", "b"], "string"), SetKey("x.numbers", "array", [1, 2], "i32")]
    edit(tiny, tmp_path / "new.gguf", *changes, *lists)
    header = read_header(tmp_path / "new.gguf")
    assert {key: header.metadata[key] for key in values} == {key: value for key, (_, value) in values.items()}
    for key, expected in (("x.list", ("a", "b")), ("x.numbers", (1, 2))):
        array = header.metadata[key]
        assert isinstance(array, GgufArray)
        assert array.values == expected


def test_tensors_are_the_same_bytes(tiny: Path, tmp_path: Path) -> None:
    target = tmp_path / "new.gguf"
    end = edit(
        tiny,
        target,
        SetKey("general.name", "string", "a much longer name than before" * 40),
        SetKey(TEMPLATE, "string", "{{ messages }}"),
        RemoveKey("general.file_type"),
        SetItem(TOKENS, 3, "<new>"),
        SetItem(TOKENS, 1, ""),
    )
    before, after = read_header(tiny), read_header(target)
    assert tensors_of(before) == tensors_of(after)
    assert [each.name for each in before.tensors] == [each.name for each in after.tensors]
    assert after.data_offset % after.alignment == 0
    changed = {"general.name", TEMPLATE, "general.file_type", TOKENS}
    assert same_metadata(before, after, changed)
    assert end.size_bytes == target.stat().st_size
    old, new = read_items(str(tiny), TOKENS), read_items(str(target), TOKENS)
    assert len(old) == len(new)
    assert (new[1], new[3]) == ("", "<new>")
    assert [*old[:1], old[2], *old[4:]] == [*new[:1], new[2], *new[4:]]


def test_llama_cpp_reads_the_new_file(tiny: Path, tmp_path: Path) -> None:
    import gguf

    edit(tiny, tmp_path / "new.gguf", SetKey("general.description", "string", "edited"))
    reader = gguf.GGUFReader(tmp_path / "new.gguf")
    assert reader.get_field("general.description").contents() == "edited"
    assert len(reader.tensors) == len(read_header(tiny).tensors)


def test_the_last_change_counts_and_added_keys_can_go_again(tiny: Path, tmp_path: Path) -> None:
    edit(
        tiny,
        tmp_path / "new.gguf",
        SetKey("general.name", "string", "first"),
        SetKey("general.name", "string", "second"),
        SetKey("x.gone", "u8", 1),
        RemoveKey("x.gone"),
        RemoveKey("x.never_there"),
    )
    metadata = read_header(tmp_path / "new.gguf").metadata
    assert metadata["general.name"] == "second"
    assert "x.gone" not in metadata


def test_items_of_numbers(tiny: Path, tmp_path: Path) -> None:
    key = "tokenizer.ggml.token_type"
    edit(tiny, tmp_path / "new.gguf", SetItem(key, 0, 3), SetItem(key, 5, 4))
    items = read_items(str(tmp_path / "new.gguf"), key)
    assert (items[0], items[5]) == (3, 4)
    assert items[6:] == read_items(str(tiny), key)[6:]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (SetKey("x", "u8", 256), "edit.value"),
        (SetKey("x", "u8", "1"), "edit.value"),
        (SetKey("x", "bool", 1), "edit.value"),
        (SetKey("x", "string", "a\0b"), "edit.value"),
        (SetKey("x", "f32", 1e300), "edit.value"),
        (SetKey("x", "array", [1, "a"], "u8"), "edit.value"),
        (SetKey("x", "array", [1], "array"), "edit.value"),
        (SetKey("x y", "u8", 1), "edit.key"),
        (SetKey("", "u8", 1), "edit.key"),
        (SetKey("general.alignment", "u32", 64), "edit.fixed"),
        (RemoveKey("general.alignment"), "edit.fixed"),
        (SetItem(TOKENS, 10**9, "x"), "edit.no_item"),
        (SetItem(TOKENS, -1, "x"), "edit.no_item"),
        (SetItem("general.name", 0, "x"), "edit.no_item"),
        (SetItem(TOKENS, 0, 5), "edit.value"),
    ],
)
def test_what_cannot_be_written(tiny: Path, tmp_path: Path, change: Change, code: str) -> None:
    with pytest.raises(UserError) as raised:
        edit(tiny, tmp_path / "new.gguf", change)
    assert raised.value.code == code
    assert not list(tmp_path.glob("*.gguf*"))


def test_the_source_is_never_written(tiny: Path) -> None:
    before = tiny.read_bytes()
    with pytest.raises(UserError) as raised:
        edit(tiny, tiny, SetKey("general.name", "string", "x"))
    assert raised.value.code == "output.is_source"
    assert tiny.read_bytes() == before


def test_parts_of_a_split_model_are_refused(tmp_path: Path) -> None:
    first = write_tiny_llama(tmp_path / "split.gguf", split=2)
    part = next(iter(sorted(tmp_path.glob("*-00001-of-*.gguf"))), first)
    with pytest.raises(UserError) as raised:
        edit(part, tmp_path / "new.gguf")
    assert raised.value.code == "edit.split"


@pytest.mark.parametrize("cut", [0, 3, 30, 400, -100])
def test_damaged_sources(tiny: Path, tmp_path: Path, cut: int) -> None:
    damaged = tmp_path / "damaged.gguf"
    damaged.write_bytes(tiny.read_bytes()[:cut])
    with pytest.raises(UserError) as raised:
        edit(damaged, tmp_path / "new.gguf")
    assert raised.value.code.startswith("model.")
    assert not part_path(tmp_path / "new.gguf").exists()


def test_progress_is_told(tiny: Path, tmp_path: Path) -> None:
    steps: list[JobStep] = []
    job = EditGgufJob(str(tiny), str(tmp_path / "new.gguf"), ())
    run_edit(job, lambda event: steps.append(event) if isinstance(event, JobStep) else None)
    assert steps[-1].fraction == 1.0


def test_the_layout_covers_the_header_without_gaps(tiny: Path) -> None:
    layout = read_layout(tiny)
    ends = [24, *(stored.end for stored in layout.keys)]
    assert [stored.start for stored in layout.keys] == ends[:-1]
    assert layout.infos[0] == ends[-1]
    assert -(-layout.infos[1] // 32) * 32 == layout.header.data_offset


def test_a_document_for_the_editor(tiny: Path) -> None:
    file = read_editable(str(tiny))
    assert file.text("general.architecture") == "llama"
    tokens = file.find(TOKENS)
    assert tokens is not None
    assert (tokens.kind, tokens.item_kind, tokens.value) == ("array", "string", None)
    assert tokens.length == file.vocabulary == len(read_items(str(tiny), TOKENS))
    assert file.text("no.such.key") == ""
    assert read_items(str(tiny), "general.name") == []


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("u8", " 7 ", 7),
        ("i32", "0x10", 16),
        ("f32", "1e-5", 1e-5),
        ("bool", "TRUE", True),
        ("string", " a ", " a "),
    ],
)
def test_typed_texts(kind: str, text: str, value: object) -> None:
    assert parse(kind, text) == value


@pytest.mark.parametrize(
    ("kind", "text"), [("u8", "-1"), ("u8", "1.5"), ("bool", "1"), ("f64", "inf"), ("f32", "x")]
)
def test_typed_texts_that_are_none(kind: str, text: str) -> None:
    with pytest.raises(UserError) as raised:
        parse(kind, text)
    assert raised.value.code == "edit.value"


def test_numbers_are_little_endian() -> None:
    assert encode("u32", 1) == struct.pack("<I", 1)
    assert check("f64", 3) == 3.0
