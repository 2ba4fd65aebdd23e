"""For all tests: an example has no deadline of its own, since a busy machine is no fault; speed is measured by `make bench`."""

from hypothesis import settings

settings.register_profile("muster", deadline=None)
settings.load_profile("muster")
