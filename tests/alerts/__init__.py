"""Tests of when we speak and in which words."""
