"""Tags, hashes and measured loads of model files."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from engine.protocol.values import ContextParams, LoadedModel, LoadMemory, MemoryBuffer
from engine.store.database import Store, open_store
from engine.store.records import Change, FileHash, ModelTags

MODEL = LoadedModel(
    name="m", path="/m.gguf", backend="llama_cpp", model_hash="sampled:a", architecture="llama",
    quantization="Q4_1", parameters=1, size_bytes=1, n_ctx=4096, n_ctx_train=8192, n_layer=1, n_head=1,
    n_head_kv=1, n_embd=1, n_vocab=1, kv_bytes_per_token=1.0, flash_attention=False, n_threads=1,
    n_gpu_layers=0, device="CPU", has_template=True, template_hash="t", engine_build="b", load_ms=1.0,
    context=ContextParams(),
    memory=LoadMemory(100, 20, 5, (MemoryBuffer("CPU", "weights", 99), MemoryBuffer("CPU", "kv", 20)), 130),
)  # fmt: skip


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    opened = open_store(home)
    yield opened
    opened.close()


def test_tags_are_replaced_moved_and_taken_away(store: Store) -> None:
    heard: list[Change] = []
    store.subscribe(heard.append)
    first = ModelTags("/a.gguf", "sampled:a", 10, ("good", "fast"))
    store.library.set_tags(first)
    store.library.set_tags(ModelTags("/b.gguf", "sampled:b", 20, ("other",)))
    store.library.set_tags(replace(first, tags=("good",)))
    assert [(each.path, each.tags) for each in store.library.tags()] == [
        ("/a.gguf", ("good",)),
        ("/b.gguf", ("other",)),
    ]
    store.library.move_tags("/a.gguf", "/new/a.gguf")
    store.library.set_tags(ModelTags("/b.gguf", "sampled:b", 20, ()))
    assert [(each.path, each.fingerprint) for each in store.library.tags()] == [("/new/a.gguf", "sampled:a")]
    assert {change.area for change in heard} == {"library"}


def test_hashes_are_kept_by_path(store: Store) -> None:
    store.library.save_hashes([FileHash("/a", 1, 2, "x"), FileHash("/b", 3, 4, "y")])
    store.library.save_hashes([FileHash("/a", 5, 6, "z")])
    assert sorted(store.library.hashes(), key=lambda each: each.path) == [
        FileHash("/a", 5, 6, "z"),
        FileHash("/b", 3, 4, "y"),
    ]


def test_the_last_loads_of_a_file_are_kept(store: Store) -> None:
    for number in range(25):
        store.library.add_load(replace(MODEL, n_ctx=number))
    store.library.add_load(replace(MODEL, path="/other.gguf", model_hash="sampled:o"))
    store.library.add_load(replace(MODEL, memory=None))
    loads = store.library.loads("/m.gguf")
    assert [load.n_ctx for load in loads] == list(range(24, 4, -1))
    assert loads[0].memory == MODEL.memory
    assert (loads[0].memory.predicted, loads[0].memory.taken) == (125, 119)
    assert loads[0].memory.taken_for("kv") == 20
