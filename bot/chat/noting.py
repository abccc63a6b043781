"""What somebody has typed and not submitted, kept in their draft: a modal that is closed loses none of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from bot.chat.checking import MOST_PEOPLE, persona_faults, settings_from
from bot.chat.deployments import Deployment
from bot.chat.outcomes import Refused
from bot.chat.ports import Drafts, Setups
from bot.chat.setup import ChannelSettings, Setup
from bot.chat.versions import Draft, DraftKey


@dataclass(frozen=True, slots=True)
class Noting:
    """It asks Slack nothing, since it comes with every few letters, and refuses nobody.

    A draft is its owner's own: whatever leads on from it (publish, try, compare) asks for the right to.
    """

    setups: Setups
    drafts: Drafts
    deployments: Mapping[str, Deployment]
    default: str

    async def note(
        self, key: DraftKey, seen: str, change: Callable[[Setup], Setup], values: Mapping[str, str]
    ) -> bool:
        """Keep what is typed so far, the settings among it as `values` by key; whether there was anything.

        The draft's mark stays, so that the view in which it is typed can still be submitted. What cannot be
        published as it stands, half a number for one, is left out until it can. Nothing is kept where the
        draft has moved on from `seen`.
        """
        draft = await self.drafts.of(key)
        if draft is None:
            draft = Draft(key, await self.setups.current(key.team_id, key.channel_id))
        if draft.mark != seen:
            return False
        setup = change(draft.setup)
        if persona_faults(setup.persona) or len(setup.access.people) > MOST_PEOPLE:
            return False
        setup = replace(setup, settings=self._settings(setup.settings, values))
        return setup != draft.setup and await self.drafts.note(replace(draft, setup=setup))

    def _settings(self, settings: ChannelSettings, values: Mapping[str, str]) -> ChannelSettings:
        for name, value in values.items():
            read = settings_from({name: value}, settings, self.deployments, self.default)
            settings = settings if isinstance(read, Refused) else read
        return settings
