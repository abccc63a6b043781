"""Fields that tell what is typed in them while it is typed, and views that tell that they were closed."""

from bot.slack.blocks import Block

TYPED = "settings.typed"
"""The `action_id` of fields that tell; those that keep it to themselves are called `typed`."""


def telling(view: Block) -> Block:
    """The view with fields that tell; one without fields as it was."""
    blocks = view["blocks"]
    assert isinstance(blocks, list)
    if not any(block["type"] == "input" for block in blocks):
        return view
    return {**view, "notify_on_close": True, "blocks": [_telling(block) for block in blocks]}


def _telling(block: Block) -> Block:
    element = block.get("element")
    if not isinstance(element, dict) or element.get("action_id") != "typed":
        return block
    told = {**element, "action_id": TYPED}
    if element["type"] == "plain_text_input":
        told["dispatch_action_config"] = {"trigger_actions_on": ["on_character_entered"]}
    return {**block, "dispatch_action": True, "element": told}
