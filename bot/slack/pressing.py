"""Buttons, menus and modals outside the settings: each is acknowledged at once, its work runs beside."""

from collections.abc import Mapping
from dataclasses import dataclass

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.slack.beside import Beside
from bot.slack.comparing import view as comparing
from bot.slack.comparing.deeds import ComparisonDeeds
from bot.slack.example import view as example
from bot.slack.example.deeds import ExampleDeeds
from bot.slack.greeting import deeds as greeting
from bot.slack.home import view as home
from bot.slack.home.tab import Home
from bot.slack.on_press import Deed, on_press
from bot.slack.pressed import Pressed, submitted
from bot.slack.trying import room
from bot.slack.trying.deeds import TrialDeeds

_IN_VIEWS = frozenset({comparing.COMPARE, comparing.AGAIN})
"""Those that say in their own view what went wrong."""


@dataclass(frozen=True, slots=True)
class Deeds:
    """What people can do in their home, in trials, comparisons, examples and greetings."""

    home: Home
    trials: TrialDeeds
    comparisons: ComparisonDeeds
    examples: ExampleDeeds
    greetings: greeting.GreetingDeeds

    def by_action(self) -> Mapping[str, Deed]:
        """Each button and menu by its `action_id`."""
        return {
            home.PANEL: self.home.move,
            home.SHOWN: self.home.show,
            f"{home.PAGE}_previous": self.home.turn_page,
            f"{home.PAGE}_next": self.home.turn_page,
            home.NEW_SESSION: _nothing,
            home.FOR_ME: self.home.use_for_me,
            home.TRY: self.trials.begin_from_home,
            room.PUBLISH: self.trials.publish,
            comparing.COMPARE: self.comparisons.open,
            comparing.AGAIN: self.comparisons.again,
            example.SETTINGS: self.examples.open_settings,
            greeting.POST: self.greetings.post,
        }


def register(app: AsyncApp, deeds: Deeds, beside: Beside) -> None:
    """Give the app a listener for each of them."""
    for action_id, deed in deeds.by_action().items():
        app.action(action_id)(on_press(deed, beside, speaks=action_id in _IN_VIEWS))
    app.shortcut(example.SHORTCUT)(on_press(deeds.examples.open, beside, speaks=True))

    async def on_comparison(ack: AsyncAck, body: dict[str, object]) -> None:
        asked = submitted(body)
        if wrong := comparing.faults(asked.typed):
            await ack(response_action="errors", errors=wrong)
            return
        await ack(response_action="update", view=comparing.asking(asked.about))
        beside.start(deeds.comparisons.ask(asked), asked.person_id)

    async def on_example(ack: AsyncAck, body: dict[str, object]) -> None:
        given = submitted(body)
        if wrong := example.faults(given.typed):
            await ack(response_action="errors", errors=wrong)
            return
        await ack(response_action="update", view=example.adding())
        beside.start(deeds.examples.add(given), given.person_id)

    app.view(comparing.CALLBACK)(on_comparison)
    app.view(example.CALLBACK)(on_example)


async def _nothing(_pressed: Pressed) -> None:
    """A button that only leads somewhere tells the app as well (Slack)."""
