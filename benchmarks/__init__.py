"""Confab beside a bot of the usual shape, on the same stand-ins and in one run: `python -m benchmarks`."""
