"""What people do in the library. Whether they may is asked with every deed, by the verbs themselves."""

import asyncio
import re
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.chat.characters import number
from bot.chat.configuring import Configuring
from bot.chat.library import Library
from bot.chat.outcomes import Gone, NotAllowed, Opened, Refused
from bot.chat.rights import NoRight
from bot.chat.setup import Persona
from bot.chat.versions import DraftKey, LibraryPersona
from bot.errors import ConfabError, SlackUnwilling
from bot.slack.beside import Beside
from bot.slack.blocks import Block
from bot.slack.calls import Calls
from bot.slack.filling import fill
from bot.slack.forms.typed import typed
from bot.slack.library import texts, view
from bot.slack.pressed import Pressed, pressed
from bot.slack.sorry import nothing_opened

PATIENCE = 2.5
"""Seconds; Slack waits three for what comes of a submission."""


class LibraryDeeds:
    """The modal of the persona library."""

    def __init__(
        self, team_id: str, library: Library, configuring: Configuring, calls: Calls, beside: Beside
    ) -> None:
        self._team_id = team_id
        self._library = library
        self._configuring = configuring
        self._calls = calls
        self._beside = beside

    def register(self, app: AsyncApp) -> None:
        """Listen to what people do in the library, and to the button that opens it."""

        async def on_press(ack: AsyncAck, body: dict[str, object]) -> None:
            await ack()
            done = pressed(body)
            self._beside.start(self._handled(done), done.person_id)

        async def on_submission(ack: AsyncAck, body: dict[str, object]) -> None:
            await ack(**await self._submitted(body))

        app.action(re.compile(r"^library_"))(on_press)
        app.view(view.FORM)(on_submission)

    async def _handled(self, done: Pressed) -> None:
        """Do it; where it fails and there is a view, say so in it."""
        try:
            await self._handle(done)
        except ConfabError as error:
            if done.action_id != view.OPEN and not nothing_opened(error):
                await self._update(done.view_id, view.notice(texts.FAILED))
            raise

    async def _handle(self, done: Pressed) -> None:
        place = view.Place.decoded(done.about)
        if done.action_id == view.OPEN:
            await self._open(done)
        elif (right := await self._library.right(self._team_id, done.person_id)) is not None:
            await self._update(done.view_id, view.notice(_why_not(right)))
        elif done.action_id == view.NEW:
            await self._push(done, view.form_view(None, place.start))
        elif done.action_id == view.CHOSEN:
            await self._chosen(done, place.start)
        elif done.action_id == view.DELETE:
            gone = await self._library.delete(self._team_id, done.person_id, done.value)
            note = texts.DELETED if gone is None else texts.GONE
            await self._update(done.view_id, await self._list(place.start, note))
        else:
            start = max(number(done.value) or 0, 0) if done.value else place.start
            await self._update(done.view_id, await self._list(start))

    async def _open(self, done: Pressed) -> None:
        """A trigger lives three seconds, so the view comes first and what is in it after."""
        opened = await self._calls.write(
            "views.open", final=True, trigger_id=done.trigger_id, view=view.notice(texts.ONE_MOMENT)
        )
        view_id = str(opened["view"]["id"])
        try:
            right = await self._library.right(self._team_id, done.person_id)
            shown = await self._list(0) if right is None else view.notice(_why_not(right))
        except ConfabError:
            await self._update(view_id, view.notice(texts.FAILED))
            raise
        await fill(self._calls, view_id, shown, failed=view.notice(texts.FAILED))

    async def _chosen(self, done: Pressed, start: int) -> None:
        deed, _, persona_id = done.value.partition(":")
        found = await self._library.find(self._team_id, persona_id)
        if found is None:
            await self._update(done.view_id, await self._list(start, texts.GONE))
        elif deed == "edit" and found.ours:
            await self._push(done, view.form_view(found, start))
        elif deed == "delete" and found.ours:
            page = await self._library.list(self._team_id, start=start, limit=view.A_PAGE)
            await self._update(done.view_id, view.list_view(page, start, asked=found))
        elif deed == "copy":
            copied = await self._library.copy(self._team_id, done.person_id, persona_id)
            note = next(iter(copied.fields.values())) if isinstance(copied, Refused) else texts.COPIED
            await self._update(done.view_id, await self._list(start, note))

    async def _submitted(self, body: Mapping[str, object]) -> dict[str, Any]:
        """What the form's submission is answered with: errors at its fields, or nothing, and it closes."""
        form = body.get("view")
        shown = form if isinstance(form, dict) else {}
        fields = typed(shown)
        try:
            async with asyncio.timeout(PATIENCE):
                done = await self._keep(pressed(body), shown)
        except (ConfabError, TimeoutError):
            done = Refused({"name": texts.FAILED})
        if isinstance(done, NotAllowed):
            return {"response_action": "update", "view": view.notice(_why_not(done.reason))}
        if isinstance(done, Refused):
            return {"response_action": "errors", "errors": fields.errors(done.fields)}
        note = texts.GONE if isinstance(done, Gone) else texts.SAVED
        start = view.Place.decoded(str(shown.get("private_metadata") or "")).start
        self._beside.start(self._refresh(str(shown.get("root_view_id") or ""), start, note))
        return {}

    async def _keep(
        self, done: Pressed, shown: Mapping[str, object]
    ) -> LibraryPersona | NotAllowed | Refused | Gone:
        place, channel_id = view.Place.decoded(done.about), view.channel_chosen(shown)
        found = await self._library.find(self._team_id, place.persona_id) if place.persona_id else None
        persona = view.persona_typed(found.persona if found else Persona(), typed(shown))
        if channel_id:
            taken = await self._configuring.open(DraftKey(self._team_id, channel_id, done.person_id))
            if not isinstance(taken, Opened) or not taken.readable:
                return Refused({"channel": texts.NOT_YOURS})
            persona = taken.newest.persona
        if not place.persona_id:
            return await self._library.create(self._team_id, done.person_id, persona)
        return await self._library.edit(
            self._team_id, done.person_id, place.persona_id, persona, revision=place.revision
        )

    async def _refresh(self, view_id: str, start: int, note: str) -> None:
        await self._update(view_id, await self._list(start, note))

    async def _list(self, start: int, note: str = "") -> Block:
        page = await self._library.list(self._team_id, start=start, limit=view.A_PAGE)
        if not page.personas and start:  # the last one of the last page is gone
            return await self._list(max(0, start - view.A_PAGE), note)
        return view.list_view(page, start, note=note)

    async def _push(self, done: Pressed, shown: Block) -> None:
        await self._calls.write("views.push", final=True, trigger_id=done.trigger_id, view=shown)

    async def _update(self, view_id: str, shown: Block) -> None:
        """One that was closed meanwhile needs it no more."""
        with suppress(SlackUnwilling):
            await self._calls.write("views.update", final=True, view_id=view_id, view=shown)


def _why_not(right: NoRight) -> str:
    return texts.WHY_NOT.get(right, texts.WHY_NOT[NoRight.NOT_ADMIN])
