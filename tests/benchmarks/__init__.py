"""Benchmarks, apart from the tests: none fails for being slow."""
