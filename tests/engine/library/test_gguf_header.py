import random
import struct
from pathlib import Path

import gguf
import pytest

from engine.errors import UserError
from engine.library.describe import describe
from engine.library.ggml_types import FILE_TYPES, GGML_TYPES, quantization_label
from engine.library.gguf_header import GgufArray, read_array, read_header
from tests.engine.library import tiny_gguf
from tests.engine.library.tiny_gguf import build, llama_items, string, tensor, u32, write


def code_of(path: Path) -> str:
    with pytest.raises(UserError) as caught:
        read_header(path)
    return caught.value.code


def test_the_tiny_file_is_read_completely(tmp_path: Path) -> None:
    header = read_header(write(tmp_path / "a.gguf", tiny_gguf.tiny()))
    assert header.version == 3
    assert header.metadata["general.name"] == "Tiny"
    assert [(info.name, info.shape, info.type.name, info.nbytes) for info in header.tensors] == [
        ("token_embd.weight", (64, 4), "F32", 1024),
        ("output.weight", (64, 2), "Q8_0", 136),
    ]
    assert header.tensors[1].offset == header.data_offset + 1024
    assert header.file_size == header.tensors[1].offset + 136


def test_the_starter_agrees_with_the_reference_reader(starter_path: Path) -> None:
    header = read_header(starter_path)
    reference = gguf.GGUFReader(starter_path)
    assert len(header.tensors) == len(reference.tensors)
    for ours, theirs in zip(header.tensors, reference.tensors, strict=True):
        assert ours.name == theirs.name
        assert ours.offset == theirs.data_offset
        assert ours.nbytes == theirs.n_bytes
        assert list(ours.shape) == [int(size) for size in theirs.shape]
    assert set(header.metadata) == {key for key in reference.fields if not key.startswith("GGUF.")}
    tokens = read_array(header, "tokenizer.ggml.tokens")
    assert len(tokens) == 49152
    assert tokens[1:3] == ("<|im_start|>", "<|im_end|>")
    merges = header.metadata["tokenizer.ggml.merges"]
    assert isinstance(merges, GgufArray)
    assert merges.values is None


def test_type_tables_are_the_references() -> None:
    known = {int(kind): (kind.name, *gguf.GGML_QUANT_SIZES[kind]) for kind in gguf.GGMLQuantizationType}
    known[9] = ("Q8_1", 32, 36)  # gguf's table is behind here: ggml stores two halves, not two floats
    known[42] = ("Q2_0", 64, 18)  # newer in ggml than in gguf
    assert {number: tuple(kind) for number, kind in GGML_TYPES.items()} == known
    names = {
        int(kind): kind.name.removeprefix("ALL_").removeprefix("MOSTLY_").removesuffix("_MOE")
        for kind in gguf.LlamaFileType
        if kind is not gguf.LlamaFileType.GUESSED
    }
    assert names | {41: "Q2_0"} == FILE_TYPES


def test_the_quantization_is_named_by_the_file_or_by_most_bytes() -> None:
    assert quantization_label(15, []) == "Q4_K_M"
    assert quantization_label(15, [("Q4_K", 60), ("Q6_K", 40)]) == "Q4_K_M"
    assert quantization_label(None, [("F32", 5), ("Q4_0", 90), ("F32", 3)]) == "Q4_0"
    assert quantization_label(8, [("Q5_0", 90), ("F32", 5)]) == "Q5_0"
    assert quantization_label(8, [("Q4_K", 40), ("Q5_0", 60)]) == "mixed Q5_0/Q4_K"
    assert quantization_label(8, [("Q4_K", 30), ("Q8_0", 20), ("Q5_0", 50)]) == "mixed Q5_0/Q4_K…"
    assert quantization_label(1024, [("Q6_K", 1)]) == "Q6_K"
    assert quantization_label(None, []) == ""


