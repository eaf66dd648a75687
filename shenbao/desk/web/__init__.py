"""The desk in a browser: pages, the API, and who may use them."""
