"""Owns who is speaking: signed HTTP requests, each good once."""
