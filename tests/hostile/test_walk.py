"""The walk leaves nothing out: an event, a listener, a button or a form that it does not meet fails here."""

import ast
import asyncio
import inspect
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.listener.async_listener import AsyncListener

import bot.slack
from bot.app import Confab
from bot.playground.workspace.interactions.elements import elements_of
from bot.slack.beside import Beside
from bot.slack.command.words import Word
from bot.slack.listeners import Verbs, register
from bot.slack.rooms import Behind, Rooms
from tests.hostile.payloads import Payload
from tests.hostile.stage import staged
from tests.hostile.walk import genuine_payloads, pressed_of
from tests.scenarios.scene import MANIFEST, Scene

SPOKEN = {"channels": "channel", "groups": "group", "im": "im", "mpim": "mpim"}
"""What the manifest calls a kind of conversation, and what an event from there calls it."""


@dataclass(frozen=True)
class Walked:
    """All kinds of payloads, the app that heard them, and every view and message that was shown meanwhile."""

    genuine: list[Payload]
    app: AsyncApp
    shown: list[dict[str, Any]]

    def of(self, kind: str) -> list[Payload]:
        return [each for each in self.genuine if each.get("type") == kind]

    def names(self) -> set[str]:
        """The ids of everything that was pressed, submitted, closed, sought or begun."""
        actions = [action for each in self.genuine for action in each.get("actions") or ()]
        views = [each.get("view") or {} for each in self.genuine]
        found = [each.get(key) for each in (*self.genuine, *actions) for key in ("action_id", "callback_id")]
        return {str(each) for each in (*found, *(each.get("callback_id") for each in views)) if each}


@pytest.fixture(scope="module")
def walked(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walked]:
    file = tmp_path_factory.mktemp("walk") / "confab.db"
    shutil.copy(migrated_file, file)
    with staged(file) as stage:
        genuine = stage.runner.run(genuine_payloads(stage.scene, stage.confab))
        assert stage.refused(stage.scene.slack.parcels) == []
        yield Walked(
            [payload for _, payload in genuine], whole_app(stage.confab), list(everything_shown(stage.scene))
        )


def whole_app(confab: Confab) -> AsyncApp:
    """A Bolt app with every listener of Confab's; none of them is called."""
    nothing: Any = None
    app, workspace = confab.workspace.app(), confab.workspace
    register(app, Verbs(*(nothing,) * 6), workspace.us)
    behind = Behind(confab.trade, nothing, nothing, {}, nothing, nothing)
    Rooms(workspace, behind, Beside(workspace.calls)).register(app)
    return app


def everything_shown(scene: Scene) -> Iterator[dict[str, Any]]:
    """Whatever has blocks in calls to Slack, in answers to what people did, and in messages."""
    yield from with_blocks([decoded(each.arguments) for each in scene.slack.calls.of()])
    yield from with_blocks([each.answer for each in scene.slack.parcels])
    yield from with_blocks([{"blocks": each.blocks} for each in scene.slack.record.history.everything()])


def decoded(arguments: dict[str, Any]) -> dict[str, Any]:
    """The SDK writes some arguments as JSON."""
    structures = {key: arguments[key] for key in ("view", "blocks") if isinstance(arguments.get(key), str)}
    return arguments | {key: json.loads(each) for key, each in structures.items()}


def with_blocks(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if value.get("blocks"):
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from with_blocks(each)


def test_every_event_of_the_manifest_is_walked(walked: Walked) -> None:
    subscribed = yaml.safe_load(MANIFEST.read_text())["settings"]["event_subscriptions"]["bot_events"]
    events = [each["event"] for each in walked.of("event_callback")]
    missing = []
    for name in subscribed:
        kind, _, place = name.partition(".")
        same = [each for each in events if each["type"] == kind]
        if not any(not place or each.get("channel_type") == SPOKEN[place] for each in same):
            missing.append(name)
    assert missing == []


def test_every_shortcut_of_the_manifest_is_walked(walked: Walked) -> None:
    shortcuts = yaml.safe_load(MANIFEST.read_text())["features"]["shortcuts"]
    begun = {each["callback_id"] for each in walked.of("message_action")}
    assert begun == {each["callback_id"] for each in shortcuts}


def test_every_word_of_the_command_is_walked(walked: Walked) -> None:
    said = {str(each["text"]).partition(" ")[0] for each in walked.genuine if "command" in each}
    assert said >= {"", "nonsense", *(word.value for word in Word if word is not Word.SETTINGS)}


def test_every_listener_hears_something(walked: Walked) -> None:
    assert asyncio.run(unheard(walked)) == []


async def unheard(walked: Walked) -> list[str]:
    """What those of the app's listeners wait for that none of the payloads reaches."""
    requests = [AsyncBoltRequest(body=each, mode="socket_mode") for each in walked.genuine]
    response = BoltResponse(status=200)

    async def hears(listener: AsyncListener) -> bool:
        return any([await listener.async_matches(req=each, resp=response) for each in requests])

    listeners = walked.app._async_listeners
    return [waits_for(each.matchers[0]) for each in listeners if not await hears(each)]


def waits_for(matcher: Any) -> str:
    """As it was registered: Bolt keeps that in the matcher's closure alone."""
    inner = inspect.getclosurevars(matcher.func).nonlocals["func"]
    return f"{inner.__qualname__.partition('.')[0]} {list(inspect.getclosurevars(inner).nonlocals.values())}"


def test_every_button_and_menu_that_is_shown_is_used(walked: Walked) -> None:
    used = {pressed_of(action) for each in walked.of("block_actions") for action in each["actions"]}
    shown = {choice for each in walked.shown for choice in choices(each["blocks"])}
    assert shown - used == set()


def choices(blocks: list[dict[str, Any]]) -> Iterator[tuple[str, str, str]]:
    """All that can be done in blocks and tells the app at once."""
    for block, element in elements_of(blocks):
        if block["type"] == "input" and not block.get("dispatch_action"):
            continue
        if element["type"] == "overflow":
            yield from (pressed_of({**element, "selected_option": each}) for each in element["options"])
        elif element["type"] == "feedback_buttons":
            for side in ("positive_button", "negative_button"):
                yield pressed_of({**element, "value": element[side]["value"]})
        else:
            yield pressed_of(element)


@pytest.mark.parametrize(
    ("mark", "deed"), [("submit", "view_submission"), ("notify_on_close", "view_closed")]
)
def test_every_form_that_is_shown_is_sent(walked: Walked, mark: str, deed: str) -> None:
    shown = {each["callback_id"] for each in walked.shown if each.get(mark)}
    assert shown - {each["view"]["callback_id"] for each in walked.of(deed)} == set()


def test_every_id_in_the_source_is_walked(walked: Walked) -> None:
    """One that was never shown is a button, or a modal, that the walk does not come by."""
    known = walked.names() | {str(each.get("callback_id")) for each in walked.shown}
    spaces = re.compile(r"(?:answer|settings|library|home|compare|command)[._][a-z_.]+")
    texts = [each for file in Path(bot.slack.__path__[0]).rglob("*.py") for each in constants(file)]
    ids = {each for each in texts if spaces.fullmatch(each)}
    assert {each for each in ids if not any(name.startswith(each) for name in known)} == set()


def constants(file: Path) -> Iterator[str]:
    """Each string in a module."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
