"""Time and memory by kind of file and by stage, against floors, and how they grow."""
