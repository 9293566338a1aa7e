"""Folders of tiny models for tests of the window, made by another process: here nothing imports torch."""

import subprocess
import sys
from pathlib import Path

from tests.support.sources import ROOT

_MAKE = """
import sys, warnings
warnings.simplefilter("ignore")
from pathlib import Path
from tests.support import tiny_models
base = Path(sys.argv[1])
for head in ("BertForPreTraining", "BertModel"):
    tiny_models.save_bert(base / head, head)
tiny_models.save_t5(base / "T5")
"""


def make_encoder_folders(base: Path) -> Path:
    """`BertForPreTraining`, `BertModel` and `T5` below `base`."""
    subprocess.run([sys.executable, "-c", _MAKE, str(base)], cwd=ROOT, check=True, capture_output=True)
    return base
