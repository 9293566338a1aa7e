"""The long tier: with LATHE_TEST_PACKAGE=<a .deb>, as `python3 dev.py test --package` sets it."""

import os

collect_ignore = [] if os.environ.get("LATHE_TEST_PACKAGE") else ["test_installed_package.py"]
