"""Text with its entities: from HTML as bots write it, and as the server marks up what people write.

Called by the methods that send or edit text and by the driver. The HTML and its errors follow
``parse_html`` of tdlib/td (MessageEntity.cpp): offsets in the errors are bytes of UTF-8, offsets
and lengths of entities are UTF-16 units.
"""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tests.telegram.double.refusals import Refused, malformed

Entity = dict[str, Any]

MOST_BYTES = 32_768  # of raw text
_TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
_ATTRIBUTE = re.compile(
    rb"""\s*(?P<name>[^\s=>"']+)(?:\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[\w.-]+)))?"""
)
_REFERENCE = re.compile(r"&(?:#x[0-9a-fA-F]{1,6}|#[0-9]{1,7}|lt|gt|amp|quot);?")
_FOUND_BY_THE_SERVER = re.compile(
    r"(?P<bot_command>(?<![\w/@])/\w{1,64}(?:@\w{3,32})?)"
    r"|(?P<email>[\w.+-]+@[\w-]+\.[\w.-]*\w)"
    r"|(?P<mention>(?<!\w)@\w{3,32})"
    r"|(?P<url>(?:https?://|www\.)[^\s<>]+)"
)


@dataclass(frozen=True, slots=True)
class Text:
    """What is shown, and the marks on it."""

    shown: str
    entities: tuple[Entity, ...] = ()


def units(text: str) -> int:
    """The length in UTF-16 units, which is how Telegram counts."""
    return len(text) + sum(character > "\uffff" for character in text)


