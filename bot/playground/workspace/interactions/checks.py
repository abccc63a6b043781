"""What Slack's own client checks before it submits a modal; what fails here never reaches the app."""

from decimal import Decimal

from bot.playground.workspace.blockkit.inputs import is_number
from bot.playground.workspace.blockkit.inspection import units
from bot.playground.workspace.interactions.elements import is_empty
from bot.playground.workspace.messages import JSON
from bot.playground.workspace.surfaces import View


def refusals(view: View) -> dict[str, str]:
    """The sentence for each input block that may not be submitted as it is, by `block_id`."""
    found: dict[str, str] = {}
    for block in view.content.get("blocks", ()):
        if block.get("type") != "input":
            continue
        element = block["element"]
        value = view.state[block["block_id"]][element["action_id"]]
        reason = _refusal(block, element, value)
        if reason:
            found[block["block_id"]] = reason
    return found


def _refusal(block: JSON, element: JSON, value: JSON) -> str:
    if is_empty(value):
        return "" if block.get("optional") else "Please complete this required field."
    if element["type"] == "number_input":
        return _number_refusal(element, str(value["value"]))
    if element["type"] == "plain_text_input":
        return _length_refusal(element, str(value["value"]))
    if element["type"] == "file_input" and not all(_is_wanted(element, each) for each in value["files"]):
        return f"Choose a file of these kinds: {', '.join(element['filetypes'])}."
    most = element.get("max_selected_items") or element.get("max_files")
    chosen = next((each for each in value.values() if isinstance(each, list)), [])
    return f"Choose no more than {most}." if most and len(chosen) > most else ""


def _is_wanted(element: JSON, file: JSON) -> bool:
    return not element.get("filetypes") or file["filetype"] in element["filetypes"]


def _length_refusal(element: JSON, text: str) -> str:
    least, most = element.get("min_length", 0), element.get("max_length", 3_000)
    if units(text) < least:
        return f"Must be at least {least} characters."
    return f"Must be no more than {most} characters." if units(text) > most else ""


def _number_refusal(element: JSON, text: str) -> str:
    if not is_number(text):
        return "Must be a number."
    number = Decimal(text)
    if not element["is_decimal_allowed"] and number != int(number):
        return "Must be a whole number."
    if "min_value" in element and number < Decimal(element["min_value"]):
        return f"Must be at least {element['min_value']}."
    if "max_value" in element and number > Decimal(element["max_value"]):
        return f"Must be no more than {element['max_value']}."
    return ""
