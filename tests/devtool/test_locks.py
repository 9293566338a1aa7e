"""The locks say what pyproject.toml says, for every platform, and nothing about where files come from."""

import re
import tomllib

from devtool import layout, locks
from devtool.locks import entry_name, split_entries, training_only
from tests.support.sources import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCK = """\
aaa==1 \\
    --hash=sha256:11 \\
    --hash=sha256:12
llama-cpp-python==0.3 \\
    --hash=sha256:21
zzz==2 ; sys_platform == 'win32' \\
    --hash=sha256:31
"""


def normal(requirement: str) -> str:
    return re.split(r"[<>=!~ ;\[]", requirement)[0].lower().replace("_", "-")


def names_in(text: str) -> set[str]:
    return {name for line in text.splitlines() if (name := entry_name(line))}


def test_every_dependency_is_locked() -> None:
    locked = names_in(layout.RUNTIME_LOCK.read_text("utf-8")) | names_in(
        layout.ENGINE_LOCK.read_text("utf-8")
    )
    assert {normal(text) for text in PROJECT["project"]["dependencies"]} <= locked
    tools = names_in(layout.TOOLS_LOCK.read_text("utf-8"))
    assert {normal(text) for text in PROJECT["dependency-groups"]["dev"]} <= tools


def test_training_is_locked_exactly_and_apart() -> None:
    text = layout.TRAIN_LOCK.read_text("utf-8")
    entries = [line for line in text.splitlines() if not line.startswith("#")]
    assert {"torch==2.13.0", "transformers==5.23.0", "peft==0.21.2", "trl==1.16.0"} <= set(entries)
    assert all("==" in line and "--hash" not in line for line in entries)
    assert names_in(text).isdisjoint(names_in(layout.RUNTIME_LOCK.read_text("utf-8")))
    assert not any(name.startswith(locks.FROM_TORCH) for name in names_in(text))
    assert "torch" not in names_in(layout.RUNTIME_LOCK.read_text("utf-8"))


def test_locks_serve_every_platform() -> None:
    text = layout.RUNTIME_LOCK.read_text("utf-8")
    assert "pywin32-ctypes==" in text
    assert re.search(r"jeepney==\S+ ; sys_platform == 'linux'", text)
    numpy, _ = split_entries(text, lambda name: name == "numpy")
    assert numpy.count("--hash=") > 30, "one hash for each file of the release"


def test_every_entry_has_a_hash() -> None:
    for lock in (
        layout.RUNTIME_LOCK,
        layout.ENGINE_LOCK,
        layout.STARTER_LOCK,
        layout.ENCODER_LOCK,
        layout.BUILD_LOCK,
        layout.TOOLS_LOCK,
    ):
        text = lock.read_text("utf-8")
        for name in names_in(text):
            entry, _ = split_entries(text, name.__eq__)
            assert "--hash=sha256:" in entry, name


def test_locks_name_no_place() -> None:
    for path in layout.LOCKS.glob("*.txt"):
        assert "://" not in path.read_text("utf-8")
        assert "index-url" not in path.read_text("utf-8")


def test_versions_of_tools_and_runtime_agree() -> None:
    def versions(text: str) -> dict[str, str]:
        return dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", text, re.MULTILINE | re.IGNORECASE))

    runtime = versions(layout.RUNTIME_LOCK.read_text("utf-8"))
    for lock in (layout.TOOLS_LOCK, layout.BUILD_LOCK):
        for name, version in versions(lock.read_text("utf-8")).items():
            assert runtime.get(name, version) == version


def test_entries_keep_their_hashes() -> None:
    engine, others = split_entries(LOCK, lambda name: name == "llama-cpp-python")
    assert engine == "llama-cpp-python==0.3 \\\n    --hash=sha256:21\n"
    assert "sha256:12" in others
    assert "sha256:31" in others
    assert "sha256:21" not in others


def test_training_lock_leaves_out_what_is_known_or_pinned_by_torch() -> None:
    resolved = "aaa==1\ntorch==2.13.0\nnvidia-cublas==13 ; sys_platform == 'linux'\ntriton==3\npip==26\n"
    assert training_only(resolved, LOCK) == "torch==2.13.0\n"
