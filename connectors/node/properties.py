"""What the node is told: its properties file, and the flags of its Java."""

from collections.abc import Sequence
from pathlib import Path

NODE_ID = 1


def properties(port: int, data: Path) -> str:
    """Broker and controller in one process, on loopback; the controller on the next port."""
    lines = {
        "process.roles": "broker,controller",
        "node.id": NODE_ID,
        "controller.quorum.bootstrap.servers": f"127.0.0.1:{port + 1}",
        "listeners": f"PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{port + 1}",
        "advertised.listeners": f"PLAINTEXT://127.0.0.1:{port}",
        "controller.listener.names": "CONTROLLER",
        "inter.broker.listener.name": "PLAINTEXT",
        "log.dirs": _escaped(str(data)),
        "auto.create.topics.enable": "false",
        # one node holds the only copy of everything
        "offsets.topic.replication.factor": 1,
        "offsets.topic.num.partitions": 4,
        "transaction.state.log.replication.factor": 1,
        "transaction.state.log.min.isr": 1,
        "transaction.state.log.num.partitions": 4,
        "share.coordinator.state.topic.replication.factor": 1,
        "share.coordinator.state.topic.min.isr": 1,
        "group.initial.rebalance.delay.ms": 0,
        # after a kill it waits for the end of its own old session: 3 s with these, 11 s without
        "broker.session.timeout.ms": 2000,
        "broker.heartbeat.interval.ms": 500,
        "offsets.retention.minutes": 90 * 24 * 60,  # as long as the stream that is kept longest
    }
    return "".join(f"{name}={value}\n" for name, value in lines.items())


def flags(errors: Path) -> Sequence[str]:
    """A small heap, a fast start. errors: the folder where Java leaves a note when it crashes."""
    return (
        "-Xmx256m",
        "-Xms64m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-XX:+ExitOnOutOfMemoryError",
        f"-XX:ErrorFile={errors}/java-crash-%p.log",
        "--enable-native-access=ALL-UNNAMED",
        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
        "-Dorg.slf4j.simpleLogger.showDateTime=true",
        "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
    )


def _escaped(path: str) -> str:
    return path.replace("\\", "\\\\")
