"""Buttons, menus and inputs of messages and views."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.playground.workspace.channels import Channel
from bot.playground.workspace.delivery import Parcel
from bot.playground.workspace.interactions.elements import (
    STATEFUL,
    Values,
    chosen,
    find_element,
    state_of,
)
from bot.playground.workspace.interactions.interacting import Interacting, failed
from bot.playground.workspace.messages import JSON, File, Message
from bot.playground.workspace.payloads import file_json
from bot.playground.workspace.people import Person
from bot.playground.workspace.surfaces import View
from bot.playground.workspace.team import Ref

Place = tuple[str, str]  # block_id and action_id
Filled = Mapping[str, Any] | Mapping[Place, Any] | Mapping[str | Place, Any]


class Pressing(Interacting):
    """What people do with an app's elements."""

    def press(
        self,
        person: Ref,
        where: Message | View | str,
        action_id: str,
        choice: Any = None,
        *,
        block_id: str | None = None,
    ) -> Parcel:
        """Press a button, choose from a menu, or type into an input that tells the app at once.

        A confirmation that the element asks for counts as given.

        Args:
            person: who.
            where: a message, an open modal or home tab, or the id of one of these.
            action_id: the element's; the one that Slack made up where the app named none.
            choice: an option's value, a person, a channel, a text; a list where several may be chosen;
                for feedback buttons the value of the one pressed. Nothing for a button.
            block_id: needed where several blocks have that `action_id`.

        Raises:
            KeyError: no such element or option, or this person does not see it.
            ValueError: that element tells the app nothing before the view is submitted.
        """
        author = self.record.team.person(person)
        if isinstance(where, Message):
            return self._press_in_message(author, where, action_id, choice, block_id)
        view = self._open_view(author, where)
        block, element = self._element(view.content["blocks"], action_id, author, block_id)
        if block["type"] == "input" and not block.get("dispatch_action"):
            raise ValueError(f"{action_id} sends nothing by itself; use fill().")
        outcome, state = self._outcome(block, element, choice, view.id, view.state)
        view = self.surfaces.keep(replace(view, state=state))
        self.record.tell("view", person=author.id)
        body = self._envelopes.common("block_actions", author) | self._envelopes.on_view(view)
        body["trigger_id"] = self._trigger(author, view)
        return self._act(body, block, element, outcome)

    def fill(self, person: Ref, view: View | str, values: Filled) -> View:
        """Type and choose in a view without telling the app.

        `values` are by `block_id`, by `action_id`, or by both where neither says it alone.

        Raises:
            KeyError: no such element or option, or the view is closed.
        """
        author = self.record.team.person(person)
        found = self._open_view(author, view)
        state = found.state
        for name, choice in values.items():
            block_id, action_id = (None, name) if isinstance(name, str) else name
            block, element = find_element(found.content["blocks"], action_id, block_id)
            _, state = self._outcome(block, element, choice, found.id, state)
        return self.surfaces.keep(replace(found, state=state))

    def options(
        self,
        person: Ref,
        where: Message | View | str,
        action_id: str,
        query: str = "",
        *,
        block_id: str | None = None,
    ) -> Parcel:
        """Ask the app for the options of an external select, as the client does while somebody types.

        Once the parcel is settled its `answer` has them, and any of their values can be chosen.

        Raises:
            KeyError: no such element.
            ValueError: the query is shorter than the element's `min_query_length` (3 unless it says so).
        """
        author = self.record.team.person(person)
        body = self._envelopes.common("block_suggestion", author)
        if isinstance(where, Message):
            message = self._seen_message(author, where)
            key, blocks = message.ts, list(message.blocks)
            body |= self._envelopes.on_message(message, self._message_state(author, message))
        else:
            view = self._open_view(author, where)
            key, blocks = view.id, view.content["blocks"]
            body |= self._envelopes.on_view(view)
        block, element = self._element(blocks, action_id, author, block_id)
        if len(query) < element.get("min_query_length", 3):
            raise ValueError(
                f"{action_id} asks only from {element.get('min_query_length', 3)} characters on."
            )
        ids = {"block_id": block["block_id"], "action_id": element["action_id"]}
        place = (key, ids["block_id"], ids["action_id"])
        return self.send(
            "interactive", body | ids | {"value": query}, lambda parcel: self._offer(parcel, place)
        )

    def _press_in_message(
        self, author: Person, where: Message, action_id: str, choice: Any, block_id: str | None
    ) -> Parcel:
        message = self._seen_message(author, where)
        block, element = self._element(message.blocks, action_id, author, block_id)
        old = self._message_state(author, message)
        outcome, state = self._outcome(block, element, choice, message.ts, old)
        self._in_messages[message.channel, message.ts, author.id] = state
        body = self._envelopes.common("block_actions", author) | self._envelopes.on_message(message, state)
        place = self.record.team.channel(message.channel)
        body["response_url"] = self._response_url(author, place, message)
        body["trigger_id"] = self._trigger(author)
        return self._act(body, block, element, outcome)

    def _act(self, body: JSON, block: JSON, element: JSON, outcome: JSON) -> Parcel:
        if not self._app.interactive:
            raise KeyError("the manifest does not enable interactivity")
        return self.send("interactive", body | {"actions": [self._envelopes.action(block, element, outcome)]})

    def _message_state(self, person: Person, message: Message) -> Values:
        kept = self._in_messages.get((message.channel, message.ts, person.id))
        return state_of(message.blocks, kept)

    def _element(
        self, blocks: Sequence[JSON], action_id: str, person: Person, block_id: str | None
    ) -> tuple[JSON, JSON]:
        block, element = find_element(blocks, action_id, block_id)
        if person.id not in element.get("visible_to_user_ids", [person.id]):
            raise KeyError(action_id)
        return block, element

    def _outcome(
        self, block: JSON, element: JSON, choice: Any, place: str, state: Values
    ) -> tuple[JSON, Values]:
        """What `actions` says of it, and the state of all elements afterwards."""
        kind = str(element["type"])
        if kind in STATEFUL:
            offered = self._offered.get((place, block["block_id"], element["action_id"]), ())
            value = chosen(element, choice, offered=offered, identify=self._identify)
            inner = {**state.get(block["block_id"], {}), element["action_id"]: value}
            return value, {**state, block["block_id"]: inner}
        if kind == "overflow":
            picked = next((each for each in element["options"] if each["value"] == choice), None)
            if picked is None:
                raise KeyError(choice)
            return {"selected_option": picked}, state
        if kind == "feedback_buttons":
            pair = (element["positive_button"], element["negative_button"])
            pressed = next((each for each in pair if each["value"] == choice), None)
            if pressed is None:
                raise KeyError(choice)
            return {"text": pressed["text"], "value": pressed["value"]}, state
        return {}, state

    def _identify(self, value: Any) -> Any:
        if isinstance(value, File):
            return file_json(value)
        if isinstance(value, (Person, Channel)):
            return value.id
        channel = self.record.team.find_channel(value)
        return channel.id if channel else self.record.team.person(value).id

    def _offer(self, parcel: Parcel, place: tuple[str, str, str]) -> None:
        answer = {} if failed(parcel) else parcel.answer or {}
        groups = answer.get("option_groups") or [answer]
        self._offered[place] = [option for group in groups for option in group.get("options", ())]
        self.record.tell("view")
