"""What the conversation needs from outside, as Protocols. Databases, Azure and Slack stand behind these."""

from bot.chat.ports.answers import Answers
from bot.chat.ports.files import FileReader, SharedFiles
from bot.chat.ports.memory import Conversations, Turns
from bot.chat.ports.model import Finish, Model, Piece, Request, TokenCounter
from bot.chat.ports.setups import Drafts, Personas, Setups
from bot.chat.ports.slack import Alarm, Reply, Slack
from bot.chat.ports.spending import Spending
from bot.chat.ports.standing import KnownChannel, Names, People
from bot.chat.ports.threads import Threads
from bot.chat.ports.time import Clock

__all__ = [
    "Alarm",
    "Answers",
    "Clock",
    "Conversations",
    "Drafts",
    "FileReader",
    "Finish",
    "KnownChannel",
    "Model",
    "Names",
    "People",
    "Personas",
    "Piece",
    "Reply",
    "Request",
    "Setups",
    "SharedFiles",
    "Slack",
    "Spending",
    "Threads",
    "TokenCounter",
    "Turns",
]
