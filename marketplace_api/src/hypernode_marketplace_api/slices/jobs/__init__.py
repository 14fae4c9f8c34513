"""Jobs: lists, timelines, logs, outputs, attestations and blobs."""
