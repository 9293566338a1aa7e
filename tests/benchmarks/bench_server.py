"""The local server against llama-server: `python tests/benchmarks/bench_server.py --llama-server PATH`.

Eight clients at once ask both for replies of the same length, in turns (A B A B …), with the same model,
threads, context, attention kernel and layout of the weights. Total tokens per second over all clients; the
median of pairwise ratios is printed. Build llama-server from the source inside the pinned llama-cpp-python's
sdist, with packaging/llama_cpp/amx_tile_config.h before every source where the processor has AMX. Run it on
an otherwise idle machine.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import msgspec

from engine.backends.llama_cpp import tuning
from engine.backends.llama_cpp.threads import default_threads
from engine.client.server_process import ServerProcess
from engine.protocol.serving import ServerEvent, ServerListening, ServeSpec
from engine.protocol.values import ContextParams
from tests.benchmarks.bench_engine import report
from tests.support.starter import installed_starter

CLIENTS = 8
START_S = 300
"""Where a home is new, the layout of the weights is measured first, which takes long on a busy machine."""
TOKENS = 64
N_CTX = 8192
TOKEN = "bench"


def ask(port: int, number: int) -> int:
    """Tokens of one reply."""
    body = {
        "messages": [
            {"role": "user", "content": f"Write about the number {number} and what it is used for."}
        ],
        "max_tokens": TOKENS,
        "seed": number,
        "temperature": 0.8,
        "stop": [],
        "logit_bias": {"2": -100},  # the end of the turn: all replies are as long
    }
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/v1/chat/completions",
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json", "Authorization": f"Bearer {TOKEN}"},
    )
    with urllib.request.urlopen(request, timeout=300) as answer:  # noqa: S310 - a fixed address
        return int(json.load(answer)["usage"]["completion_tokens"])


def total_rate(port: int, first: int) -> float:
    """Tokens per second of all clients together."""
    counts: list[int] = []
    threads = [
        threading.Thread(target=lambda number=number: counts.append(ask(port, number)))
        for number in range(first, first + CLIENTS)
    ]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(counts) == CLIENTS, "a client failed"
    return sum(counts) / (time.perf_counter() - started)


class Ours:
    def __init__(self, home: Path, path: Path, threads: int) -> None:
        self._ready = threading.Event()
        self.port = 0
        context = ContextParams(n_ctx=N_CTX, n_threads=threads, flash_attention="off")
        spec = ServeSpec(path=str(path), name="starter", token=TOKEN, slots=CLIENTS, context=context)
        self._process = ServerProcess(home, spec, self._take, lambda: None)
        if not self._ready.wait(START_S):
            self.close()
            raise TimeoutError("Lathe's server does not listen")

    def _take(self, event: ServerEvent) -> None:
        if isinstance(event, ServerListening):
            self.port = event.port
            self._ready.set()

    def close(self) -> None:
        self._process.stop()
        self._process.wait(20)


class Theirs:
    def __init__(self, program: str, path: Path, threads: int, port: int, *, repack: bool) -> None:
        self.port = port
        command = [
            program,
            "-m",
            str(path),
            "--port",
            str(port),
            "--parallel",
            str(CLIENTS),
            "-c",
            str(N_CTX),
        ]
        command += ["-t", str(threads), "-tb", str(threads), "-fa", "off", "--api-key", TOKEN, "-kvu"]
        command += ["--repack" if repack else "--no-repack", "--no-webui"]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(600):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=1).close()
                return
            except OSError:
                assert self._process.poll() is None, "llama-server ended"
                time.sleep(0.1)
        raise TimeoutError("llama-server does not answer")

    def close(self) -> None:
        self._process.kill()
        self._process.wait()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--llama-server", required=True, metavar="PATH")
    parser.add_argument("--port", type=int, default=18411, help="for llama-server")
    options = parser.parse_args()
    path = installed_starter()
    if path is None:
        sys.exit("The starter model is not installed: run python3 dev.py run once.")
    threads = default_threads()
    with tempfile.TemporaryDirectory() as folder:
        ours = Ours(Path(folder), path, threads)
        # The same layout of the weights for both: the one that was measured to be faster here.
        choices = msgspec.json.decode(
            (Path(folder) / tuning.FILE_NAME).read_bytes(), type=dict[str, tuning.Tuning]
        )
        repack = any(choice.extra_buffers for choice in choices.values())
        theirs = Theirs(options.llama_server, path, threads, options.port, repack=repack)
        try:
            total_rate(ours.port, 1000)
            total_rate(theirs.port, 1000)
            pairs = [
                (total_rate(ours.port, 100 * round_), total_rate(theirs.port, 100 * round_))
                for round_ in range(options.rounds)
            ]
        finally:
            ours.close()
            theirs.close()
    report(
        f"{CLIENTS} clients at once, total tokens/s, against llama-server",
        statistics.median(a for a, _ in pairs),
        statistics.median(b for _, b in pairs),
        statistics.median(a / b for a, b in pairs),
        0.9,
    )


if __name__ == "__main__":
    main()
