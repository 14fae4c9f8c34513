"""One job in one hardened container: the same code runs it on a node and again at an oracle."""
