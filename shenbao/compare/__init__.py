"""What changed between two submissions, rounds or years."""
