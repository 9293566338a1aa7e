"""pip's lines become progress that never goes back."""

from engine.addons.pip_output import PipProgress, canonical

LINES = """\
Collecting torch==2.13.0 (from -r train.txt (line 40))
  Downloading torch-2.13.0-cp311-cp311-manylinux_2_28_x86_64.whl.metadata (31 kB)
Collecting peft==0.21.2 (from -r train.txt (line 30))
  Downloading peft-0.21.2-py3-none-any.whl.metadata (14 kB)
Requirement already satisfied: numpy>=1.17 in /opt/lathe/_internal
Downloading torch-2.13.0-cp311-cp311-manylinux_2_28_x86_64.whl (190.0 MB)
Progress 0 of 190000000
Progress 95000000 of 190000000
Progress 190000000 of 190000000
Downloading peft-0.21.2-py3-none-any.whl (411 kB)
Progress 411000 of 411000
Installing collected packages: torch, peft
""".splitlines()


def test_progress_follows_the_bytes_and_never_goes_back() -> None:
    progress = PipProgress(["torch", "peft"])
    seen = []
    for line in LINES:
        progress.take(line)
        seen.append(progress.fraction)
    assert seen == sorted(seen)
    assert 0.3 < seen[7] < 0.5, "half of PyTorch is nearly half of what is fetched"
    assert 0.74 < seen[-2] <= 0.75
    progress.set_unpacked(1)
    assert progress.unpacking
    assert progress.fraction == 0.875
    progress.set_unpacked(2)
    assert progress.fraction == 1.0


def test_what_is_worked_on_is_named() -> None:
    progress = PipProgress(["hf-xet"])
    assert progress.take("Downloading hf_xet-1.8.0-cp38-abi3-manylinux_2_28_x86_64.whl (4.0 MB)")
    assert progress.package == "hf-xet"


def test_metadata_and_talk_are_no_progress() -> None:
    progress = PipProgress(["torch"])
    assert not progress.take("  Downloading torch-2.13.0-cp311-cp311-linux_x86_64.whl.metadata (31 kB)")
    assert not progress.take("WARNING: Retrying after connection broken")
    assert progress.fraction == 0.0


def test_names_are_compared_as_indexes_write_them() -> None:
    assert canonical("HF_Xet") == canonical("hf.xet") == "hf-xet"