def from_bot(raw: str, parse_mode: str, entities: Iterable[Entity]) -> Text:
    """What a bot's text becomes when it is sent: parsed, cleaned and cut at both ends.

    Raises:
        Refused: the markup is wrong, or the text too long to be looked at.
    """
    if len(raw.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        raise malformed("message is too long")
    mode = parse_mode.lower()
    if mode == "html":
        return _clean(_from_html(raw))
    if mode in {"markdown", "markdownv2"}:
        raise malformed("the double of the tests reads parse_mode HTML only")
    if mode not in {"", "none"}:
        raise malformed("unsupported parse_mode")
    return _clean(Text(raw, tuple(_checked(raw, entities))))


def from_person(raw: str) -> Text:
    """What a person's text looks like to the bot, with commands, mentions and addresses marked."""
    cleaned = _clean(Text(raw)).shown
    return Text(
        cleaned,
        tuple(
            {
                "type": found.lastgroup,
                "offset": units(cleaned[: found.start()]),
                "length": units(found[0]),
            }
            for found in _FOUND_BY_THE_SERVER.finditer(cleaned)
        ),
    )


def _checked(text: str, entities: Iterable[Entity]) -> Iterable[Entity]:
    for entity in entities:
        offset, length = entity.get("offset"), entity.get("length")
        if not isinstance(offset, int) or not isinstance(length, int) or offset < 0:
            raise malformed("can't parse MessageEntity: offset and length must be integers")
        if length <= 0 or offset + length > units(text):
            raise malformed(f"entity at {offset} of length {length} lies outside the text")
        yield entity


def _clean(text: Text) -> Text:
    """Control characters become spaces, and blanks at both ends go, with what they moved."""
    plain = re.sub(r"[\x00-\x09\x0b-\x1f]", " ", text.shown.replace("\r", ""))
    cut = units(plain) - units(plain.lstrip())
    shown = plain.strip()
    left = units(shown)
    moved = []
    for entity in text.entities:
        begin = max(entity["offset"] - cut, 0)
        end = min(entity["offset"] + entity["length"] - cut, left)
        if end > begin:
            moved.append(entity | {"offset": begin, "length": end - begin})
    return Text(shown, tuple(moved))


@dataclass(frozen=True, slots=True)
class _Open:
    tag: str
    attributes: dict[str, str]
    at: int  # where its text begins, in UTF-16 units
    position: int  # the same, in characters


def _from_html(raw: str) -> Text:
    source = raw.encode("utf-8", "surrogatepass")
    shown = ""
    stack: list[_Open] = []
    entities: list[Entity] = []
    position = 0
    while position < len(source):
        begin = source.find(b"<", position)
        end = len(source) if begin < 0 else begin
        shown += _unescape(source[position:end].decode("utf-8", "surrogatepass"))
        if begin < 0:
            break
        if source[begin : begin + 2] == b"</":
            position = _close(source, begin, stack, shown, entities)
        else:
            tag, attributes, position = _start_tag(source, begin)
            stack.append(_Open(tag, attributes, units(shown), len(shown)))
    if stack:
        raise _unparsed(f'Can\'t find end tag corresponding to start tag "{stack[-1].tag}"')
    return Text(shown, tuple(sorted(entities, key=lambda e: (e["offset"], -e["length"]))))


def _start_tag(source: bytes, begin: int) -> tuple[str, dict[str, str], int]:
    """The name and attributes of a tag, and where it ends."""
    name = re.compile(rb"[^\s>]*").match(source, begin + 1)
    assert name is not None
    position = name.end()
    if position == len(source):
        raise _unparsed(f"Unclosed start tag at byte offset {begin}")
    tag = name[0].decode("utf-8", "replace").lower()
    if tag not in _TYPES:
        raise _unparsed(f'Unsupported start tag "{tag}" at byte offset {begin}')
    attributes: dict[str, str] = {}
    while (rest := source[position:].lstrip()) and not rest.startswith(b">"):
        position = len(source) - len(rest)
        found = _ATTRIBUTE.match(source, position)
        if found is None:
            words = f'Empty attribute name in the tag "{tag}" at byte offset {begin}'
            raise _unparsed(words)
        value = found["double"] or found["single"] or found["bare"] or b""
        key = found["name"].decode("utf-8", "replace")
        if b"=" not in found[0] and (tag, key) != ("blockquote", "expandable"):
            words = "Expected equal sign in declaration of an attribute of the tag"
            raise _unparsed(f'{words} "{tag}" at byte offset {begin}')
        attributes[key] = html.unescape(value.decode("utf-8", "replace"))
        position = found.end()
    if not rest:
        raise _unparsed(f"Unclosed start tag at byte offset {begin}")
    if tag == "span" and attributes.get("class") != "tg-spoiler":
        words = f'Tag "span" must have class "tg-spoiler" at byte offset {begin}'
        raise _unparsed(words)
    return tag, attributes, len(source) - len(rest) + 1


def _close(
    source: bytes, begin: int, stack: list[_Open], shown: str, entities: list[Entity]
) -> int:
    """End the innermost element; where the end tag ends."""
    if not stack:
        raise _unparsed(f"Unexpected end tag at byte offset {begin}")
    found = re.compile(rb"</([^\s>]*)\s*>").match(source, begin)
    if found is None:
        raise _unparsed(f"Unclosed end tag at byte offset {begin}")
    name = found[1].decode("utf-8", "replace").lower()
    opened = stack.pop()
    if name not in {"", opened.tag}:
        raise _unparsed(
            f'Unmatched end tag at byte offset {begin}, expected "</{opened.tag}>",'
            f' found "</{name}>"'
        )
    length = units(shown) - opened.at
    entity = _entity(opened, shown[opened.position :])
    if length and entity:
        entities.append(entity | {"offset": opened.at, "length": length})
    return found.end()


def _entity(opened: _Open, inside: str) -> Entity | None:
    kind, attributes = _TYPES[opened.tag], opened.attributes
    if kind == "text_link":
        url = attributes.get("href") or inside
        return {"type": kind, "url": url} if "." in url or "://" in url else None
    if kind == "custom_emoji":
        return {"type": kind, "custom_emoji_id": attributes.get("emoji-id", "")}
    if kind == "blockquote" and "expandable" in attributes:
        return {"type": "expandable_blockquote"}
    return {"type": kind}


def _unescape(text: str) -> str:
    """Numeric references and the four names that Telegram knows; all others stay as they are."""
    return _REFERENCE.sub(lambda found: html.unescape(found[0].rstrip(";") + ";"), text)


def _unparsed(words: str) -> Refused:
    return malformed(f"can't parse entities: {words}")
