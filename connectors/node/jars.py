"""The jars of the node: those of the lock, byte for byte, each fetched once."""

import hashlib
import tempfile
import tomllib
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from schemas.errors import NodeError

Progress = Callable[[int, int, str], None]  # so many jars are there, of so many, and the name of the one that came last

_HERE = Path(__file__).resolve().parent
_FOLDERS = (_HERE / "lock", _HERE.parents[1] / "ops" / "kafka")  # in a wheel, in the repository
_AT_ONCE = 6
_TRIES = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Jar:
    group: str
    artifact: str
    version: str
    sha256: str

    @property
    def file(self) -> str:
        return f"{self.artifact}-{self.version}.jar"


def lock_file() -> Path:
    return next(path for folder in _FOLDERS if (path := folder / "jgo.lock.toml").exists())


def locked() -> tuple[Jar, ...]:
    rows = tomllib.loads(lock_file().read_text(encoding="utf-8"))["dependencies"]
    return tuple(Jar(group=r["groupId"], artifact=r["artifactId"], version=r["version"], sha256=r["sha256"]) for r in rows)


def jars(folder: Path, progress: Progress) -> tuple[Path, ...]:
    """All jars of the lock as they lie in `folder`, verified; what is not there is fetched. Raises NodeError."""
    wanted = locked()
    folder.mkdir(parents=True, exist_ok=True)
    here = [jar for jar in wanted if (folder / jar.file).exists()]
    for jar in here:
        _verify(folder / jar.file, jar)
    if missing := [jar for jar in wanted if jar not in here]:
        _fetch_all(missing, folder, lambda done, name: progress(len(here) + done, len(wanted), name))
    return tuple(folder / jar.file for jar in wanted)


def _verify(path: Path, jar: Jar) -> None:
    with path.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != jar.sha256:
            raise NodeError(f"{path} is not the jar that our lock names: its SHA-256 differs", "Delete it: the next start fetches it anew")


def _fetch_all(missing: Sequence[Jar], folder: Path, progress: Callable[[int, str], None]) -> None:
    with tempfile.TemporaryDirectory(dir=folder) as scratch, ThreadPoolExecutor(_AT_ONCE) as pool:
        tasks = {pool.submit(_fetch, jar, folder, Path(scratch)): jar for jar in missing}
        try:
            for done, task in enumerate(as_completed(tasks), start=1):
                task.result()
                progress(done, tasks[task].file)
        finally:
            pool.shutdown(cancel_futures=True)


def _fetch(jar: Jar, folder: Path, scratch: Path) -> None:
    fetched = _download(jar, folder, scratch / jar.file)
    _verify(fetched, jar)
    fetched.replace(folder / jar.file)


def _download(jar: Jar, folder: Path, repository: Path) -> Path:
    from jgo.maven import MavenContext  # only where a jar is missing: it brings an HTTP client

    problem = ""
    for attempt in range(_TRIES):
        try:
            context = MavenContext(repo_cache=repository / str(attempt))  # a file that broke off is not taken for a whole one
            return Path(context.project(jar.group, jar.artifact).at_version(jar.version).artifact().resolve())
        except (OSError, RuntimeError) as error:
            problem = _short(error)
    advice = f"Start once with a way to the package registries, or copy the jars that {lock_file()} names into {folder}"
    raise NodeError(f"cannot fetch {jar.file} ({problem})", advice)


def _short(error: Exception) -> str:
    """What jgo raises is the text of an HTTP library, a paragraph long."""
    return error.strerror if isinstance(error, OSError) and error.strerror else type(error).__name__
