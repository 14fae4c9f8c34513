"""Measures what the project promises, beside what others reach."""
