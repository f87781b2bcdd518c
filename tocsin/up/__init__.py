"""up: one supervisor a home. It starts Kafka, Prefect's server and the flows, starts again what ends, and leaves no process behind.

Imports no Prefect: its children do.
"""

from tocsin.up.start import up

__all__ = ["up"]
