"""App Home: what somebody sees who opens Confab itself."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from bot.chat.at_home import AtHome
from bot.chat.characters import number
from bot.chat.panels import Panel, Panels
from bot.chat.titles import title_of
from bot.errors import ConfabError
from bot.slack import texts
from bot.slack.beside import Beside
from bot.slack.calls import Calls
from bot.slack.home.view import Views, failed
from bot.slack.inbound import HomeOpened
from bot.slack.pressed import Pressed

MOVES: dict[str, Callable[[Panels, Panel], Panels]] = {
    "raise": Panels.raise_,
    "lower": Panels.lower,
    "hide": Panels.hide,
}

_LONGEST_PROMPT = 2_000

TakesOver: TypeAlias = Callable[[str, str, str, str], Awaitable[object]]
"""Opens, by a trigger, a person's draft for one channel with another channel's setup in it."""


class Home:
    """Keeps home tab and messages tab up to date; its calls run beside the events that ask for them."""

    def __init__(
        self, calls: Calls, at_home: AtHome, views: Views, beside: Beside, take_over: TakesOver
    ) -> None:
        self._calls = calls
        self._at_home = at_home
        self._views = views
        self._beside = beside
        self._take_over = take_over

    async def opened(self, opened: HomeOpened) -> None:
        """Begin to fill the tab that was opened, and return."""
        if opened.tab == "messages":
            self._beside.start(self._offer_prompts(opened))
        else:
            self._beside.start(self._first(opened))

    async def turn_page(self, pressed: Pressed) -> None:
        """Show another page of somebody's channels."""
        _, direct = _about(pressed)
        await self._publish(pressed.person_id, direct, max(number(pressed.value) or 0, 0))

    async def move(self, pressed: Pressed) -> None:
        """Move or close a panel."""
        move, _, panel = pressed.value.partition(":")
        if move in MOVES and panel in set(Panel):
            await self._arrange(pressed, lambda panels: MOVES[move](panels, Panel(panel)))

    async def show(self, pressed: Pressed) -> None:
        """Show exactly the panels that are ticked."""
        ticked = frozenset(Panel(word) for word in pressed.chosen if word in set(Panel))
        await self._arrange(pressed, lambda panels: panels.show_only(ticked))

    async def use_for_me(self, pressed: Pressed) -> None:
        """Open somebody's own defaults with a channel's persona and settings in the draft."""
        _, direct = _about(pressed)
        if direct:
            await self._take_over(pressed.trigger_id, pressed.person_id, direct, pressed.value)

    async def _arrange(self, pressed: Pressed, change: Callable[[Panels], Panels]) -> None:
        await self._at_home.arrange(pressed.person_id, change)
        page, direct = _about(pressed)
        await self._publish(pressed.person_id, direct, page)

    async def _first(self, opened: HomeOpened) -> None:
        """Fill the tab; where it cannot be filled it says so, rather than stay empty."""
        try:
            await self._publish(opened.user_id, opened.channel_id, 0)
        except ConfabError:
            await self._calls.write("views.publish", user_id=opened.user_id, view=failed())
            raise

    async def _publish(self, person_id: str, direct: str, number: int) -> None:
        page = await self._at_home.page(person_id, number, direct)
        await self._calls.write("views.publish", user_id=person_id, view=self._views.home(page, direct))

    async def _offer_prompts(self, opened: HomeOpened) -> None:
        asked = await self._at_home.prompts(opened.channel_id)
        prompts = [(title_of(message), message[:_LONGEST_PROMPT]) for message in asked] or texts.PROMPTS
        # With a thread_ts Slack takes the call and shows nothing (Slack: agent view).
        await self._calls.write(
            "assistant.threads.setSuggestedPrompts",
            channel_id=opened.channel_id,
            title=texts.PROMPTS_TITLE,
            prompts=[{"title": title, "message": message} for title, message in prompts],
        )


def _about(pressed: Pressed) -> tuple[int, str]:
    """The page of channels and the direct message that a home names in its metadata."""
    page, _, direct = pressed.about.partition(" ")
    return max(number(page) or 0, 0), direct
