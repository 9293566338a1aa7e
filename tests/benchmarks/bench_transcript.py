"""Worst stall of the main thread while a reply streams into a chat of 10,000 messages.

Prints one JSON line. Tokens come from another thread at 200 a second (Markdown, tables, lists, code and
formulas) and reach the view as in the program: collected, handed over once every 33 ms. A timer of 4 ms is
the heartbeat: a gap between two beats, less the interval, is a stall. `quiet_stall_ms` is the same without
a stream: what the machine does to an idle event loop.

    python -m tests.benchmarks.bench_transcript [--messages 10000] [--seconds 12] [--rate 200]
"""

import argparse
import json
import os
import queue
import random
import re
import sys
import threading
import time

import psutil
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

from app.idle_gc import IdleGc
from app.theme.fonts import load_fonts
from app.theme.theme import Theme
from app.widgets.transcript.message import Role, TranscriptMessage
from app.widgets.transcript.view import TranscriptView

FRAME_MS = 33
BEAT_MS = 4
WORDS = (  # noqa: SIM905
    "model attention head layer token logits sampling temperature entropy gradient loss worker stream "
    "cache prompt context residual norm rotary embedding vocabulary softmax kernel batch latency"
).split()
CODE = '''```python
def softmax(x, temperature=1.0):
    """Numerically stable softmax."""
    x = np.asarray(x) / temperature
    x = x - x.max(axis=-1, keepdims=True)
    e = np.exp(x)
    return e / e.sum(axis=-1, keepdims=True)


class Sampler:
    def __init__(self, top_k: int = 40, top_p: float = 0.95) -> None:
        self.top_k, self.top_p = top_k, top_p  # limits
```'''
TABLE = "| Sampler | Cost |\n|---|--:|\n" + "".join(f"| `top_{n}` | {n} µs |\n" for n in range(6))


def sentence(rng: random.Random) -> str:
    words = [rng.choice(WORDS) for _ in range(rng.randint(6, 16))]
    if rng.random() < 0.3:
        words[1] = f"**{words[1]}**"
    if rng.random() < 0.3:
        words[-1] = f"`{words[-1]}_{rng.randint(1, 99)}`"
    return " ".join(words).capitalize() + "."


def answer(rng: random.Random) -> str:
    parts = [" ".join(sentence(rng) for _ in range(4))]
    if rng.random() < 0.35:
        parts.append(CODE)
    if rng.random() < 0.3:
        parts.append("\n".join(f"- {sentence(rng)}" for _ in range(4)))
    if rng.random() < 0.1:
        parts.append(TABLE)
    if rng.random() < 0.2:
        parts.insert(0, f"## {sentence(rng)}")
    return "\n\n".join(parts)


def conversation(count: int) -> list[TranscriptMessage]:
    """Questions and answers in turn."""
    rng = random.Random(7)
    messages = []
    for number in range(count):
        user = number % 2 == 0
        text = sentence(rng) if user else answer(rng)
        role: Role = "user" if user else "assistant"
        messages.append(TranscriptMessage(str(number), role, text))
    return messages


