"""Owns the making of the typed client from the programs' IDL."""
