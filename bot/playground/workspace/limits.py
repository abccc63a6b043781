"""Every limit that this workspace holds an app to, in one place, with where it comes from.

"Slack" is Slack's own documentation; "measured" is what others saw on live workspaces and Slack does not
promise, so those figures are the ones a test may want to move.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Figures of one workspace; lengths are in characters (in views those of UTF-16), times in seconds."""

    # Messages (Slack: chat.postMessage, chat.update).
    text: int = 40_000  # longer text is cut, not refused
    update_text: int = 4_000
    markdown_text: int = 12_000
    blocks_per_message: int = 50
    block_text_in_all: int = 13_200  # measured: past it, msg_blocks_too_long
    attachments: int = 100
    metadata_bytes: int = 16_000

    # Streams. Life and size are measured; Slack promises neither.
    stream_life: float = 300.0
    stream_text: int = 12_000
    appends_are_announced: bool = True  # each append comes back to the app as message_changed

    # Delivery (Slack: Events API, Socket Mode).
    ack_within: float = 3.0
    retry_after: tuple[float, ...] = (0.0, 60.0, 300.0)
    connections: int = 10
    ticket_life: float = 30.0
    disconnect_grace: float = 10.0  # from the disconnect frame to the closed socket

    # Views (Slack: views.*).
    trigger_life: float = 3.0
    view_bytes: int = 250_000
    view_blocks: int = 100
    view_stack: int = 3  # a root and two pushed over it
    view_title: int = 24
    private_metadata: int = 3_000

    # Answers to interactions (Slack: handling user interaction).
    response_url_life: float = 1_800.0
    response_url_uses: int = 5

    # Agent sessions (Slack: agents.sessions.*, assistant.threads.*).
    session_title: int = 200
    suggested_prompts: int = 4
    loading_messages: int = 10


# Block Kit (Slack: reference/block-kit).
ID = 255  # block_id, action_id, callback_id, external_id
SECTION_TEXT = 3_000
SECTION_FIELDS = 10
SECTION_FIELD_TEXT = 2_000
HEADER_TEXT = 150
CONTEXT_ELEMENTS = 10
CONTEXT_TEXT = 3_000  # of one text element; Slack gives text objects 3,000
ACTIONS_ELEMENTS = 25
CONTEXT_ACTIONS_ELEMENTS = 5
FEEDBACK_TEXT = 75
FEEDBACK_VALUE = 2_000
BUTTON_TEXT = 75
BUTTON_VALUE = 2_000
BUTTON_URL = 3_000
ACCESSIBILITY_LABEL = 75
LABEL_TEXT = 2_000  # label and hint of an input block
PLACEHOLDER = 150
OPTION_TEXT = 75
OPTION_VALUE = 150
OPTIONS = 100
OPTION_GROUPS = 100
OVERFLOW_OPTIONS = 5
CHOICES = 10  # of checkboxes and radio buttons
TEXT_INPUT_LENGTH = 3_000
FILES = 10  # of one file_input
CONFIRM_TITLE = 100
CONFIRM_TEXT = 300
CONFIRM_BUTTON = 30
IMAGE_URL = 3_000
IMAGE_ALT_TEXT = 2_000
VISIBLE_TO = 10
