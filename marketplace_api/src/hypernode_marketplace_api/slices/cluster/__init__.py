"""Cluster: the signed description of the chain that this API mirrors."""
