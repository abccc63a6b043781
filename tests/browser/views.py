"""A modal and a home tab with every element that the page draws."""

from typing import Any

JSON = dict[str, Any]


def plain(text: str) -> JSON:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> JSON:
    return {"type": "mrkdwn", "text": text}


def option(value: str, text: str, description: str = "") -> JSON:
    body: JSON = {"text": plain(text), "value": value}
    return body | ({"description": plain(description)} if description else {})


def field(block_id: str, label: str, element: JSON, **more: Any) -> JSON:
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(label),
        "element": {"action_id": "value", **element},
        **more,
    }


def button(action_id: str, text: str, **more: Any) -> JSON:
    return {"type": "button", "action_id": action_id, "text": plain(text), **more}


MODELS = [option("gpt-5.4-mini", "gpt-5.4-mini"), option("qwen3", "qwen3-8b")]
SURE = {
    "title": plain("Update the system message?"),
    "text": mrkdwn("Your own words *are replaced* by the preset."),
    "confirm": plain("Update"),
    "deny": plain("Keep mine"),
}

FIELDS = [
    {"type": "header", "text": plain("Assistant setup")},
    {"type": "context", "elements": [mrkdwn("For *#xbox-support*. Nothing changes before you publish.")]},
    field(
        "system",
        "System message",
        {
            "type": "plain_text_input",
            "multiline": True,
            "max_length": 3_000,
            "initial_value": "You are kind.",
        },
        hint=plain("What the model is told before every conversation."),
    ),
    field(
        "temperature",
        "Temperature",
        {
            "type": "number_input",
            "is_decimal_allowed": True,
            "min_value": "0",
            "max_value": "2",
            "placeholder": plain("0.7"),
        },
        hint=plain("Between 0 and 2. Lower is more repeatable, higher more surprising."),
    ),
    field("model", "Deployment", {"type": "static_select", "options": MODELS, "initial_option": MODELS[0]}),
    field("who", "Who may change it", {"type": "multi_users_select"}, optional=True),
    field(
        "when",
        "Confab answers",
        {
            "type": "radio_buttons",
            "options": [
                option("asked", "those who asked", "Whoever mentioned it once in a thread"),
                option("all", "everyone"),
            ],
        },
        optional=True,
    ),
    field(
        "more",
        "And also",
        {
            "type": "checkboxes",
            "options": [option("icon", "Show the icon"), option("greet", "Greet")],
        },
        optional=True,
    ),
    field("setup", "Setup file", {"type": "file_input", "filetypes": ["json"]}, optional=True),
]

ROOT: JSON = {
    "type": "modal",
    "callback_id": "root",
    "title": plain("Channel settings"),
    "submit": plain("Publish"),
    "close": plain("Close"),
    "notify_on_close": True,
    "blocks": [
        {
            "type": "section",
            "block_id": "persona",
            "text": mrkdwn("*Persona*\nXbox support agent :video_game:"),
            "accessory": {
                "type": "external_select",
                "action_id": "preset",
                "placeholder": plain("Choose a preset"),
                "min_query_length": 1,
                "confirm": SURE,
            },
        },
        {"type": "divider"},
        {
            "type": "section",
            "block_id": "setup-row",
            "text": mrkdwn("*Assistant setup*\nSystem message, name, greeting"),
            "accessory": button("open", "Open"),
        },
        {
            "type": "rich_text",
            "elements": [
                {
                    "type": "rich_text_preformatted",
                    "elements": [{"type": "text", "text": 'curl "$ENDPOINT" <<EOF\n{"a": 1}\nEOF'}],
                }
            ],
        },
        {
            "type": "actions",
            "block_id": "row",
            "elements": [
                button("reset", "Reset", style="danger", confirm=SURE),
                {
                    "type": "overflow",
                    "action_id": "more",
                    "options": [option("code", "View code"), option("raw", "Show raw syntax")],
                },
            ],
        },
    ],
}

PUSHED: JSON = {
    "type": "modal",
    "callback_id": "setup",
    "title": plain("Assistant setup"),
    "submit": plain("Save draft"),
    "close": plain("Back"),
    "blocks": FIELDS,
}

HOME: JSON = {
    "type": "home",
    "blocks": [
        {"type": "header", "text": plain("Assistant setup")},
        {
            "type": "section",
            "block_id": "home-row",
            "text": mrkdwn("*#xbox-support*\nXbox support agent"),
            "accessory": button("open", "Open settings"),
        },
        {"type": "divider"},
        {
            "type": "actions",
            "block_id": "panels",
            "elements": [
                {
                    "type": "static_select",
                    "action_id": "sort",
                    "options": MODELS,
                    "placeholder": plain("Sort"),
                },
                button("hide", "Hide this panel"),
            ],
        },
    ],
}
