"""Plugins of every test, and the Hypothesis profiles: `HYPOTHESIS=release` runs more examples."""

import os

from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.support.stopping"]

# Wall time says nothing on a shared machine, so no example has a deadline.
settings.register_profile("default", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("release", settings.get_profile("default"), max_examples=2_000)
settings.load_profile(os.environ.get("HYPOTHESIS", "default"))
