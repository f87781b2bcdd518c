"""The embedded Kafka: one real node from pip packages alone, on loopback, its data kept between starts."""

from connectors.node.jars import Progress
from connectors.node.node import Node, NodeStatus

__all__ = ["Node", "NodeStatus", "Progress"]
