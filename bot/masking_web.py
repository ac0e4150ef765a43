"""Finds e-mail addresses, user names, and what follows the host in an address on the web.

Called by `bot.masking`. Which site somebody means is kept; the path stays only on the sites of
public bodies, where it names a page and no person.
"""

import re
from collections.abc import Iterator

from bot.masking_markers import COVERED, Found, Marker

_CHUNK = re.compile(rf"[^\s{COVERED}]+")
_HOST = re.compile(
    r"(?:https?://)?((?:[a-z0-9_-]{1,63}\.){1,6}[a-z]{2,24})(?::[0-9]{1,5})?(?=[/?#])"
)
_WITH_USER = re.compile(r"[a-z][a-z0-9+.-]{1,9}://(?=[^/?#@]{1,200}@)")
_OPENING, _CLOSING = "(<[{«\"'", ".,;:!?)>]}»\"'"

# Pages of these are open to all and named after what they tell.
_PUBLIC = (
    *("imdi.no", "udi.no", "une.no", "regjeringen.no", "stortinget.no", "lovdata.no", "nav.no"),
    *("brreg.no", "frivillighetsregisteret.no", "altinn.no", "skatteetaten.no", "ssb.no"),
    *("hkdir.no", "bufdir.no", "helsedirektoratet.no", "udir.no", "kommune.no", "herad.no"),
    *("fylkeskommune.no", "frivillighetnorge.no", "lottstift.no", "kompetansenorge.no"),
)
_PLAIN_PATH = re.compile(r"(?:/[a-z-]{0,60}(?:[0-9]{1,4})?(?:\.html?|\.pdf)?){1,8}")

_LOCAL = re.compile(r"[\w.+%&'-]")
_SPELT_DOTS = (" dot ", " punktum ", " prikk ")
_LONGEST_LOCAL = 64  # characters, RFC 5321
_DOT = r"(?:\.| \. | ?[(\[{] ?(?:dot|punktum|prikk) ?[)\]}] ?| (?:dot|punktum|prikk) )"
_DOMAIN = re.compile(rf"[a-z0-9-]{{1,63}}(?:{_DOT}[a-z0-9-]{{2,63}}|\.[a-z0-9-]{{1,63}}){{1,6}}")
_SPELT = r"a|at|krøllalfa|alfakrøll|kroellalfa|snabel-?a"
_AT = re.compile(
    rf" ?@ ?| ?[(\[{{] ?(?:{_SPELT}) ?[)\]}}] ?| (?:krøllalfa|alfakrøll|snabel-?a) "
    rf"| at (?=[a-z0-9-]{{2,63}} (?:dot|punktum|prikk) )"
)
_TOPS = (".no", ".com", ".org", ".net", ".se", ".dk", ".fi", ".de", ".uk", ".eu", ".pl", ".info")
_BARE_DOMAIN = re.compile(r"[a-z0-9-]{2,63}")
_USER = re.compile(r"(?<![\w.@])@[a-z][a-z0-9_.]{2,30}[a-z0-9_]")


def find_web(text: str, low: str) -> Iterator[Found]:
    """Every e-mail address, user name and personal part of a link on a page."""
    yield from _emails(low)
    for chunk in _CHUNK.finditer(low) if "/" in low or "?" in low else ():
        if "." in chunk[0] and ("/" in chunk[0] or "?" in chunk[0]):
            yield from _link(low, chunk.start(), chunk.end())
    for match in _USER.finditer(low):
        yield Found(match.start(), match.end(), Marker.USER)


def _emails(low: str) -> Iterator[Found]:
    end_before = 0
    for match in _AT.finditer(low):
        if match.start() < end_before:
            continue
        start = match.start()
        lowest = max(end_before, start - _LONGEST_LOCAL)
        while start > lowest:
            spelt = low.endswith(_SPELT_DOTS, lowest, start) and low.rindex(" ", lowest, start - 1)
            if not spelt and not _LOCAL.match(low, start - 1):
                break
            start = spelt or start - 1
        domain = _DOMAIN.match(low, match.end())
        if domain is None and match[0] == "@":
            domain = _BARE_DOMAIN.match(low, match.end())  # «kari@firma»
        is_apart = match[0] != "@" and "@" in match[0]
        if domain and is_apart and not domain[0].endswith(_TOPS):
            continue  # «følg @kari.lie» is a user name
        if domain and start < match.start():
            end_before = domain.end()
            yield Found(start, end_before, Marker.EMAIL)


def _link(low: str, start: int, end: int) -> Iterator[Found]:
    while start < end and low[start] in _OPENING:
        start += 1
    while end > start and low[end - 1] in _CLOSING:
        end -= 1
    with_user = _WITH_USER.match(low, start, end)
    host = _HOST.match(low, start, end)
    if with_user:
        yield Found(with_user.end(), end, Marker.LINK)
    elif host:
        rest = host.end() + 1  # behind the mark that ends the host
        is_public = any(host[1] == site or host[1].endswith("." + site) for site in _PUBLIC)
        path = _PLAIN_PATH.match(low, host.end(), end)
        if is_public and path and (path.end() == end or low[path.end()] in "?#"):
            rest = path.end()
        if rest < end:
            yield Found(rest, end, Marker.LINK)
