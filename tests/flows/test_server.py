"""The Prefect server is ours alone, and tuned the same way however it is started."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

from flows import server
from schemas.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
_SHOW = """
import json
from prefect.settings import get_current_settings
found = get_current_settings().model_dump(mode="json", exclude_unset=True)
found["server"]["services"]["db_vacuum"]["enabled"].sort()
print(json.dumps({name: found[name] for name in ("server", "runner")}))
"""


def understood(folder: Path, home: Path, variables: dict[str, str]) -> dict[str, object]:
    """As Prefect itself reads its settings in that folder."""
    environment = {name: text for name, text in os.environ.items() if not name.startswith("PREFECT_")}
    environment |= {"PREFECT_HOME": str(home), **variables}
    done = subprocess.run([sys.executable, "-c", _SHOW], cwd=folder, env=environment, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout))


def test_prefect_toml_says_what_the_supervisor_sets(tmp_path: Path) -> None:
    by_file = understood(ROOT, tmp_path, {})
    by_environment = understood(tmp_path, tmp_path, dict(server.TUNED))

    assert by_file == by_environment


def test_the_server_has_an_auth_string_that_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    first = server.variables(Settings(), tmp_path, {})
    again = server.variables(Settings(), tmp_path, {})

    assert first["PREFECT_SERVER_API_AUTH_STRING"] == first["PREFECT_API_AUTH_STRING"] == again["PREFECT_API_AUTH_STRING"]
    assert len(first["PREFECT_API_AUTH_STRING"]) > 30
    assert stat.S_IMODE((tmp_path / "prefect" / "auth").stat().st_mode) == 0o600


def test_what_was_meant_for_another_prefect_does_not_reach_ours(tmp_path: Path) -> None:
    given = {
        "PATH": "/bin",
        "PREFECT_API_KEY": "cloud",
        "PREFECT_API_DATABASE_CONNECTION_URL": "postgresql://production",
        "PREFECT_SERVER_EVENTS_RETENTION_PERIOD": "P7D",
        "PREFECT_LOGGING_LEVEL": "DEBUG",
    }

    found = server.variables(Settings(prefect_port=21450), tmp_path, given)

    assert "PREFECT_API_KEY" not in found and "PREFECT_API_DATABASE_CONNECTION_URL" not in found
    assert (found["PREFECT_SERVER_EVENTS_RETENTION_PERIOD"], found["PREFECT_LOGGING_LEVEL"], found["PATH"]) == ("P7D", "DEBUG", "/bin")
    assert found["PREFECT_API_URL"] == "http://127.0.0.1:21450/api"


def test_a_server_that_is_given_is_spoken_to_as_its_owner_says(tmp_path: Path) -> None:
    given = {"PREFECT_API_URL": "https://prefect.example/api", "PREFECT_API_KEY": "theirs"}

    found = server.variables(Settings(prefect_api_url=given["PREFECT_API_URL"]), tmp_path, given)

    assert (found["PREFECT_API_URL"], found["PREFECT_API_KEY"]) == ("https://prefect.example/api", "theirs")
    assert "PREFECT_API_AUTH_STRING" not in found
    assert not (tmp_path / "prefect" / "auth").exists()
