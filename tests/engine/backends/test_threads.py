"""The thread governor on made-up machines: times of tokens in, thread counts out."""

from collections.abc import Callable

from engine.backends.llama_cpp.threads import ThreadGovernor

Machine = Callable[[int], tuple[float, float]]
"""Threads to (wall, processor) milliseconds of a token."""


def run(governor: ThreadGovernor, machine: Machine, tokens: int, depth: int = 100) -> list[int]:
    used = []
    for _ in range(tokens):
        used.append(governor.current)
        governor.note(*machine(governor.current), depth)
    return used


def quiet(threads: int) -> tuple[float, float]:
    return 20.0 / threads, 19.8


def beside_another_program(threads: int) -> tuple[float, float]:
    """With two threads both wait for the one that lost its core; one alone runs undisturbed."""
    return (60.0, 40.0) if threads == 2 else (20.0, 19.8)


def short_of_work(threads: int) -> tuple[float, float]:
    """Threads that do not use their share, and yet two are faster."""
    return (12.0, 15.0) if threads == 2 else (20.0, 19.8)


def test_a_quiet_machine_is_left_alone_also_when_tokens_become_slower() -> None:
    governor = ThreadGovernor(2)
    assert set(run(governor, quiet, 50)) == {2}
    assert set(run(governor, lambda threads: (60.0 / threads, 59.0), 50, 3000)) == {2}


def test_a_thread_goes_when_two_wait_for_each_other() -> None:
    used = run(ThreadGovernor(2), beside_another_program, 60)
    assert used[:6] == [2] * 6
    assert set(used[12:20]) == {1}
    assert used[12:].count(2) <= 12  # now and then two are tried again


def test_waiting_that_burns_processor_time_is_noticed_by_the_clock() -> None:
    governor = ThreadGovernor(2)
    run(governor, quiet, 20)
    spinning = run(governor, lambda threads: (60.0, 118.0) if threads == 2 else (20.0, 19.8), 60)
    assert spinning[-1] == 1


def test_the_thread_comes_back_when_the_machine_is_quiet_again() -> None:
    governor = ThreadGovernor(2)
    run(governor, beside_another_program, 30)
    used = run(governor, quiet, 200)
    assert used[-1] == 2


def test_what_is_not_faster_is_undone_and_not_tried_again_at_once() -> None:
    used = run(ThreadGovernor(2), short_of_work, 90)
    assert used[:6] == [2] * 6
    assert used.count(1) <= len(used) // 3


def test_one_thread_stays_one() -> None:
    assert set(run(ThreadGovernor(1), quiet, 30)) == {1}


def test_after_a_short_disturbance_the_thread_is_back_within_a_sentence() -> None:
    governor = ThreadGovernor(2)
    run(governor, quiet, 20)
    assert 1 in run(governor, beside_another_program, 14)
    assert run(governor, quiet, 40)[-10:] == [2] * 10


def test_beside_a_program_that_stays_trials_become_rare() -> None:
    used = run(ThreadGovernor(2), beside_another_program, 600)
    assert used[:100].count(2) > used[500:].count(2)
    assert used[200:].count(2) <= 0.1 * len(used[200:])


def test_two_tokens_that_are_stuck_say_enough() -> None:
    governor = ThreadGovernor(2)
    run(governor, quiet, 20)
    stuck = run(governor, lambda threads: (70.0, 60.0) if threads == 2 else (20.0, 19.8), 20)
    assert stuck[:2] == [2, 2]
    assert set(stuck[2:12]) == {1}
