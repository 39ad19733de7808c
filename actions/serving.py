"""All actions behind rasa_sdk's executor, which speaks the standard action-server protocol."""

from __future__ import annotations

from rasa_sdk.executor import ActionExecutor

from actions.base import HubAction
from actions.conversation import SwitchLanguage, Wipe
from actions.deps import Deps
from actions.dialogue import AskAgain, AskWhatIsMeant, LeavePath
from actions.escalate import EscalateToHotline
from actions.help import PointToHelp, PointToSafety
from actions.law import SayLeavingHome, SayPassingOn, SaySayingYes
from actions.questions import AnswerQuestion
from actions.scenario import PlayScenario

ALL_ACTIONS: tuple[type[HubAction], ...] = (
    PointToHelp,
    PointToSafety,
    EscalateToHotline,
    AskAgain,
    LeavePath,
    AskWhatIsMeant,
    AnswerQuestion,
    SwitchLanguage,
    Wipe,
    PlayScenario,
    SayPassingOn,
    SaySayingYes,
    SayLeavingHome,
)


def build_executor(deps: Deps) -> ActionExecutor:
    """An executor that knows every action, each with `deps`."""
    executor = ActionExecutor()
    for action in ALL_ACTIONS:
        executor.register_action(action(deps))
    return executor
