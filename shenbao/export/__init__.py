"""Tidy tables of many results: one declaration of the columns, and the writers that are made from it."""
