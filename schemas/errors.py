"""Every exception of ours. Each carries its subject and a fix, and knows the exit code it ends a command with.

TocsinError
├── ConfigError       an operator's file is wrong: path, line, column, problem, fix
├── SettingsError     an environment variable is wrong: name, problem, fix
├── Unreachable       something we need does not answer: what, problem, fix
│   ├── BrokerDown    the broker did not take or give records: they stay where they are
│   └── StoreDown     the database cannot be used: missing, locked away, full
├── StoreRevision     the database was made by another release
├── StreamsDiffer     Kafka's topics are not as the table of streams says
├── NodeError         the embedded Kafka cannot start: port taken, jars missing, disk full
├── AlreadyRunning    another supervisor owns this home
└── LostLane          another owner moved our lane on: the batch is dropped
"""


class TocsinError(Exception):
    """Anything we raise on purpose."""

    exit_code = 1


class ConfigError(TocsinError):
    exit_code = 3

    def __init__(self, path: str, line: int, column: int, problem: str, fix: str) -> None:
        self.path, self.line, self.column, self.problem, self.fix = path, line, column, problem, fix
        super().__init__(f"{path}:{line}:{column}: {problem}. {fix}")


class SettingsError(TocsinError):
    exit_code = 3

    def __init__(self, name: str, problem: str, fix: str) -> None:
        self.name, self.problem, self.fix = name, problem, fix
        super().__init__(f"{name}: {problem}. {fix}")


class Unreachable(TocsinError):
    exit_code = 4

    def __init__(self, what: str, problem: str, fix: str) -> None:
        self.what, self.problem, self.fix = what, problem, fix
        super().__init__(f"{what}: {problem}. {fix}")


class BrokerDown(Unreachable):
    def __init__(self, servers: str, problem: str) -> None:
        super().__init__(f"Kafka at {servers}", problem, "Nothing is lost: records wait in the outbox. See: tocsin kafka status")


class StoreDown(Unreachable):
    pass


class StoreRevision(TocsinError):
    exit_code = 3

    def __init__(self, found: str, wanted: str) -> None:
        self.found, self.wanted = found, wanted
        super().__init__(f"the database has schema {found}, this release needs {wanted}. Run: tocsin store upgrade")


class StreamsDiffer(TocsinError):
    exit_code = 3

    def __init__(self, stream: str, problem: str, fix: str) -> None:
        self.stream, self.problem, self.fix = stream, problem, fix
        super().__init__(f"stream {stream}: {problem}. {fix}")


class NodeError(TocsinError):
    exit_code = 4

    def __init__(self, problem: str, fix: str) -> None:
        self.problem, self.fix = problem, fix
        super().__init__(f"embedded Kafka: {problem}. {fix}")


class AlreadyRunning(TocsinError):
    exit_code = 4

    def __init__(self, home: str, pid: int) -> None:
        self.home, self.pid = home, pid
        super().__init__(f"{home} is in use by process {pid}. Stop it, or choose another home with TOCSIN_HOME")


class LostLane(TocsinError):
    def __init__(self, lane: str) -> None:
        self.lane = lane
        super().__init__(f"lane {lane} was moved on by another owner")
