"""What people type or hand in."""

from decimal import Decimal, InvalidOperation

from bot.playground.workspace import limits
from bot.playground.workspace.blockkit.inspection import Inspection
from bot.playground.workspace.messages import JSON


def check_text(look: Inspection, body: JSON, at: str) -> None:
    """A plain_text_input."""
    optional = ("action_id", "initial_value", "multiline", "min_length", "max_length", "placeholder")
    look.fields(body, at, ("type",), (*optional, "dispatch_action_config", "focus_on_load"))
    most = body.get("max_length", limits.TEXT_INPUT_LENGTH)
    if not isinstance(most, int) or not 0 < most <= limits.TEXT_INPUT_LENGTH:
        look.fault(f"max_length must be from 1 to {limits.TEXT_INPUT_LENGTH}", f"{at}/max_length")
        most = limits.TEXT_INPUT_LENGTH
    least = body.get("min_length", 0)
    if not isinstance(least, int) or not 0 <= least <= most:
        look.fault("min_length must be from 0 to max_length", f"{at}/min_length")
    look.string(body.get("initial_value", ""), f"{at}/initial_value", most)
    _dispatching(look, body, at)


def _dispatching(look: Inspection, body: JSON, at: str) -> None:
    if "dispatch_action_config" not in body:
        return
    place = f"{at}/dispatch_action_config"
    config = look.mapping(body["dispatch_action_config"], place)
    look.fields(config, place, ("trigger_actions_on",), ())
    for moment in look.items(config.get("trigger_actions_on"), place, most=2):
        look.choice(moment, place, ("on_enter_pressed", "on_character_entered"))


def check_number(look: Inspection, body: JSON, at: str) -> None:
    """A number_input; its numbers are strings."""
    optional = ("action_id", "initial_value", "min_value", "max_value", "placeholder", "focus_on_load")
    look.fields(body, at, ("type", "is_decimal_allowed"), (*optional, "dispatch_action_config"))
    if not isinstance(body.get("is_decimal_allowed"), bool):
        look.fault("must be a boolean", f"{at}/is_decimal_allowed")
    for name in ("initial_value", "min_value", "max_value"):
        if name in body and not is_number(body[name]):
            look.fault("must be a number written as a string", f"{at}/{name}")
    _dispatching(look, body, at)


def is_number(value: object) -> bool:
    """Whether it is a finite number, written as a string."""
    try:
        return isinstance(value, str) and Decimal(value).is_finite()
    except InvalidOperation:
        return False


def check_short(look: Inspection, body: JSON, at: str) -> None:
    """An input for an e-mail or a web address."""
    optional = ("action_id", "initial_value", "placeholder", "focus_on_load", "dispatch_action_config")
    look.fields(body, at, ("type",), optional)


def check_file(look: Inspection, body: JSON, at: str) -> None:
    """A file_input."""
    look.fields(body, at, ("type",), ("action_id", "filetypes", "max_files"))
    if not isinstance(body.get("max_files", 1), int) or not 1 <= body.get("max_files", 1) <= limits.FILES:
        look.fault(f"max_files must be from 1 to {limits.FILES}", f"{at}/max_files")
    for kind in look.items(body.get("filetypes", ["any"]), f"{at}/filetypes", most=100):
        look.string(kind, f"{at}/filetypes", 20, least=1)
