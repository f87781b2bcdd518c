"""Prefect reads its home, .env and prefect.toml where it is imported: here it finds a home of its own, before any test imports it."""

import atexit
import os
import shutil
import tempfile

for _name in [name for name in os.environ if name.startswith("PREFECT_")]:
    del os.environ[_name]
_home = tempfile.mkdtemp(prefix="tocsin-prefect-")
atexit.register(shutil.rmtree, _home, ignore_errors=True)
os.environ |= {"PREFECT_HOME": _home, "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "false", "DO_NOT_TRACK": "1"}
