"""A run on a Ray cluster: Ray Train starts a process for each worker, and each shares the batches of the one
loop with the others.

The run's folder, the base and the data are read and written under the same paths everywhere: on one machine
anyway, on several in a shared folder. Ray is an extra (`pip install lathe-workbench[cluster]`).
"""

import importlib
import json
import os
import re
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path
from typing import Any

import msgspec

from engine.errors import UserError
from engine.finetune import extras
from engine.finetune.recipe.recipe import Recipe
from engine.finetune.run_folder import RunFolder, runs_folder
from engine.finetune.run_tail import RunTail
from engine.finetune.workers import GroupWorkers
from engine.jobs import control as job_control
from engine.network.ledger import Ledger
from engine.network.offline import host_of, require_online
from engine.protocol.finetune import FinetuneJob, RunFinished
from engine.protocol.jobs import JobEvent

Tell = Callable[[JobEvent], None]
_PACKAGE = "lathe-workbench"
_FOLDER = "ray"
_POLL_S = 0.3
_PATIENCE_S = 7 * 24 * 3600
"""How long a worker waits for the others: a run may be paused that long."""
_REACH_S = 10.0
_PROBLEM = re.compile(r"lathe-problem (\{.*?\}) end")


def train_on_cluster(job: FinetuneJob, run: RunFolder, recipe: Recipe, tell: Tell) -> RunFinished:
    """Train, and tell what the leading worker writes into the run's folder. Raises `UserError` finetune.ray,
    finetune.missing, and what a worker raises.
    """
    with _connected(recipe, Path(job.home)) as ray:
        train = importlib.import_module("ray.train")
        torch_train = importlib.import_module("ray.train.torch")
        placing = _placing(ray, recipe)
        trainer = torch_train.TorchTrainer(
            _work,
            train_loop_config={
                "job": msgspec.json.encode(job).decode(),
                "threads": int(placing["CPU"]),
                "version": _version(),
            },
            torch_config=torch_train.TorchConfig(timeout_s=_PATIENCE_S),
            scaling_config=train.ScalingConfig(
                num_workers=recipe.cluster.num_workers, use_gpu="GPU" in placing, resources_per_worker=placing
            ),
            run_config=train.RunConfig(name=_FOLDER, storage_path=str(run.path)),
        )
        with _following(run, tell):
            try:
                trainer.fit()
            except Exception as error:
                raise _as_user_error(error) from error
            finally:
                shutil.rmtree(run.path / _FOLDER, ignore_errors=True)  # nothing of ours is in it
    result = run.state().result
    if result is None:
        raise UserError("finetune.ray", reason="its workers ended without a result")
    return result


# here


@contextmanager
def _connected(recipe: Recipe, home: Path) -> Iterator[Any]:
    """Ray, while this process is a driver of the cluster. Raises `UserError` finetune.ray, finetune.missing,
    network.offline.
    """
    # Nothing is sent to its makers, and its workers say nothing on this process's own streams.
    os.environ |= {"RAY_USAGE_STATS_ENABLED": "0", "RAY_DEDUP_LOGS": "0", "RAY_TRAIN_V2_ENABLED": "1"}
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
    try:
        ray = importlib.import_module("ray")
        importlib.import_module("ray.train")
    except ImportError:
        raise UserError("finetune.missing", package="ray", command=extras.RAY) from None
    address = recipe.cluster.address
    if address not in ("local", "auto"):
        _check_reachable(address, home)
    more: dict[str, Any] = {}
    if address == "local":
        more = {"num_cpus": max(recipe.cluster.num_workers, os.cpu_count() or 1), "include_dashboard": False}
        more["_node_ip_address"] = "127.0.0.1"
    try:
        ray.init(address=address, log_to_driver=False, logging_level="ERROR", **more)
    except (ConnectionError, OSError, RuntimeError, ValueError) as error:
        reason = _short(error)
        if address != "local" and "RAY_AUTH_MODE" not in os.environ:
            # Never set here: a recipe of somebody else could have the token sent to a machine of theirs.
            reason += "; one that asks for a token needs RAY_AUTH_MODE=token in the environment"
        raise UserError("finetune.ray", reason=reason) from error
    try:
        yield ray
    finally:
        ray.shutdown()


