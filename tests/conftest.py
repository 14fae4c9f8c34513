"""Settings of a whole test run. `HYPOTHESIS=release` runs many more examples than a normal run."""

import os
import signal

from hypothesis import HealthCheck, settings

# Wall time says nothing on a shared machine, so no example has a deadline.
settings.register_profile("default", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("release", settings.get_profile("default"), max_examples=2_000)
settings.load_profile(os.environ.get("HYPOTHESIS", "default"))

# A shell starts a background job with SIGINT ignored, and every process of a test would inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)
