"""Tests of the ways to notify."""
