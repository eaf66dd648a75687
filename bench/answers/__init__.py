"""Whether what was planted is named, and nothing else."""
