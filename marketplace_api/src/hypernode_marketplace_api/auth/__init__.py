"""Authentication: signed HTTP requests, each valid once."""
