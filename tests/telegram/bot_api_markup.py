"""Text as the Bot API parses it: HTML, MarkdownV2, and what is left to read. Refuses what Telegram refuses."""

from __future__ import annotations

import html
import re

from bot_api_state import Refused

MOST_CHARACTERS = 4096
_TAGS = {
    "b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "span", "tg-spoiler", "a", "tg-emoji", "code", "pre", "blockquote",
}  # fmt: skip
_ENTITY_KINDS = (
    "bold",
    "italic",
    "underline",
    "strikethrough",
    "spoiler",
    "code",
    "pre",
    "text_link",
    "blockquote",
    "expandable_blockquote",
)
_TAG = re.compile(r"<(/?)([A-Za-z-]+)((?:\s+[A-Za-z-]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>]+))?)*)\s*>")
_ENTITY = re.compile(r"&(?:lt|gt|amp|quot|#\d{1,7}|#x[0-9a-fA-F]{1,6});")
_RESERVED = frozenset("_*[]()~`>#+-=|{}.!")


def utf16_length(text: str) -> int:
    """Length as Telegram counts offsets; the stricter of the two ways to count characters."""
    return len(text.encode("utf-16-le")) // 2


def readable(text: str, parse_mode: str | None) -> str:
    """What a reader sees of `text`; raises Refused when it cannot be parsed, is empty, or longer than 4,096 characters."""
    match (parse_mode or "").casefold():
        case "":
            plain = text
        case "html":
            plain = from_html(text)
        case "markdownv2":
            plain = from_markdown(text)
        case _:
            raise Refused("unsupported parse_mode")
    plain = plain.strip()
    if not plain:
        raise Refused("message text is empty")
    if utf16_length(plain) > MOST_CHARACTERS:
        raise Refused("message is too long")
    return plain


def check_entities(text: str, entities: object) -> None:
    """Marks given beside the text, in UTF-16 units; raises Refused for one that lies outside it or is of no kind Telegram knows."""
    if not isinstance(entities, list):
        raise Refused("can't parse entities: expected an array")
    for entity in entities:
        if entity.get("type") not in _ENTITY_KINDS:
            raise Refused("can't parse entities: unknown type")
        offset, length = entity.get("offset"), entity.get("length")
        if type(offset) is not int or type(length) is not int or offset < 0 or length < 1 or offset + length > utf16_length(text):
            raise Refused("can't parse entities: it lies outside the text")


def from_html(text: str) -> str:
    """Without tags; raises Refused for what is not well-formed."""
    plain, open_tags, at = "", list[str](), 0
    while at < len(text):
        char = text[at]
        if char == "<":
            at = _tag(text, at, open_tags)
        elif char == "&" and (entity := _ENTITY.match(text, at)):
            plain += html.unescape(entity[0])
            at = entity.end()
        else:
            plain += char
            at += 1
    if open_tags:
        raise Refused(f"can't parse entities: Can't find end tag corresponding to start tag \"{open_tags[-1]}\"")
    return plain


def _tag(text: str, at: int, open_tags: list[str]) -> int:
    """Where the text goes on after the tag at `at`."""
    found = _TAG.match(text, at)
    if found is None:
        raise Refused(f"can't parse entities: Unclosed start tag at byte offset {at}")
    is_end, name, attributes = found[1] == "/", found[2].casefold(), found[3]
    if name not in _TAGS:
        raise Refused(f'can\'t parse entities: Unsupported start tag "{name}" at byte offset {at}')
    if is_end:
        if not open_tags or open_tags.pop() != name:
            raise Refused(f"can't parse entities: Unmatched end tag at byte offset {at}")
        return found.end()
    if name == "span" and 'class="tg-spoiler"' not in attributes:
        raise Refused(f'can\'t parse entities: Tag "span" must have class "tg-spoiler" at byte offset {at}')
    open_tags.append(name)
    return found.end()


def from_markdown(text: str) -> str:
    """MarkdownV2 without its marks; raises Refused for a reserved character that is not escaped, or a mark that is not closed."""
    plain, open_marks, at = "", list[str](), 0
    while at < len(text):
        if text[at] == "\\" and at + 1 < len(text) and ord(text[at + 1]) < 127:
            plain += text[at + 1]
            at += 2
            continue
        mark = next((each for each in ("```", "__", "||", "*", "_", "~", "`", "[", "]") if text.startswith(each, at)), None)
        if mark in ("```", "`"):
            inside, at = _code(text, at, mark)
            plain += inside
        elif mark == "]" and open_marks and open_marks[-1] == "[":
            open_marks.pop()
            at = _link_end(text, at + 1)
        elif mark is not None and mark != "]":
            open_marks.pop() if open_marks and open_marks[-1] == mark else open_marks.append(mark)
            at += len(mark)
        elif text[at] == ">" and (at == 0 or text[at - 1] == "\n"):
            at += 1
        elif text[at] in _RESERVED:
            raise Refused(f"can't parse entities: Character '{text[at]}' is reserved and must be escaped with the preceding '\\'")
        else:
            plain += text[at]
            at += 1
    if open_marks:
        raise Refused("can't parse entities: Can't find end of the entity")
    return plain


def _code(text: str, at: int, mark: str) -> tuple[str, int]:
    """What stands between the marks, and where the text goes on."""
    inside, here = "", at + len(mark)
    while here < len(text):
        if text.startswith(mark, here):
            return inside, here + len(mark)
        if text[here] == "\\" and here + 1 < len(text) and text[here + 1] in "`\\":
            here += 1
        inside += text[here]
        here += 1
    raise Refused("can't parse entities: Can't find end of Code entity")


def _link_end(text: str, at: int) -> int:
    if at >= len(text) or text[at] != "(":
        raise Refused("can't parse entities: Can't find end of a URL")
    while at < len(text) and text[at] != ")":
        at += 2 if text[at] == "\\" else 1
    if at >= len(text):
        raise Refused("can't parse entities: Can't find end of a URL")
    return at + 1
