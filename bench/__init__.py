"""Measurements: accuracy on damaged forms, what each part contributes, speed and memory, grids beside peers."""
