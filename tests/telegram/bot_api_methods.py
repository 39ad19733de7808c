"""The methods of the Bot API that the bot uses, on the state of the tests' server. Each takes decoded parameters and gives the result."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from typing import Any

from bot_api_limits import check_commands, check_webhook, keyboard_of
from bot_api_markup import check_entities, readable
from bot_api_state import BOT_ID, DELETABLE_S, Json, Refused, Sent, State
from bot_api_updates import Updates

BOT: Json = {"id": BOT_ID, "is_bot": True, "first_name": "Chatmasjien", "username": "chatmasjien_test_bot"}
ABILITIES: Json = {"can_join_groups": False, "can_read_all_group_messages": False, "supports_inline_queries": False}
_START = re.compile(r"[A-Za-z0-9_-]{1,64}")
_ACTIONS = ("typing", "upload_photo", "record_voice", "upload_document", "choose_sticker", "find_location")


def decoded(value: object) -> Any:
    """A parameter that is an object, a list or a flag, also when it came as text of a form."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise Refused("can't parse JSON object") from None


def whole(parameters: Json, name: str) -> int:
    """A parameter that is a whole number; raises Refused."""
    try:
        return int(parameters[name])
    except (KeyError, TypeError, ValueError):
        raise Refused(f"{name} is empty or no number") from None


class Blocked(Exception):
    """The user blocked the bot: a 403."""


