"""One module a command or a few like ones; everything heavy is imported when a command runs."""