WRONG: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "not_gguf"),
    "text": (b"once upon a time", "not_gguf"),
    "magic only": (b"GGUF", "truncated"),
    "version 1": (build([], [], version=1), "corrupt"),
    "version 9": (build([], [], version=9), "corrupt"),
    "big-endian": (b"GGUF" + struct.pack(">IQQ", 3, 0, 0), "corrupt"),
    "many tensors": (build([], [], tensor_count=10**6), "truncated"),
    "absurd tensors": (build([], [], tensor_count=2**63), "corrupt"),
    "absurd keys": (build([], [], key_count=2**64 - 1), "corrupt"),
    "long key": (
        build([], [], bytes(64), key_count=1)[:24] + struct.pack("<Q", 2**60) + bytes(80),
        "corrupt",
    ),
    "long string": (build([("k", 8, struct.pack("<Q", 2**40))], []), "corrupt"),
    "string past the end": (build([("k", 8, struct.pack("<Q", 4096))], []), "truncated"),
    "huge array": (build([("k", 9, struct.pack("<IQ", 4, 2**62))], []), "corrupt"),
    "array past the end": (build([("k", 9, struct.pack("<IQ", 4, 2**24))], []), "truncated"),
    "strings past the end": (build([("k", 9, struct.pack("<IQ", 8, 2**24))], []), "truncated"),
    "nested": (build([("k", 9, struct.pack("<IQ", 9, 1) * 50)], []), "corrupt"),
    "unknown value type": (build([("k", 77, b"")], [], bytes(99)), "corrupt"),
    "twice the same key": (build([u32("k", 1), u32("k", 1)], []), "corrupt"),
    "odd alignment": (build([u32("general.alignment", 48)], []), "corrupt"),
    "text as alignment": (build([string("general.alignment", "32")], []), "corrupt"),
    "no dimensions": (build([], [tensor("a", (), 0, 0)], bytes(64)), "corrupt"),
    "five dimensions": (build([], [tensor("a", (1,) * 5, 0, 0)], bytes(64)), "corrupt"),
    "zero dimension": (build([], [tensor("a", (32, 0), 0, 0)], bytes(64)), "corrupt"),
    "overflow": (build([], [tensor("a", (2**40, 2**40), 0, 0)], bytes(64)), "corrupt"),
    "overflow to small": (build([], [tensor("a", (2**32, 2**32), 0, 0)], bytes(64)), "corrupt"),
    "unknown tensor type": (build([], [tensor("a", (32,), 4, 0)], bytes(64)), "corrupt"),
    "broken row": (build([], [tensor("a", (33,), 8, 0)], bytes(64)), "corrupt"),
    "unaligned": (build([], [tensor("a", (8,), 0, 8)], bytes(64)), "corrupt"),
    "same name": (build([], [tensor("a", (8,), 0, 0), tensor("a", (8,), 0, 32)], bytes(64)), "corrupt"),
    "overlap": (build([], [tensor("a", (16,), 0, 0), tensor("b", (8,), 0, 32)], bytes(64)), "corrupt"),
    "far away": (build([], [tensor("a", (8,), 0, 2**40)], bytes(64)), "truncated"),
    "impossibly far": (build([], [tensor("a", (8,), 0, 2**64 - 32)], bytes(64)), "corrupt"),
}


@pytest.mark.parametrize("name", WRONG)
def test_each_defect_has_its_own_sentence(tmp_path: Path, name: str) -> None:
    data, code = WRONG[name]
    assert code_of(write(tmp_path / "x.gguf", data)) == f"model.{code}"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (bytes(4096), "begins with zeros"),
        (b"GGUF" + bytes(4096), "zeros stand where its version should"),
        (b"GGUF" + struct.pack(">IQQ", 3, 0, 0), "big-endian"),
        (b"GGUF" + struct.pack("<IQQ", 0x50000, 0, 0), "version 327680"),
    ],
)
def test_only_a_big_endian_file_is_called_so(tmp_path: Path, data: bytes, words: str) -> None:
    with pytest.raises(UserError) as caught:
        read_header(write(tmp_path / "x.gguf", data))
    assert caught.value.code == "model.corrupt"
    assert words in str(caught.value.params["what"])


