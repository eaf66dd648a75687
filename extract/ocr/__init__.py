"""Recognition: pictures of lines become characters."""
