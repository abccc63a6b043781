"""What a running bot tells its operators, by its log and its port."""

import json
import re
import signal
from pathlib import Path

import pytest

from bot.operations.log_format import FORMATS
from bot.playground.model import refusal
from bot.playground.model.scripted.answer import Answer, Ending
from tests.scenarios.processes import running_bot
from tests.scenarios.scene import Scene
from tests.scenarios.test_replicas import free_port, shown

SECRETS = ("xoxb-", "xapp-", "Sesame", "my recipe", "the whole secret", "wss://", "ws://")


@pytest.mark.parametrize("form", sorted(FORMATS))
async def test_a_busy_bot_logs_ids_and_outcomes_and_not_a_word_of_anybody(
    small_scene: Scene, tmp_path: Path, form: str
) -> None:
    scene = small_scene
    scene.azure.answers += [
        "Here is the whole secret.",
        Answer("the whole secret that breaks off", ends=Ending.RESET),
        refusal.filtered_prompt(),
        "the whole secret again",
    ]
    port = free_port()
    environ = scene.environ | {
        "CONFAB_OPERATIONS_PORT": str(port),
        "CONFAB_LOG_FORMAT": form,
        "CONFAB_LOG_LEVEL": "DEBUG",
    }
    log = tmp_path / "log"
    async with running_bot(environ, log=log) as bot:
        for number in range(4):
            root = scene.ask(f"@Confab Open, Sesame {number}: my recipe")
            await scene.answered(root)
        page = await shown(port, "/metrics")
        bot.send_signal(signal.SIGTERM)
        assert await bot.wait() == 0
    said = log.read_text()
    secrets = (*SECRETS, scene.azure.key, scene.environ["SLACK_BOT_TOKEN"], scene.environ["SLACK_APP_TOKEN"])
    assert [secret for secret in secrets if secret in said + page] == []
    lines = [line for line in said.splitlines() if re.search(r'event"?[=:]"?turn\b', line)]
    assert len(lines) == 4
    if form == "JSON":
        facts = [json.loads(line) for line in said.splitlines()]
        assert [each["attempt"] for each in facts if each["event"] == "turn"] == [1] * 4
    assert 'confab_turns_total{outcome="stop"}' in page
    assert 'confab_slack_calls_total{method="auth.test"' not in page
