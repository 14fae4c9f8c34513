"""Owns what every slice needs from outside: database, migrations, rate limit, metrics."""
