from tests.kafka.node import kafka_node

__all__ = ["kafka_node"]
