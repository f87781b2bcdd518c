"""Kafka behind the Broker door, by kafka-python."""

from connectors.broker.door import Kafka

__all__ = ["Kafka"]
