"""Benchmarks: every figure that the project promises, beside a peer measured in the same run."""
