"""For every test: how long an example takes says something about the machine, not about the code."""

from hypothesis import HealthCheck, settings

settings.register_profile("lastro", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("lastro")
