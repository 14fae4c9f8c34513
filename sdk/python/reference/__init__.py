"""Generator of the SDK's reference page (docs/sdk.md) and of the types of `hypernode.sync`."""
