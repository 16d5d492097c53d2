"""Which examples hypothesis draws: the same in every run, so that a change is judged by what it changes.

``HYPOTHESIS_PROFILE=explore`` draws new ones each time; what they find becomes a case or an ``@example``.
"""

import os

from hypothesis import settings

settings.register_profile("same", derandomize=True)
settings.register_profile("explore", print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))
