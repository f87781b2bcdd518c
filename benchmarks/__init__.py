"""Measurements on real parts: an embedded Kafka, SQLite on disk, HTTP, worker processes. `python -m benchmarks --help`.

A benchmark is one module with `run(ground, options) -> list[Figure]` and one line in BENCHMARKS of __main__.py.
Figures are ratios within one run where that can be, for machines differ and are shared. Nothing here asserts a time.
"""
