"""The Prefect server of a home: where it answers, and the environment that it and its clients need. Imports no Prefect."""

import secrets
from collections.abc import Mapping
from pathlib import Path

from connectors.files import write_atomic
from schemas.settings import Settings

# What was measured to be needed. prefect.toml says the same for a run by hand; a test holds them equal.
TUNED: Mapping[str, str] = {
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "false",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    # leases in memory die with the server, and the slot of a run that a power cut took stays taken for ever
    "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect.server.concurrency.lease_storage.filesystem",
    # by default each task run is a transaction of its own: SQLite stalls for 30 s after 500 of them
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "200",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_READ_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_FLUSH_INTERVAL": "1",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_BATCH_SIZE": "500",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_READ_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_FLUSH_INTERVAL": "1",
    "PREFECT_SERVER_SERVICES_TRIGGERS_READ_BATCH_SIZE": "100",
    # a cycle writes 160 kB, three quarters of it events: events for a day, runs for two
    "PREFECT_SERVER_EVENTS_RETENTION_PERIOD": "P1D",
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
    "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": "172800",
    # five minutes ahead, not an hour: fewer rows, and no long queue of missed runs after a night off
    "PREFECT_SERVER_SERVICES_SCHEDULER_MIN_SCHEDULED_TIME": "PT5M",
    "PREFECT_RUNNER_POLL_FREQUENCY": "2",
}


def api(settings: Settings) -> str:
    """Of the server that was given, else of ours."""
    return settings.prefect_api_url or own_api(settings)


def own_api(settings: Settings) -> str:
    return f"http://127.0.0.1:{settings.prefect_port}/api"


def is_own(settings: Settings) -> bool:
    """True where nobody but this home has runs on the server."""
    return api(settings) == own_api(settings)


def variables(settings: Settings, home: Path, given: Mapping[str, str]) -> dict[str, str]:
    """The environment for the server of this home and for its clients; the auth string is made at the first start.

    On a server of ours nothing that was meant for another one counts (a database, a key, a profile), but what tunes does.
    """
    prefect_home = home / "prefect"
    if settings.prefect_api_url:
        return {**TUNED, "PREFECT_HOME": str(prefect_home), **given}
    secret = _secret(prefect_home / "auth")
    return {
        **TUNED,
        **{name: text for name, text in given.items() if not name.startswith("PREFECT_") or name in TUNED or "_LOGGING_" in name},
        "DO_NOT_TRACK": "1",
        "PREFECT_HOME": str(prefect_home),
        "PREFECT_API_URL": own_api(settings),
        "PREFECT_SERVER_API_HOST": "127.0.0.1",
        "PREFECT_SERVER_API_PORT": str(settings.prefect_port),
        "PREFECT_SERVER_API_AUTH_STRING": secret,
        "PREFECT_API_AUTH_STRING": secret,
    }


def _secret(file: Path) -> str:
    """Without one, whoever reaches the port can read every secret that the server keeps."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        write_atomic(file, f"tocsin:{secrets.token_urlsafe(24)}".encode(), private=True)
    return file.read_text(encoding="ascii")
