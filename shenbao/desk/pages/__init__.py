"""Pages of the handed-in files as pictures: found, turned upright, drawn ahead."""
