"""Made-up forms on made-up paper: what a bureau is handed, with its truth known."""
