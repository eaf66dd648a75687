"""A season of submissions: an inbox that changes, a ledger that remembers, workers that may die."""
