"""The local workspace: one team, one installed app, and what people do there."""

import random
import time
from collections.abc import Callable, Sequence
from typing import Any

from bot.playground.workspace import comings
from bot.playground.workspace.calls import CallLog
from bot.playground.workspace.changes import ChangeFeed
from bot.playground.workspace.channels import Channel, ChannelKind
from bot.playground.workspace.connections import Connections
from bot.playground.workspace.delivery import Delivery, Parcel
from bot.playground.workspace.encoding import encode
from bot.playground.workspace.faults import Faults
from bot.playground.workspace.installation import Installation
from bot.playground.workspace.interactions.commands import Commands
from bot.playground.workspace.interactions.modals import Modals
from bot.playground.workspace.limits import Limits
from bot.playground.workspace.messages import File, Message
from bot.playground.workspace.people import Person
from bot.playground.workspace.rates import Rates
from bot.playground.workspace.record import Record
from bot.playground.workspace.sight import Ping, Shown, screen
from bot.playground.workspace.speaking import compose, react
from bot.playground.workspace.streams import expire, stop_by_person
from bot.playground.workspace.surfaces import Surfaces
from bot.playground.workspace.team import ChannelRef, Ref, Team


class Workspace(Commands, Modals):
    """One team per start, with a fresh id, two people to speak as, and the app installed.

    `ada` (an admin) and `grace` are the people, `confab` is the app's bot user, `weather` another app's bot.
    `general` and `xbox_support` have everybody in them, `random` lacks the app, `launch` is private and lacks
    Grace.

    The verbs are what people do; each is told to the page by `changes` and to the app as events. People and
    channels may be given as values, ids or names.

    Args:
        app: the app under test.
        clock: seconds since the epoch; timestamps, stream life and rates go by it.
        limits: Slack's figures; a test shortens the waits.
        chooser: decides which socket gets a payload.
        name: what the workspace is called.
    """

    def __init__(
        self,
        app: Installation,
        *,
        clock: Callable[[], float] = time.time,
        limits: Limits | None = None,
        chooser: random.Random | None = None,
        name: str = "Playground",
    ) -> None:
        self.clock = clock
        self.limits = limits or Limits()
        chooser = chooser or random.Random()  # noqa: S311 - chance, not secrecy
        self.changes = ChangeFeed()
        self.connections = Connections(
            app.app_id, clock=clock, chooser=chooser, limits=self.limits, changes=self.changes
        )
        delivery = Delivery(self.connections, limits=self.limits, chooser=chooser, changes=self.changes)
        self.team = Team(clock, name)
        record = Record(self.team, self.changes, delivery, app, clock)
        super().__init__(record, Surfaces(clock, self.limits), delivery, self.limits, clock)
        self.rates = Rates(clock)
        self.faults = Faults(self.changes)
        self.calls = CallLog(self.changes)
        self.apps: list[Installation] = [app]
        self._unheard: list[Message] = []
        self._settle_in(app)

    def _settle_in(self, app: Installation) -> None:
        team = self.team
        self.ada = team.add_person("ada", "Ada", real_name="Ada Lovelace", is_admin=True)
        self.grace = team.add_person("grace", "Grace", real_name="Grace Hopper")
        self.confab = team.add_bot(app.name, app.user_id, app.bot_id, app.app_id)
        other = Installation("Weather", ("chat:write",), frozenset())
        self.apps.append(other)
        self.weather = team.add_bot(other.name, other.user_id, other.bot_id, other.app_id)
        everybody = (self.ada, self.grace, self.confab, self.weather)
        self.general = team.add_channel("general", everybody, topic="News and small talk")
        self.xbox_support = team.add_channel("xbox-support", everybody, topic="Ask the Xbox agent")
        self.random = team.add_channel("random", (self.ada, self.grace, self.weather))
        self.launch = team.add_channel("launch-plans", (self.ada, self.confab), kind=ChannelKind.PRIVATE)
        team.direct(self.ada, self.confab)
        team.direct(self.grace, self.confab)

    @property
    def app(self) -> Installation:
        """The app under test, as it is installed now."""
        return self.record.announcements.app

    def reinstall(self, app: Installation) -> None:
        """Install the app anew, for instance with scopes declined; its ids and tokens must be the same."""
        self.apps[0] = app
        self.record.announcements.app = app
        self.record.tell("setting")

    @property
    def pings(self) -> tuple[Ping, ...]:
        """Everybody whom a bot's message ever notified."""
        return tuple(self.record.pings)

    @property
    def parcels(self) -> tuple[Parcel, ...]:
        """Everything that was sent to the app, oldest first, with what became of it."""
        return tuple(self.delivery.parcels)

    def direct(self, person: Ref) -> Channel:
        """The direct message between that person and the app."""
        return self.team.direct(person, self.confab)

    def see(
        self, channel: ChannelRef, thread_ts: str | None = None, viewer: Ref | None = None
    ) -> tuple[Shown, ...]:
        """What is on the screen: a channel without its threads, or one thread with its root.

        Args:
            channel: where to look.
            thread_ts: the root of a thread to open.
            viewer: who looks. None sees everything, and a streaming message as its recipient does.
        """
        place = self.team.channel(channel)
        person = None if viewer is None else self.team.person(viewer).id
        for message in self.record.history.channel(place.id):
            expire(self.record, message, self.clock(), self.limits)
        return screen(self.record.history, self.team, place.id, thread_ts, person)

    def post(
        self,
        person: Ref,
        channel: ChannelRef,
        text: str,
        *,
        thread_ts: str | None = None,
        broadcast: bool = False,
        files: Sequence[File] = (),
        encoded: bool = False,
    ) -> Message:
        """Say something, in a channel or under `thread_ts`; `broadcast` sends an answer to the channel too.

        `text` is as typed, `@Confab` and web addresses included, unless it is `encoded` as in Slack already.

        Raises:
            KeyError: there is no such person or channel.
        """
        author, place = self.team.person(person), self.team.channel(channel)
        message = compose(
            self.record,
            author,
            place,
            text,
            thread_ts=thread_ts,
            broadcast=broadcast,
            files=files,
            encoded=encoded,
        )
        self.record.publish(message)
        if f"<@{self.confab.id}>" in message.text and not place.has(self.confab.id):
            self._unheard.append(message)
        return message

    def edit(self, message: Message, text: str, *, encoded: bool = False) -> Message:
        """Let its author change what a message says."""
        new = text if encoded else encode(text, self.team)
        now, stamp = self.current(message), f"{int(self.clock())}.000000"
        return self.record.revise(now, text=new, edited_by=now.user, edited_ts=stamp, blocks=())

    def delete(self, message: Message) -> None:
        """Let somebody who may (its author, an admin) delete a message, the app's own included."""
        self.record.withdraw(self.current(message))

    def current(self, message: Message) -> Message:
        """How that message reads by now.

        Raises:
            KeyError: it is gone.
        """
        found = self.record.history.get(message.channel, message.ts)
        if found is None:
            raise KeyError(message.ts)
        return found

    def join(self, person: Ref, channel: ChannelRef, *, inviter: Ref | None = None) -> Channel:
        """Become a member, of one's own accord or invited."""
        host = None if inviter is None else self.team.person(inviter).id
        return comings.join(self.record, self.team.person(person), self.team.channel(channel), host)

    def invite(self, person: Ref, channel: ChannelRef, *, delivers: bool = True) -> Channel:
        """Bring the app in; if it `delivers`, a mention that found it absent comes now, as `app_mention`."""
        place = self.join(self.confab, channel, inviter=person)
        unheard = [message for message in self._unheard if message.channel == place.id]
        for message in unheard[-1:] if delivers else ():
            comings.hear_late(self.record, self.current(message), place)
        self._unheard = [message for message in self._unheard if message.channel != place.id]
        return place

    def leave(self, person: Ref, channel: ChannelRef) -> Channel:
        """Stop being a member."""
        return comings.leave(self.record, self.team.person(person), self.team.channel(channel))

    def archive(self, channel: ChannelRef) -> Channel:
        """Close a channel for good; what an app writes there afterwards is refused."""
        return comings.archive(self.record, self.team.channel(channel))

    def react(self, person: Ref, message: Message, name: str, *, remove: bool = False) -> Message:
        """Put an emoji on a message, or take it off."""
        return react(self.record, self.team.person(person), self.current(message), name, remove=remove)

    def open_home(self, person: Ref, tab: str = "home") -> Channel:
        """Look at the app's `home` or `messages` tab."""
        who = self.team.person(person)
        place = self.direct(who)
        view = self.surfaces.homes.get(who.id)
        at = self.record.history.mint_ts()
        content: dict[str, Any] | None = None if view is None else {"id": view.id, **view.content}
        self.record.announce(self.record.announcements.home_opened(who, place, tab, content, at))
        return place

    def stop(self, person: Ref, channel: ChannelRef, thread_ts: str) -> tuple[str, ...]:
        """Press Slack's own Stop in a thread: its streams end, and the app hears `agent_session_stopped`."""
        place = self.team.channel(channel)
        stopped = stop_by_person(self.record, place.id, thread_ts)
        self.announce(
            "agent_session_stopped",
            user=self.team.person(person).id,
            channel=place.id,
            thread_ts=thread_ts,
            streaming_message_ts=list(stopped),
        )
        return stopped

    def rename_session(self, person: Ref, channel: ChannelRef, thread_ts: str, title: str) -> None:
        """Give a thread's session another title, as its people can."""
        fields = self.surfaces.retitle(self.team.channel(channel).id, thread_ts, title)
        self.announce("agent_session_title_changed", user=self.team.person(person).id, **fields)

    def announce(self, kind: str, **fields: Any) -> list[Parcel]:
        """Let anything else happen that the app may have subscribed to, such as `app_uninstalled`."""
        at = self.record.history.mint_ts()
        return self.record.announce(self.record.announcements.plain(kind, at, **fields))

    def add_person(self, name: str, **more: Any) -> Person:
        """Let somebody else into the team; the keywords are those of `Team.add_person`."""
        return self.team.add_person(name.lower(), name, **more)
