"""Generator of the typed Python client from the IDL of the programs."""
