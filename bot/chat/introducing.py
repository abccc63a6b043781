"""The verb that finds out what the people of a thread are called, where a model has to be told."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.chat.messages import Message
from bot.chat.ports import Conversations, Names
from bot.chat.turns import Turn
from bot.chat.voices import ONE, Naming, Voices, mentioned, speakers, voices


@dataclass(frozen=True, slots=True)
class Introducing:
    """Who is who, within one team. A conversation with one person, who mentions nobody, costs nothing."""

    conversations: Conversations
    names: Names
    naming: Naming

    async def voices(self, turn: Turn, messages: Sequence[Message]) -> Voices:
        """What the people in these messages are called; they are what a request may carry."""
        people = dict.fromkeys((*speakers(messages), *mentioned(messages)))
        if len(people) < 2:
            return ONE
        if self.naming is Naming.LETTERS:
            return voices(messages, {}, self.naming, await self.conversations.people(turn))
        bots = {each.author_id: each.author_name for each in messages if each.author_name}
        names = {**await self.names.names_of([id_ for id_ in people if id_ not in bots]), **bots}
        order = () if names.keys() >= people.keys() else await self.conversations.people(turn)
        return voices(messages, names, self.naming, order)
