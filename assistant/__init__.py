"""Questions about plans and policies, answered with quotes that code has checked."""

from assistant.profile import Profile
from assistant.schema import Answer
from assistant.service import Assistant
from assistant.verdicts import Verdict

__all__ = ["Answer", "Assistant", "Profile", "Verdict"]