def stream_tokens(count: int) -> list[str]:
    """A reply with everything, one of its code blocks 400 lines long."""
    rng = random.Random(11)
    lines = "\n".join(
        f"    value_{n} = compute(layer={n}, scale={n / 7:.3f})  # step {n}" for n in range(400)
    )
    text = f"# Answer\n\n{answer(rng)}\n\n$$\\sum_{{i=1}}^n x_i^2$$\n\n{TABLE}\n\n"
    tokens = re.findall(r"\s?\w{1,4}|\s+|[^\w\s]", text)
    long_block = re.findall(r"\s?\w{1,4}|\s+|[^\w\s]", f"```python\ndef run():\n{lines}\n```\n\n")
    while len(tokens) < count // 3:
        tokens += re.findall(r"\s?\w{1,4}|\s+|[^\w\s]", answer(rng) + "\n\n")
    tokens += long_block[: count // 3]
    tokens += ["\n", "```", "\n\n"]
    while len(tokens) < count:
        tokens += re.findall(r"\s?\w{1,4}|\s+|[^\w\s]", answer(rng) + "\n\n$x^2 + y^2$ done.\n\n")
    return tokens[:count]


class Heartbeat:
    """Gaps between beats of the event loop, in milliseconds beyond the interval.

    `worst_cpu`: the most processor time of the main thread in one gap. A long gap with little of it means
    that the machine gave the thread to others.
    """

    def __init__(self) -> None:
        self.gaps: list[float] = []
        self.worst_cpu = 0.0
        self._last = time.perf_counter()
        self._last_cpu = time.thread_time()
        self._timer = QTimer(interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.gaps.append((now - self._last) * 1000 - BEAT_MS)
        self._last = now
        cpu = time.thread_time()
        self.worst_cpu = max(self.worst_cpu, (cpu - self._last_cpu) * 1000)
        self._last_cpu = cpu

    def take(self) -> list[float]:
        gaps, self.gaps = self.gaps, []
        self._last, self._last_cpu, self.worst_cpu = time.perf_counter(), time.thread_time(), 0.0
        return gaps


def spin(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def produce(tokens: list[str], rate: float, out: "queue.SimpleQueue[str | None]") -> None:
    start = time.perf_counter()
    for number, token in enumerate(tokens):
        delay = start + number / rate - time.perf_counter()
        if delay > 0:
            time.sleep(delay)
        out.put(token)
    out.put(None)


def stream(view: TranscriptView, tokens: list[str], rate: float) -> list[float]:
    """Feed all tokens; the processor time of each frame's work in milliseconds."""
    costs: list[float] = []
    arrived: queue.SimpleQueue[str | None] = queue.SimpleQueue()
    loop = QEventLoop()

    def flush() -> None:
        begin = time.thread_time()
        pieces: list[str] = []
        while not arrived.empty():
            piece = arrived.get()
            if piece is None:
                loop.quit()
                break
            pieces.append(piece)
        if pieces:
            view.feed("reply", "".join(pieces))
            costs.append((time.thread_time() - begin) * 1000)

    timer = QTimer(interval=FRAME_MS, timerType=Qt.TimerType.PreciseTimer)
    timer.timeout.connect(flush)
    timer.start()
    producer = threading.Thread(target=produce, args=(tokens, rate, arrived))
    producer.start()
    loop.exec()
    producer.join()
    timer.stop()
    return costs


def main() -> None:
    parser = argparse.ArgumentParser(description="stall of the main thread while a reply streams")
    parser.add_argument("--messages", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=12)
    parser.add_argument("--rate", type=float, default=200)
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.setswitchinterval(0.001)
    application = QApplication([])
    load_fonts()
    theme = Theme("dark")
    theme.install(application)
    messages = conversation(options.messages)
    view = TranscriptView(theme)
    view.resize(900, 800)
    view.show()
    spin(200)
    collector = IdleGc(lambda: True)
    collector.start()

    begin = time.perf_counter()
    view.set_messages(messages)
    application.processEvents()
    open_ms = (time.perf_counter() - begin) * 1000
    collector.settle()

    heartbeat = Heartbeat()
    spin(2000)
    quiet = heartbeat.take()
    bar = view.verticalScrollBar()
    jumps: list[float] = []
    for number in range(40):
        begin = time.perf_counter()
        bar.setValue(bar.maximum() * (number * 7919 % 40) // 40)
        application.processEvents()
        jumps.append((time.perf_counter() - begin) * 1000)
    view.jump_to_latest()
    view.append(TranscriptMessage("ask", "user", "Go on"))
    view.append(TranscriptMessage("reply", "assistant", "", author="Starter", badge="Q4_1"))
    view.begin_stream("reply")
    spin(300)
    heartbeat.take()
    costs = stream(view, stream_tokens(int(options.rate * options.seconds)), options.rate)
    worst_cpu = heartbeat.worst_cpu
    gaps = sorted(heartbeat.take())
    view.end_stream("reply")
    application.processEvents()
    ending = max(heartbeat.take() or [0.0])
    costs.sort()
    result = {
        "messages": options.messages,
        "rate": options.rate,
        "worst_stall_ms": round(gaps[-1], 1),
        "worst_cpu_ms": round(worst_cpu, 1),
        "p99_stall_ms": round(gaps[len(gaps) * 99 // 100], 1),
        "quiet_stall_ms": round(max(quiet), 1),
        "end_stall_ms": round(ending, 1),
        "feed_median_ms": round(costs[len(costs) // 2], 2),
        "feed_worst_ms": round(costs[-1], 2),
        "open_ms": round(open_ms, 1),
        "jump_worst_ms": round(max(jumps), 1),
        "rss": psutil.Process().memory_info().rss,
    }
    print(json.dumps(result))
    collector.stop()
    view.formulas.close()


if __name__ == "__main__":
    main()