class Methods:
    """By name, as `methods.sendmessage(parameters)`. `now`: seconds since the epoch, which tests may move."""

    def __init__(self, state: State, updates: Updates) -> None:
        self.state, self.updates = state, updates
        self.now: Callable[[], float] = time.time

    def getme(self, _parameters: Json) -> Json:
        return BOT | ABILITIES

    # ---- how updates come ----------------------------------------------------------------------------------------

    def setwebhook(self, parameters: Json) -> bool:
        url, secret = str(parameters.get("url", "")), str(parameters.get("secret_token", ""))
        if url:
            check_webhook(url, secret)
        self.updates.set_webhook(
            url, secret, self._allowed(parameters), drop_pending=decoded(parameters.get("drop_pending_updates", False))
        )
        return True

    def deletewebhook(self, parameters: Json) -> bool:
        self.updates.set_webhook("", "", None, drop_pending=decoded(parameters.get("drop_pending_updates", False)))
        return True

    def getwebhookinfo(self, _parameters: Json) -> Json:
        webhook = self.updates.webhook
        return {
            "url": webhook.url if webhook else "",
            "has_custom_certificate": False,
            "pending_update_count": len(self.updates.pending),
            "allowed_updates": list(self.updates.allowed),
        }

    async def getupdates(self, parameters: Json) -> list[Json]:
        offset, limit = int(parameters.get("offset") or 0), int(parameters.get("limit") or 100)
        return await self.updates.fetch(offset, limit, float(parameters.get("timeout") or 0), self._allowed(parameters))

    @staticmethod
    def _allowed(parameters: Json) -> tuple[str, ...] | None:
        return tuple(decoded(parameters["allowed_updates"])) if parameters.get("allowed_updates") else None

    # ---- messages ------------------------------------------------------------------------------------------------

    def sendmessage(self, parameters: Json) -> Json:
        chat = self._open(parameters)
        plain = self._text_of(parameters)
        markup = decoded(parameters.get("reply_markup"))
        keyboard = keyboard_of(markup)
        reply_to = (decoded(parameters.get("reply_parameters")) or {}).get("message_id")
        sent = Sent(0, chat.id, True, plain, self.now(), keyboard, str(parameters["text"]), reply_to)
        sent.asked_reply = bool(isinstance(markup, dict) and markup.get("force_reply"))
        return chat.add(sent).as_json(chat.as_json(), BOT)

    def sendchataction(self, parameters: Json) -> bool:
        if parameters.get("action") not in _ACTIONS:
            raise Refused("wrong parameter action in request")
        self._open(parameters).actions.append((time.monotonic(), str(parameters["action"])))
        return True

    def editmessagetext(self, parameters: Json) -> Json:
        sent = self._own(parameters)
        plain = self._text_of(parameters)
        keyboard = keyboard_of(decoded(parameters.get("reply_markup")))
        self._must_change(sent, plain, keyboard)
        sent.edits.append(sent.text)
        sent.text, sent.raw_text, sent.keyboard = plain, str(parameters["text"]), keyboard
        return sent.as_json(self.state.chat(sent.chat_id).as_json(), BOT)

    def editmessagereplymarkup(self, parameters: Json) -> Json:
        sent = self._own(parameters)
        keyboard = keyboard_of(decoded(parameters.get("reply_markup")))
        self._must_change(sent, sent.text, keyboard)
        sent.keyboard = keyboard
        return sent.as_json(self.state.chat(sent.chat_id).as_json(), BOT)

    def deletemessage(self, parameters: Json) -> bool:
        self._open(parameters)
        sent = self.state.message(whole(parameters, "chat_id"), whole(parameters, "message_id"), "delete")
        self._must_be_young(sent)
        sent.is_deleted = True
        return True

    def deletemessages(self, parameters: Json) -> bool:
        """What is not there is skipped; what is too old refuses the whole call."""
        chat = self._open(parameters)
        ids = decoded(parameters.get("message_ids"))
        if not isinstance(ids, list) or not 1 <= len(ids) <= 100:
            raise Refused("message_ids must hold 1 to 100 identifiers")
        found = [chat.messages[number] for number in ids if number in chat.messages and not chat.messages[number].is_deleted]
        for sent in found:
            self._must_be_young(sent)
        for sent in found:
            sent.is_deleted = True
        return True

    @staticmethod
    def _text_of(parameters: Json) -> str:
        text = str(parameters.get("text", ""))
        if parameters.get("entities"):
            check_entities(text, decoded(parameters["entities"]))
        return readable(text, parameters.get("parse_mode"))

    def _open(self, parameters: Json) -> Any:
        chat = self.state.chat(whole(parameters, "chat_id"))
        if chat.is_blocked:
            raise Blocked
        return chat

    def _own(self, parameters: Json) -> Sent:
        self._open(parameters)
        sent = self.state.message(whole(parameters, "chat_id"), whole(parameters, "message_id"), "edit")
        if not sent.is_bots:
            raise Refused("message can't be edited")
        return sent

    @staticmethod
    def _must_change(sent: Sent, text: str, keyboard: list[list[Json]]) -> None:
        if (text, keyboard) == (sent.text, sent.keyboard):
            raise Refused("message is not modified: specified new message content and reply markup are exactly the same", is_limit=False)

    def _must_be_young(self, sent: Sent) -> None:
        if self.now() - sent.date >= DELETABLE_S:
            raise Refused("message can't be deleted")

    # ---- the rest ------------------------------------------------------------------------------------------------

    def answercallbackquery(self, parameters: Json) -> bool:
        query = self.state.queries.get(str(parameters.get("callback_query_id", "")))
        text = str(parameters.get("text") or "")
        if len(text) > 200:
            raise Refused("MESSAGE_TOO_LONG")
        if query is None or query.answers:
            raise Refused("query is too old and response timeout expired or query ID is invalid", is_limit=query is None)
        query.answers.append(text)
        return True

    def answerinlinequery(self, parameters: Json) -> bool:
        button = decoded(parameters.get("button"))
        if button is not None and not _START.fullmatch(str(button.get("start_parameter", ""))):
            raise Refused("START_PARAM_INVALID")
        if len(decoded(parameters.get("results", "[]"))) > 50:
            raise Refused("RESULTS_TOO_MUCH")
        self.state.inline_answers.append(str(parameters.get("inline_query_id", "")))
        return True

    def leavechat(self, parameters: Json) -> bool:
        chat = self.state.chat(whole(parameters, "chat_id"))
        if chat.kind == "private":
            raise Refused("chat member status can't be changed in private chats")
        chat.has_left = True
        return True

    def setmycommands(self, parameters: Json) -> bool:
        language = str(parameters.get("language_code") or "")
        scope = (decoded(parameters.get("scope")) or {"type": "default"})["type"]
        self.state.commands[scope, language] = check_commands(decoded(parameters.get("commands")), language)
        return True

    def getmycommands(self, parameters: Json) -> list[Json]:
        scope = (decoded(parameters.get("scope")) or {"type": "default"})["type"]
        return self.state.commands.get((scope, str(parameters.get("language_code") or "")), [])

    def setmydescription(self, parameters: Json) -> bool:
        return self._set_about("description", 512, parameters)

    def setmyshortdescription(self, parameters: Json) -> bool:
        return self._set_about("short_description", 120, parameters)

    def _set_about(self, name: str, longest: int, parameters: Json) -> bool:
        text = str(parameters.get(name) or "")
        if len(text) > longest:
            raise Refused("BOT_DESCRIPTION_TOO_LONG")
        self.state.about[name, str(parameters.get("language_code") or "")] = text
        return True
