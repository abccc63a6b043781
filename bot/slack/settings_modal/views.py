"""Every view of the modal, built from what the draft, the library and the deployments are at this moment."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace

from bot.chat.configuring import Configuring
from bot.chat.control import UNSET
from bot.chat.feedback import Feedback
from bot.chat.library import Library
from bot.chat.outcomes import Done, HistoryPage, NotAllowed, Opened
from bot.chat.publishing import Publishing
from bot.chat.rights import NoRight
from bot.chat.setup import ChannelSettings, Setup
from bot.chat.versions import DraftKey, ListedPersona
from bot.slack.blocks import Block, escaped
from bot.slack.links import Links
from bot.slack.settings_modal import texts
from bot.slack.settings_modal.access import access_view
from bot.slack.settings_modal.assistant_setup import assistant_setup_view
from bot.slack.settings_modal.at import At
from bot.slack.settings_modal.draft_texts import taken_over
from bot.slack.settings_modal.examples import clamped, examples_view
from bot.slack.settings_modal.history import PAGE, history_view
from bot.slack.settings_modal.larger import proposal
from bot.slack.settings_modal.root import Root, notice_view, root_view
from bot.slack.settings_modal.settings import settings_view
from bot.slack.settings_modal.telling import telling
from bot.slack.settings_modal.words import words_view

_KEYS = {"reasoning_effort": "effort"}
"""Settings whose name in a request is another one than here."""


@dataclass(frozen=True, slots=True)
class Views:
    """Reads what a view shows, for the person who will see it, with their rights of this moment.

    `deployments` has the context in tokens of all there are by name, the default one first. `refused` names,
    as a request does, what a deployment turned out not to take with these settings.
    """

    team_id: str
    configuring: Configuring
    publishing: Publishing
    library: Library
    feedback: Feedback
    links: Links
    deployments: Mapping[str, int]
    refused: Callable[[str, ChannelSettings], Collection[str]]

    def key(self, channel_id: str, person_id: str) -> DraftKey:
        """Whose draft of what."""
        return DraftKey(self.team_id, channel_id, person_id)

    async def root(self, key: DraftKey, *, note: str = "") -> Block:
        """The root, or a notice to whom it is not for."""
        opened = await self.configuring.open(key)
        if isinstance(opened, NotAllowed):
            return notice_view(texts.why_not(opened.reason))
        meanwhile = None
        if opened.right is None and opened.overtaken:
            page = await self.publishing.history(key, limit=1)
            meanwhile = page.entries[0] if isinstance(page, HistoryPage) and page.entries else None
        root = Root(opened, _at(At(key.channel_id), opened), meanwhile, note)
        return root_view(root, default_deployment=self._default)

    async def part(self, part: str, key: DraftKey, at: At, *, note: str = "") -> Block:
        """One of the five parts as the draft has it now."""
        opened = await self.configuring.open(key)
        if isinstance(opened, NotAllowed):
            return notice_view(texts.why_not(opened.reason))
        if part in ("setup", "examples") and not opened.readable:
            return notice_view(texts.HIDDEN)
        return await self.part_of(part, opened, at, note=note)

    async def taken_over(self, key: DraftKey, channel_id: str) -> Block:
        """The root, once the draft has another channel's persona and settings."""
        done = await self.configuring.take_over(key, channel_id)
        if isinstance(done, NotAllowed):
            return notice_view(texts.why_not(done.reason))
        return await self.root(key, note=taken_over(channel_id) if isinstance(done, Done) else "")

    async def larger(self, key: DraftKey) -> Block:
        """Settings by itself, with a larger maximum response in its field; it is in no draft until kept."""
        opened = await self.configuring.open(key)
        if isinstance(opened, NotAllowed):
            return notice_view(texts.why_not(opened.reason))
        at = At(key.channel_id, alone=True)
        if opened.right is not None:
            return await self.part_of("settings", opened, at, note=texts.why_not(opened.right))
        settings = opened.draft.setup.settings
        usual = next(iter(self.deployments))
        context = self.deployments.get(settings.deployment or usual, self.deployments[usual])
        values, note = proposal(settings, context)
        return await self.part_of("settings", opened, at, values=values, note=note)

    async def part_of(
        self,
        part: str,
        opened: Opened,
        at: At,
        *,
        setup: Setup | None = None,
        values: Mapping[str, str] | None = None,
        note: str = "",
    ) -> Block:
        """A part; `setup` and `values` are what was typed and is not in the draft."""
        return telling(await self._part(part, opened, at, setup=setup, values=values or {}, note=note))

    async def _part(
        self,
        part: str,
        opened: Opened,
        at: At,
        *,
        setup: Setup | None,
        values: Mapping[str, str],
        note: str,
    ) -> Block:
        at, shown, may_change = _at(at, opened), setup or opened.draft.setup, opened.right is None
        match part:
            case "setup":
                library = await self.personas() if may_change else ()
                return assistant_setup_view(shown, at, library, may_change=may_change, note=note)
            case "examples":
                page = clamped(at.page, len(shown.persona.examples))
                return examples_view(shown, replace(at, page=page), may_change=may_change, note=note)
            case "settings":
                return settings_view(
                    shown,
                    at,
                    self.deployments,
                    refused=self._refused(shown.settings, values),
                    values=values,
                    may_change=may_change,
                    note=note,
                )
            case "access":
                return access_view(shown, at, may_change=may_change, note=note)
            case _:
                return await self.history(opened, at, note=note)

    async def history(self, opened: Opened, at: At, *, note: str = "") -> Block:
        """The versions before `at.page`, or with 0 the newest ones."""
        page = await self.publishing.history(opened.draft.key, before=at.page or None, limit=PAGE)
        if isinstance(page, NotAllowed):
            return notice_view(texts.why_not(page.reason))
        at = _at(at, opened)
        numbers = [entry.version.setup.version for entry in page.entries]
        return history_view(
            page,
            at,
            current=at.newest,
            may_change=opened.right is None,
            note=note,
            shares=await self.feedback.shares(opened.draft.key, numbers),
        )

    async def words(self, key: DraftKey, version: int) -> Block:
        """What people said of a version's answers."""
        words = await self.feedback.words(key, version)
        if isinstance(words, NoRight):
            return notice_view(texts.lost(words))
        return words_view(words, version, self.links)

    async def named(self, key: DraftKey, name: str) -> Block:
        """Assistant setup by itself, with the persona of that name offered."""
        opened = await self.configuring.open(key)
        if isinstance(opened, NotAllowed):
            return notice_view(texts.why_not(opened.reason))
        if not opened.readable:
            return notice_view(texts.HIDDEN)
        at = _at(At(key.channel_id, alone=True), opened)
        if opened.right is not None:
            note = texts.why_not(opened.right)
            return assistant_setup_view(opened.draft.setup, at, (), may_change=False, note=note)
        found = await self.library.named(key.team_id, name) if name else ()
        library = await self.personas()
        return assistant_setup_view(
            opened.draft.setup,
            at,
            found if len(found) > 1 else library,
            may_change=True,
            note=texts.no_such_persona(escaped(name)) if name and not found else "",
            offered=found[0] if len(found) == 1 else None,
        )

    async def personas(self) -> tuple[ListedPersona, ...]:
        """Everything in the library, as a menu shows it."""
        return (await self.library.list(self.team_id, limit=1_000)).personas

    @property
    def _default(self) -> str:
        return next(iter(self.deployments))

    def _refused(self, settings: ChannelSettings, values: Mapping[str, str]) -> frozenset[str]:
        chosen = values.get("deployment", settings.deployment or UNSET)
        name = chosen if chosen in self.deployments else self._default
        return frozenset(_KEYS.get(each, each) for each in self.refused(name, settings))


def _at(at: At, opened: Opened) -> At:
    return replace(at, mark=opened.draft.mark, newest=max(opened.newest.version, 0))
