"""Tests of the records and their schemas."""
