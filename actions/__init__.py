"""Custom actions, by subject. They are served by the hub; what they act on is handed in (`actions.deps.Deps`)."""

from actions.deps import Deps
from actions.serving import ALL_ACTIONS, build_executor

__all__ = ["ALL_ACTIONS", "Deps", "build_executor"]
