"""Least valid rows for tests, one module per app. Plain functions: what a test depends on, it says itself."""
