"""Slices of the API; each registers itself through the `SLICE` of its `endpoints` module."""
