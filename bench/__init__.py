"""Benchmarks: each starts what it needs, measures ours beside a baseline in the same run, and prints one table."""
