"""`python -m app`: the window."""

import gc
import sys

# Nothing that a start creates is garbage: collecting meanwhile costs a twentieth of the time to the first
# paint. `app.idle_gc` takes over when the window works.
gc.disable()

from app.application import main  # noqa: E402

__all__ = ["main"]

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
