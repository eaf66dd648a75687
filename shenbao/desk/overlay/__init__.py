"""A reading with a person's decisions laid over it: its fields, its doubts, rows put in and taken out."""
