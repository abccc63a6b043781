from typing import Any

import yaml

from bot.slack.answer_row.row import SHORTCUT, Choice
from tests.slack.desk import MANIFEST


def test_the_manifest_offers_each_verb_of_the_row_within_slacks_limits() -> None:
    shortcuts: list[dict[str, Any]] = yaml.safe_load(MANIFEST.read_text("utf-8"))["features"]["shortcuts"]
    ours = {each["callback_id"] for each in shortcuts if each["callback_id"].startswith(SHORTCUT)}
    assert ours == {f"{SHORTCUT}{choice}" for choice in Choice}
    # Slack: ten shortcuts, 24 characters in a name, 150 in a description.
    assert len(shortcuts) <= 10
    assert all(len(each["name"]) <= 24 and len(each["description"]) <= 150 for each in shortcuts)
