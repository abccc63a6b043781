"""What every verb of an interaction needs: the app's side of it, triggers, addresses to answer to."""

from collections.abc import Callable

from bot.playground.workspace.channels import Channel
from bot.playground.workspace.delivery import Delivery, DeliveryState, Parcel
from bot.playground.workspace.files import Files
from bot.playground.workspace.installation import Installation
from bot.playground.workspace.interactions.answers import SubmissionAnswers
from bot.playground.workspace.interactions.envelopes import Envelopes
from bot.playground.workspace.interactions.response_urls import ResponseUrls
from bot.playground.workspace.limits import Limits
from bot.playground.workspace.messages import JSON, File, Message
from bot.playground.workspace.people import Person
from bot.playground.workspace.record import Record
from bot.playground.workspace.surfaces import Surfaces, View
from bot.playground.workspace.team import SLACKBOT


class Interacting:
    """Sends interactions to the app and remembers what people have put into its messages.

    `origin` is where the workspace is served, as the app called it last; addresses that the app is given
    begin with it.
    """

    def __init__(
        self,
        record: Record,
        surfaces: Surfaces,
        delivery: Delivery,
        limits: Limits,
        clock: Callable[[], float],
    ) -> None:
        self.record = record
        self.surfaces = surfaces
        self.delivery = delivery
        self.files = Files()
        self.origin = ""
        self.response_urls = ResponseUrls(clock, limits)
        self.submissions = SubmissionAnswers(
            surfaces, limits, lambda view: record.tell("view", person=view.person)
        )
        self._envelopes = Envelopes(record)
        self._in_messages: dict[tuple[str, str, str], dict[str, dict[str, JSON]]] = {}
        self._offered: dict[tuple[str, str, str], list[JSON]] = {}

    def send(self, kind: str, payload: JSON, on_settled: Callable[[Parcel], None] | None = None) -> Parcel:
        """Send an `interactive` or `slash_commands` payload; the parcel's `answer` is what the app said.

        Slack does not repeat these: unacknowledged, or with no socket open, they are given up.
        """
        parcel = Parcel(kind, payload, accepts_response=True, retries=False)
        if on_settled is not None:
            parcel.on_settled = lambda: on_settled(parcel)
        return self.delivery.send(parcel)

    def upload(self, person: Person, name: str, content: bytes, *, alt: str = "") -> File:
        """A file of that person's, to be posted or put into a modal; `alt` says what a picture shows."""
        return self.files.keep(name, content, owner=person.id, origin=self.origin, alt=alt)

    def notice(self, person: Person, channel: Channel, text: str, thread_ts: str | None = None) -> Message:
        """What Slackbot tells one person where they are."""
        message = Message(
            channel.id,
            self.record.history.mint_ts(),
            SLACKBOT,
            text,
            thread_ts=thread_ts,
            ephemeral_to=person.id,
        )
        return self.record.publish(message)

    @property
    def _app(self) -> Installation:
        return self.record.announcements.app

    def _trigger(self, person: Person, view: View | None = None) -> str:
        return self.surfaces.issue_trigger(person.id, view.id if view else None)

    def _response_url(self, person: Person, channel: Channel, source: Message | None = None) -> str:
        return self.origin + self.response_urls.issue(person.id, channel.id, source)

    def _open_view(self, person: Person, view: View | str) -> View:
        """The view as it is now.

        Raises:
            KeyError: it is closed, or somebody else's.
        """
        view_id = view if isinstance(view, str) else view.id
        found = self.surfaces.find(view_id)
        if found is None or found.person != person.id:
            raise KeyError(view_id)
        return found

    def _seen_message(self, person: Person, message: Message) -> Message:
        """The message as it is now.

        Raises:
            KeyError: it is gone, or this person does not see it.
        """
        found = self.record.history.get(message.channel, message.ts)
        hidden = found is not None and found.ephemeral_to not in (None, person.id)
        if found is None or hidden or not self.record.team.channel(found.channel).has(person.id):
            raise KeyError(message.ts)
        return found


def failed(parcel: Parcel) -> bool:
    """Whether the app never acknowledged."""
    return parcel.state is DeliveryState.GIVEN_UP
