"""Slash commands and shortcuts."""

from bot.playground.workspace.blockkit.blocks import Surface, check_blocks
from bot.playground.workspace.blockkit.inspection import Inspection
from bot.playground.workspace.channels import Channel
from bot.playground.workspace.delivery import Parcel
from bot.playground.workspace.interactions.elements import named
from bot.playground.workspace.interactions.interacting import Interacting, failed
from bot.playground.workspace.messages import JSON, Message
from bot.playground.workspace.people import Person
from bot.playground.workspace.team import ChannelRef, Ref

_TIMED_OUT = "operation_timeout"
_NO_ACK = "timeout"


class Commands(Interacting):
    """What people start without any message or view of the app."""

    def command(
        self, person: Ref, channel: ChannelRef, text: str, *, thread_ts: str | None = None
    ) -> Parcel | None:
        """Send a slash command as typed, such as `/confab settings`.

        None where Slack itself refuses: inside a thread, or where no app has such a command. Slackbot tells
        the person so. What the app answers in its acknowledgement appears in the channel.

        Raises:
            KeyError: there is no such person or channel, or the person is not in it.
        """
        author, place = self.record.team.person(person), self.record.team.channel(channel)
        if not place.has(author.id):
            raise KeyError(place.name)
        name, _, rest = text.strip().partition(" ")
        known = name in [each["command"] for each in self._app.commands] and self._app.may("commands")
        if thread_ts is not None or not known:
            reason = "is not supported in threads. Sorry!" if known else "is not a valid command."
            self.notice(author, place, f"`{name}` {reason}", thread_ts)
            return None
        urls = {"trigger_id": self._trigger(author), "response_url": self._response_url(author, place)}
        payload = self._envelopes.command(author, place, name, rest.strip(), **urls)
        return self.send(
            "slash_commands", payload, lambda parcel: self._answered(parcel, author, place, name)
        )

    def shortcut(self, person: Ref, callback_id: str, message: Message | None = None) -> Parcel:
        """Choose a shortcut of the manifest: a global one, or one of a message's menu.

        Raises:
            KeyError: the app has no such shortcut, or the message is out of sight.
        """
        author = self.record.team.person(person)
        kind = "global" if message is None else "message"
        declared = {(each["callback_id"], each["type"]) for each in self._app.shortcuts}
        if (callback_id, kind) not in declared or not self._app.may("commands"):
            raise KeyError(callback_id)
        body = self._envelopes.common("shortcut" if message is None else "message_action", author)
        body |= {"callback_id": callback_id, "trigger_id": self._trigger(author)}
        body["action_ts"] = self.record.history.mint_ts()
        if message is not None:
            shown = self._seen_message(author, message)
            place = self.record.team.channel(shown.channel)
            body |= {
                "channel": self._envelopes.channel(shown),
                "message_ts": shown.ts,
                "message": self.record.payloads.message(shown, with_metadata=True),
                "response_url": self._response_url(author, place, shown),
            }
        return self.send("interactive", body)

    def _answered(self, parcel: Parcel, person: Person, channel: Channel, name: str) -> None:
        if failed(parcel):
            reason = _TIMED_OUT if parcel.reason == _NO_ACK else parcel.reason
            self.notice(person, channel, f"{name} failed with the error “{reason}”")
        elif parcel.answer:
            self._say(parcel.answer, person, channel)

    def _say(self, answer: JSON, person: Person, channel: Channel) -> None:
        """The acknowledgement of a command may be a message itself, for this person alone by default."""
        blocks = named(answer.get("blocks") or ())
        look = Inspection()
        check_blocks(look, blocks, Surface.MESSAGE)
        if look.faults:
            self.submissions.refused.append(" ".join(look.faults))
            return
        to_all = answer.get("response_type") == "in_channel"
        message = Message(
            channel.id,
            self.record.history.mint_ts(),
            self._app.user_id,
            str(answer.get("text", "")),
            blocks=tuple(blocks),
            bot_id=self._app.bot_id,
            app_id=self._app.app_id,
            ephemeral_to=None if to_all else person.id,
        )
        self.record.publish(message)
