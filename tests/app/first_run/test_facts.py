"""What diagnostics say about the engine while a model is loaded."""

from collections.abc import Callable

from tests.app.first_run.conftest import Program


def test_the_engine_is_named_while_a_model_is_loaded(program: Callable[..., Program]) -> None:
    workbench = program("--fake-model").application.workbench
    assert workbench is not None
    first, model, *_ = workbench.facts().splitlines()
    assert first.startswith("Engine: ")
    assert "not started" not in first
    assert model.startswith("Model: fake")
