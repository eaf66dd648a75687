"""What the benches found, as one page: `bench/RESULTS.md`."""
