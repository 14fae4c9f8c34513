"""Resources that all slices share: database, migrations, leases, rate limiters, loops, metrics."""
