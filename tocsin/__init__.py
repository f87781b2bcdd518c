"""The face: command line, supervisor, doctor, web."""

__version__ = "0.1.0"
