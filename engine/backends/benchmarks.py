"""The five benchmark scenarios, the same for every backend: fixed prompts, greedy, three figures each.

`batch` runs eight short requests one after the other and reports the total; the others are one request.
"""

import time
from collections.abc import Iterator
from typing import NamedTuple

import psutil

from engine.backends.backend import Backend, Control
from engine.errors import Cancelled
from engine.messages import Message
from engine.protocol.commands import Scenario
from engine.protocol.events import AnyEvent, BenchmarkDone, GenerationDone, JobProgress, Token
from engine.protocol.values import ChatRequest, GenerationMetrics, PromptOptions
from engine.sampling.params import SamplingParams

_PARAGRAPH = (
    "A lathe turns the work while the tool stands still. The turner chooses the speed by the diameter: slow "
    "for large pieces, fast for small ones, and slower again when the wood is uneven. A sharp tool leaves a "
    "surface that hardly needs sanding; a dull one tears the fibres and heats the edge. Most of the skill "
    "lies in holding the tool so that the bevel rubs before the edge cuts, and in stopping a moment before "
    "the shape is reached. "
)


class _Plan(NamedTuple):
    prompts: tuple[str, ...]
    max_tokens: int


PLANS: dict[Scenario, _Plan] = {
    "chat": _Plan(("What makes a good question, and how does one learn to ask it?",), 96),
    "code": _Plan(
        ("Write a Python function that merges two sorted lists into one, with a docstring and tests.",),
        128,
    ),
    "writing": _Plan(("Write a long story about a lighthouse keeper who collects storms.",), 192),
    "document": _Plan((_PARAGRAPH * 8 + "\nSummarise the text above in two sentences.",), 64),
    "batch": _Plan(
        tuple(f"Name one thing that people use on a {day}, and say why." for day in
              ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "holiday")),
        24,
    ),
}  # fmt: skip


def run_scenario(backend: Backend, job: int, scenario: Scenario, control: Control) -> Iterator[AnyEvent]:
    """Yields `JobProgress`… and `BenchmarkDone`. Raises `Cancelled`."""
    plan = PLANS[scenario]
    started = time.perf_counter()
    total = plan.max_tokens * len(plan.prompts)
    done: list[GenerationMetrics] = []
    peak = 0
    for number, prompt in enumerate(plan.prompts):
        for event in backend.generate(job, _request(prompt, plan.max_tokens), control):
            if isinstance(event, Token):
                made = number * plan.max_tokens + event.seq + 1
                spent = time.perf_counter() - started
                yield JobProgress(job=job, fraction=made / total, seconds_left=spent / made * (total - made))
            elif isinstance(event, GenerationDone):
                done.append(event.metrics)
        peak = max(peak, psutil.Process().memory_info().rss)
        if control.cancelled:
            raise Cancelled
    yield _summary(job, scenario, done, peak)


def _request(prompt: str, max_tokens: int) -> ChatRequest:
    return ChatRequest(
        messages=(Message.of("user", prompt),),
        sampling=SamplingParams(decoding="greedy", max_tokens=max_tokens, seed=1),
        prompt=PromptOptions(),
    )


def _summary(job: int, scenario: Scenario, done: list[GenerationMetrics], peak: int) -> BenchmarkDone:
    read = sum(one.prompt_tokens - one.reused_tokens for one in done)
    read_s = sum((one.prompt_tokens - one.reused_tokens) / one.input_tps for one in done if one.input_tps)
    written = sum(max(0, one.output_tokens - 1) for one in done)
    written_s = sum((one.output_tokens - 1) / one.output_tps for one in done if one.output_tps)
    return BenchmarkDone(
        job=job,
        scenario=scenario,
        ttft_ms=sum(one.ttft_ms for one in done) / len(done),
        input_tps=read / read_s if read_s else 0.0,
        output_tps=written / written_s if written_s else 0.0,
        peak_rss_bytes=peak,
        prompt_tokens=sum(one.prompt_tokens for one in done),
        output_tokens=sum(one.output_tokens for one in done),
    )
