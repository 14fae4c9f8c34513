"""Owns what HTTP shows of reports: who is accused of what, how it was judged, and what it cost."""