def _check_reachable(address: str, home: Path) -> None:
    """Ray itself would try for minutes. Raises `UserError` finetune.ray, network.offline."""
    host, _, port = address.rpartition(":")
    if "/" in address or not host or not port.isdigit():
        reason = f"“{address}” is no address of the kind host:port, auto or local"
        raise UserError("finetune.ray", reason=reason)
    require_online(home, f"ray://{address}")
    Ledger(home).begin(host_of(f"ray://{address}"), "cluster")
    try:
        socket.create_connection((host.strip("[]"), int(port)), _REACH_S).close()
    except OSError as error:
        raise UserError("finetune.ray", reason=f"{address} does not answer ({_short(error)})") from error


def _placing(ray: Any, recipe: Recipe) -> dict[str, float]:
    """What each worker gets. Raises `UserError` finetune.ray where Ray would wait for machines for ever."""
    workers = recipe.cluster.num_workers
    nodes = [node["Resources"] for node in ray.nodes() if node["Alive"]]
    processors, cards = (sum(int(node.get(name, 0)) for node in nodes) for name in ("CPU", "GPU"))
    if processors < workers:
        reason = f"it has {processors} processors, and each of {workers} workers needs one"
        raise UserError("finetune.ray", reason=reason)
    largest = max(int(node.get("CPU", 0)) for node in nodes)
    each = recipe.train.threads or max(1, min(processors // workers, largest))
    return {"CPU": each, "GPU": 1} if cards >= workers else {"CPU": each}


@contextmanager
def _following(run: RunFolder, tell: Tell) -> Iterator[None]:
    """Pass on what the run's files say, and what the user wants of the job."""
    tail, done = RunTail(run), threading.Event()

    def follow() -> None:
        passed = "run"
        while True:
            last = done.wait(_POLL_S)
            for event in tail.read():
                tell(event)
            wish = job_control.wish()
            if wish != passed:
                passed = wish
                run.ask({"run": "resume", "pause": "pause", "cancel": "stop"}[wish])
            if last:
                return

    thread = threading.Thread(target=follow, name="cluster-tail")
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _as_user_error(error: Exception) -> UserError:
    """What a worker said, or what Ray says."""
    text = str(error)
    found = _PROBLEM.search(text)
    if found:
        problem = json.loads(found.group(1))
        return UserError(problem["code"], **problem["params"])
    return UserError("finetune.ray", reason=_short(error))


def _short(error: Exception) -> str:
    """The last line that says something."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return (lines[-1] if lines else type(error).__name__)[:300].rstrip(".")


def _version() -> str:
    try:
        return metadata.version(_PACKAGE)
    except metadata.PackageNotFoundError:
        return ""


# on the cluster


def _work(config: dict[str, Any]) -> None:
    """A worker, from beginning to end. What the user can change is raised as text: that travels."""
    from engine.finetune.job import RunTraining  # noqa: PLC0415 - it imports this module

    try:
        if config["version"] != _version():
            reason = f"this computer has Lathe {config['version']} and a worker {_version() or 'none'}"
            raise UserError("finetune.ray", reason=reason)
        job = msgspec.json.decode(config["job"], type=FinetuneJob)
        run = RunFolder(runs_folder(Path(job.home)) / job.run)
        if not run.path.is_dir():
            raise UserError("finetune.ray", reason=f"a worker does not see {run.path}")
        recipe = run.recipe()
        train = msgspec.structs.replace(recipe.train, threads=config["threads"])
        recipe = msgspec.structs.replace(recipe, train=train)

        workers = GroupWorkers()

        def say(**changes: Any) -> None:
            if workers.rank == 0:  # all share the folder
                run.write_state(msgspec.structs.replace(run.state(), **changes))

        RunTraining(job, run, recipe, lambda _event: None, workers).train(say)
    except UserError as error:
        params = {name: str(value) for name, value in error.params.items()}
        raise RuntimeError(
            f"lathe-problem {json.dumps({'code': error.code, 'params': params})} end"
        ) from error
