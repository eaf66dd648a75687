"""The same files through other readers, each with the same plain mapping to fields, timed in the same run."""
