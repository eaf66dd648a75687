"""Changes of one operator at a time, and whether a test notices. Run with `python -m bench.mutate`."""
