"""What every service shares: its logging, its end by a signal, and the file of its journal."""
