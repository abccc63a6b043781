"""Emoji by the names that Slack gives them."""

import re
import unicodedata

# Slack's short names differ from Unicode's; these are the ones that bots and people write most.
_NAMES = {
    "+1": "👍",
    "-1": "👎",
    "thumbsup": "👍",
    "thumbsdown": "👎",
    "bulb": "💡",
    "computer": "💻",
    "construction": "🚧",
    "eyes": "👀",
    "fire": "🔥",
    "gear": "⚙️",
    "hiking_boot": "🥾",
    "hourglass_flowing_sand": "⏳",
    "lock": "🔒",
    "mega": "📣",
    "mute": "🔇",
    "no_entry": "⛔",
    "pray": "🙏",
    "receipt": "🧾",
    "repeat": "🔁",
    "robot_face": "🤖",
    "rocket": "🚀",
    "scroll": "📜",
    "smile": "😄",
    "sparkles": "✨",
    "speech_balloon": "💬",
    "star": "⭐",
    "stop_sign": "🛑",
    "tada": "🎉",
    "thinking_face": "🤔",
    "video_game": "🎮",
    "warning": "⚠️",
    "wave": "👋",
    "white_check_mark": "✅",
    "x": "❌",
}

SHORT_NAME = re.compile(r":([a-z0-9_+'-]{1,60}):")


def emoji(name: str) -> str | None:
    """The character of that short name, with or without colons; None where there is none."""
    name = name.strip(":").lower()
    if name in _NAMES:
        return _NAMES[name]
    try:
        found = unicodedata.lookup(name.replace("_", " "))
    except KeyError:
        return None
    # Unicode has a name for every letter too: only pictures count.
    return found if unicodedata.category(found) == "So" else None