def test_a_truncated_file_says_how_long_it_should_be(tmp_path: Path) -> None:
    whole = tiny_gguf.tiny()
    with pytest.raises(UserError) as caught:
        read_header(write(tmp_path / "x.gguf", whole[:-1]))
    assert caught.value.code == "model.truncated"
    assert caught.value.params["expected_bytes"] == str(len(whole))


def test_what_is_no_readable_file_is_said(tmp_path: Path) -> None:
    assert code_of(tmp_path / "none.gguf") == "model.missing"
    assert code_of(tmp_path) == "model.not_gguf"


def test_a_small_alignment_and_version_2_are_read(tmp_path: Path) -> None:
    data = build([u32("general.alignment", 8)], [tensor("a", (2,), 0, 8)], bytes(64), version=2)
    assert read_header(write(tmp_path / "x.gguf", data)).alignment == 8


def _mutated(data: bytes, random_: random.Random, header: int) -> bytes:
    """Flipped bytes, extreme numbers, cuts and swaps, all in the header."""
    changed = bytearray(data)
    for _ in range(random_.randint(1, 4)):
        place = random_.randrange(header)
        kind = random_.randrange(5)
        if kind == 0:
            changed[place] ^= 1 << random_.randrange(8)
        elif kind == 1:
            changed[place : place + 8] = struct.pack(
                "<Q", random_.choice([0, 1, 2**31, 2**32, 2**63, 2**64 - 1])
            )
        elif kind == 2:
            changed[place : place + 4] = struct.pack("<I", random_.choice([0, 7, 8, 9, 13, 2**31, 2**32 - 1]))
        elif kind == 3:
            del changed[place : place + random_.randint(1, 16)]
        else:
            changed = changed[:place] if random_.random() < 0.2 else changed
            header = min(header, max(1, len(changed)))
    return bytes(changed)


def _only_user_errors(path: Path, data: bytes) -> bool:
    """Whether the file was accepted; anything but a `UserError` fails the test."""
    path.write_bytes(data)
    try:
        describe(read_header(path))
    except UserError:
        return False
    return True


def test_thousands_of_mutated_tiny_headers_raise_only_user_errors(tmp_path: Path) -> None:
    random_ = random.Random(11)
    data = tiny_gguf.tiny()
    path = tmp_path / "x.gguf"
    accepted = sum(_only_user_errors(path, _mutated(data, random_, len(data) - 1160)) for _ in range(4700))
    assert 0 < accepted < 4700


def test_hundreds_of_mutated_starter_headers_raise_only_user_errors(
    tmp_path: Path, starter_path: Path
) -> None:
    """Mutations near the ends of the header, where the counts, keys and tensors are; weights left out."""
    random_ = random.Random(12)
    length = read_header(starter_path).data_offset
    with starter_path.open("rb") as file:
        data = file.read(length)
    path = tmp_path / "x.gguf"
    for number in range(300):
        changed = bytearray(data)
        low, high = (0, 2000) if number % 2 else (length - 20_000, length)
        changed[low:high] = _mutated(bytes(changed[low:high]), random_, high - low)
        assert not _only_user_errors(path, bytes(changed))


def test_every_cut_of_a_tiny_file_is_truncated(tmp_path: Path) -> None:
    data = tiny_gguf.tiny()
    path = tmp_path / "x.gguf"
    for length in range(4, len(data), 3):
        assert code_of(write(path, data[:length])) == "model.truncated"


def test_facts_of_a_tiny_model(tmp_path: Path) -> None:
    facts = describe(read_header(write(tmp_path / "x.gguf", tiny_gguf.tiny())))
    assert (facts.architecture, facts.n_layer, facts.kv_heads, facts.n_vocab) == ("llama", 2, (2, 2), 3)
    assert (facts.key_length, facts.parameters, facts.tensor_bytes) == (16, 384, 1160)
    hostile = build(llama_items(block_count=2**32 - 1, **{"attention.head_count": 2**32 - 1}), [])
    assert describe(read_header(write(tmp_path / "y.gguf", hostile))).n_layer <= 4096
