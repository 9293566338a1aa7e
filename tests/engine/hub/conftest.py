"""A hub on this machine, and the way to it."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.hub.download import run_download
from engine.protocol.hub import Downloaded, DownloadJob
from engine.protocol.jobs import JobEvent, JobNotice, JobStep
from tests.support.hub_server import HubServer, Repo, serving
from tests.support.tiny_llama import write_tiny_llama

GGUF = "org/Tiny-GGUF"
FOLDER = "org/Tiny"


@pytest.fixture(autouse=True)
def online(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test of the program is offline; these ask a server of their own."""
    import huggingface_hub.constants

    monkeypatch.setenv("HF_HUB_OFFLINE", "0")
    for name in ("HF_TOKEN", "HF_ENDPOINT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", False)


@pytest.fixture(scope="session")
def gguf(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return write_tiny_llama(tmp_path_factory.mktemp("hub") / "tiny.gguf").read_bytes()


@pytest.fixture
def hub(gguf: bytes) -> Iterator[HubServer]:
    noise = random.Random(1).randbytes(3 << 20)
    repos = {
        GGUF: Repo(
            {
                "Tiny-Q4_K_M.gguf": gguf,
                "Tiny-Q8_0.gguf": gguf + noise,
                "F16/Tiny-F16-00001-of-00002.gguf": gguf + noise[: 1 << 20],
                "F16/Tiny-F16-00002-of-00002.gguf": noise + noise[: 1 << 20],
                "mmproj-Tiny-F16.gguf": noise[:5000],
                "README.md": b"# Tiny",
                "run.py": b"print('no')",
            },
            downloads=500,
            likes=7,
            gguf={"total": 1_000_000, "architecture": "llama", "context_length": 512},
            base_model="org/Tiny",
        ),
        FOLDER: Repo(
            {
                "config.json": b'{"model_type": "llama"}',
                "tokenizer.json": b'{"version": "1.0"}',
                "model.safetensors": noise[: 1 << 20],
                "pytorch_model.bin": b"pickle",
                "onnx/model.safetensors": noise[:10],
                "modeling_tiny.py": b"print('no')",
            },
            downloads=90,
            likes=70,
            tags=("safetensors",),
        ),
    }
    with serving(repos) as server:
        yield server


class Fetching:
    """Downloads in this process, without patience, and what they say."""

    def __init__(self, hub: HubServer, home: Path) -> None:
        self.hub, self.events = hub, list[JobEvent]()
        self.folder = home / "models" / "org" / "model"

    def __call__(
        self, repo: str, *files: str, revision: str = "", waits: tuple[float, ...] = (0.01, 0.01)
    ) -> Downloaded:
        job = DownloadJob(self.hub.url, repo, files, str(self.folder), revision)
        return run_download(job, self.events.append, waits)

    @property
    def notices(self) -> list[str]:
        return [event.code for event in self.events if isinstance(event, JobNotice)]

    @property
    def fractions(self) -> list[float]:
        return [event.fraction for event in self.events if isinstance(event, JobStep)]


@pytest.fixture
def fetch(hub: HubServer, home: Path) -> Fetching:
    return Fetching(hub, home)
