"""Owns what HTTP shows of the DAO: proposals, votes, the treasury and its releases."""
