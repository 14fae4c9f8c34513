"""Simulation of the trust design: exact figures and a seeded market with cheaters (`make simulate`)."""
