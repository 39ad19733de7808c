"""What the bot never uses is not loaded: TensorFlow (measured: 6 s and 370 MB of a start), and Rasa's components that no model of ours has.

Rasa imports both only to have their names: all of its own components to register them, and one module of training tools. A model names
its components by their full path, and loading it imports exactly those.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any, Dict

NAMES = ("rasa.engine.recipes.default_components", "rasa.utils.train_utils")


class _LeftOut(ModuleType):
    """Stands for a module; raises ImportError as soon as something of it is wanted."""

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        raise ImportError(f"{self.__name__} is left out of the bot (bot/quicker/left_out.py): no component of config.yml needs it")


def leave_out() -> None:
    """Before anything of Rasa is imported; in the serving process only (training and evaluating are commands of their own)."""
    for name in NAMES:
        assert name not in sys.modules, f"{name} is loaded already: nothing would be gained"
        sys.modules[name] = _LeftOut(name)


def leave_training_out() -> None:
    """From here on a model is loaded without the graph that trained it, whose nodes would be imported (TensorFlow with them)."""
    from rasa.engine.storage.storage import ModelMetadata

    own = ModelMetadata.from_dict.__func__  # type: ignore[attr-defined]

    def from_dict(cls: Any, serialized: Dict[str, Any]) -> ModelMetadata:
        return own(cls, {**serialized, "train_schema": {"nodes": {}}})  # type: ignore[no-any-return]

    ModelMetadata.from_dict = classmethod(from_dict)  # type: ignore[assignment]
