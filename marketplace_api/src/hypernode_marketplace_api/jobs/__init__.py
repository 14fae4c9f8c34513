"""Owns jobs as buyers and oracles see them: quotes, lists, timelines, logs, outputs, verdicts, blobs."""
