"""What a model writes must never ping anybody, however its text is cut into pieces.

Slack calls people by `<@U..>`, groups by `<!subteam^..>`, everybody by `<!channel>` and its like, and where
names are linked by a bare `@channel`. Each becomes `@`, a zero-width space and the name: it reads the same
and calls nobody. Links and `<#C..>` stay.
"""

import re

BREAK = "\u200b"

_LONGEST = 200
_REST = rf"[^<>\n]{{0,{_LONGEST}}}"
_BARE = ("channel", "here", "everyone")
_COMMANDS = (*_BARE, "group", "subteam^", "date^")


def _any(words: tuple[str, ...]) -> str:
    return f"(?i:{'|'.join(map(re.escape, words))})"


def _beginning_of_any(words: tuple[str, ...]) -> str:
    """A pattern for every beginning of these words, nothing at all included."""
    nested = ("".join(f"(?:{re.escape(c)}" for c in word) + ")?" * len(word) for word in words)
    return f"(?i:{'|'.join(nested)})"


_CALL = re.compile(
    rf"<(?P<command>!{_any(_COMMANDS)}{_REST}|@[A-Z0-9]{{2,30}}(?:\|{_REST})?)(?P<end>>?)"
    rf"|@(?P<bare>{_any(_BARE)})(?![A-Za-z0-9_])"
)
_OPEN = re.compile(
    rf"<(?:!(?:{_beginning_of_any(_COMMANDS)}|{_any(_COMMANDS)}{_REST})"
    rf"|@[A-Z0-9]{{0,30}}(?:(?<=[A-Z0-9]{{2}})\|{_REST})?)?\Z"
    rf"|@{_beginning_of_any(_BARE)}\Z"
)


class Neutraliser:
    """Neutralises text as it comes. What comes out, put together, is `neutralised` of all that went in."""

    def __init__(self) -> None:
        self._held = ""
        self._last = ""

    def feed(self, text: str) -> str:
        """As much of the text so far as is certain; the beginning of what may become a call is held back."""
        waiting = self._held + text
        opened = _OPEN.search(waiting)
        certain = opened.start() if opened else len(waiting)
        self._held = waiting[certain:]
        return self._let_through(waiting, certain)

    def end(self) -> str:
        """What was still held back."""
        waiting, self._held = self._held, ""
        return self._let_through(waiting, len(waiting))

    def _let_through(self, text: str, end: int) -> str:
        out: list[str] = []
        position = 0
        while call := _CALL.search(text, position, end):
            self._add(out, text[position : call.start()])
            position = call.end() if call["bare"] or call["end"] else call.start() + 1
            self._add(out, _quiet(call, self._last))
        self._add(out, text[position:end])
        return "".join(out)

    def _add(self, out: list[str], text: str) -> None:
        if text:
            out.append(text)
            self._last = text[-1]


def neutralised(text: str) -> str:
    """The whole text with every call made quiet; doing it twice changes nothing more."""
    neutraliser = Neutraliser()
    return neutraliser.feed(text) + neutraliser.end()


def _quiet(call: re.Match[str], before: str) -> str:
    if call["bare"]:
        # somebody@channel.example is an address.
        return call.group() if _is_word(before) else f"@{BREAK}{call['bare']}"
    if not call["end"]:
        return f"<{BREAK}"
    target, _, label = call["command"].partition("|")
    # A label may hold half a call of its own; broken everywhere, it cannot find its other half.
    words = label.lstrip("@").replace("@", f"@{BREAK}")
    if target[:6].lower() == "!date^":
        return BREAK + words
    name = words or target[1:].removeprefix("subteam^")
    return f"{BREAK if before == '<' else ''}@{BREAK}{name}"


def _is_word(character: str) -> bool:
    return character.isascii() and (character.isalnum() or character == "_")
