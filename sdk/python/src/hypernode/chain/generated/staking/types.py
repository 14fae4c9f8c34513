"""Types of the staking program. Written by `make generate`."""
