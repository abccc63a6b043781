"""The verb that reads what was shared with a question, once: documents become text, pictures are seen."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bot.chat.deployments import Deployment, Transport
from bot.chat.messages import Message
from bot.chat.ports import Conversations, FileReader, SharedFiles, TokenCounter
from bot.chat.shared_files import FileKind, FileText, KeptFile, Picture, Unread
from bot.chat.turns import Turn

SHARE = 2
"""Files take at most one part in so many of what a deployment holds; the conversation needs room, too."""

MOST_CHARACTERS = 400_000


@dataclass(frozen=True, slots=True)
class Attended:
    """A turn whose files have been read; `pictures` go with its questions, by the message's number."""

    turn: Turn
    pictures: Mapping[int, tuple[Picture, ...]] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Attending:
    """Reads files within what a deployment has room for. What was read once is kept with its message."""

    conversations: Conversations
    shared: SharedFiles
    reader: FileReader
    count: TokenCounter

    async def attend(self, turn: Turn, deployment: Deployment, response: int) -> Attended:
        """The turn with its files read, `response` tokens being kept for the answer.

        A picture of an earlier attempt is fetched again: only documents are kept.
        """
        waiting = [each for each in turn.asks if any(not file.settled or file.seen for file in each.files)]
        if not waiting:
            return Attended(turn)
        files = sum(len(each.files) for each in waiting)
        room = max(0, deployment.context - response) // SHARE // files
        read: dict[int, Message] = {}
        pictures: dict[int, tuple[Picture, ...]] = {}
        for message in waiting:
            read[message.id], pictures[message.id] = await self._message(message, deployment, room)
        questions = tuple(read.get(each.id, each) for each in turn.questions)
        return Attended(replace(turn, questions=questions), pictures)

    async def _message(
        self, message: Message, deployment: Deployment, room: int
    ) -> tuple[Message, tuple[Picture, ...]]:
        files: list[KeptFile] = []
        seen: list[Picture] = []
        for kept in message.files:
            if kept.settled and not kept.seen:
                files.append(kept)
                continue
            found, picture = await self._file(kept, deployment, room)
            files.append(found)
            seen += [picture] if picture else []
        if tuple(files) != message.files:
            await self.conversations.keep_files(message.id, tuple(files))
        return replace(message, files=tuple(files), tokens=None), tuple(seen)

    async def _file(
        self, kept: KeptFile, deployment: Deployment, room: int
    ) -> tuple[KeptFile, Picture | None]:
        file = kept.file
        if file.kind is FileKind.OTHER:
            return KeptFile(file, unread=Unread.KIND), None
        if file.kind is FileKind.PICTURE and not (deployment.sees and deployment.transport is Transport.CHAT):
            return KeptFile(file, unread=Unread.BLIND), None
        data = await self.shared.fetch(file)
        found = data if isinstance(data, Unread) else await self.reader.read(file, data, self._most(room))
        if isinstance(found, Unread):
            return KeptFile(file, unread=found), None
        if isinstance(found, Picture):
            return KeptFile(file, seen=True), found
        cut = self._cut(found, deployment.encoding, room)
        return KeptFile(file, text=cut.text, cut=cut.cut), None

    def _most(self, room: int) -> int:
        """Characters worth reading: few tokens have more than eight of them."""
        return min(MOST_CHARACTERS, room * 8)

    def _cut(self, found: FileText, encoding: str, room: int) -> FileText:
        """The beginning that has room; the longer the text, the more exactly its share is met."""
        while (tokens := self.count(found.text, encoding)) > room:
            keep = min(len(found.text) - 1, len(found.text) * room // tokens)
            found = FileText(found.text[: max(0, keep)], cut=True)
        return found
