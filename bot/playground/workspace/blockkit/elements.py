"""Interactive elements, each with its fields and limits."""

from collections.abc import Callable

from bot.playground.workspace import limits
from bot.playground.workspace.blockkit import inputs
from bot.playground.workspace.blockkit.inspection import ANY_TEXT, PLAIN, Inspection
from bot.playground.workspace.messages import JSON

Check = Callable[[Inspection, JSON, str], None]

_SELECT = ("placeholder", "confirm", "focus_on_load")
_STYLES = ("primary", "danger")
_LISTS = {
    "users_select": ("initial_user",),
    "conversations_select": ("initial_conversation", "default_to_current_conversation", "filter"),
    "channels_select": ("initial_channel",),
    "multi_users_select": ("initial_users", "max_selected_items"),
    "multi_conversations_select": (
        "initial_conversations",
        "default_to_current_conversation",
        "filter",
        "max_selected_items",
    ),
    "multi_channels_select": ("initial_channels", "max_selected_items"),
    "external_select": ("initial_option", "min_query_length"),
    "multi_external_select": ("initial_options", "min_query_length", "max_selected_items"),
}


def check_confirm(look: Inspection, body: JSON, at: str) -> None:
    """A confirmation dialog."""
    look.fields(body, at, ("title", "text", "confirm", "deny"), ("style",))
    look.text(body.get("title"), f"{at}/title", limits.CONFIRM_TITLE)
    look.text(body.get("text"), f"{at}/text", limits.CONFIRM_TEXT, ANY_TEXT)
    for name in ("confirm", "deny"):
        look.text(body.get(name), f"{at}/{name}", limits.CONFIRM_BUTTON)


def check_option(look: Inspection, body: JSON, at: str, kinds: frozenset[str] = PLAIN) -> None:
    """One option of a menu, of checkboxes or radio buttons."""
    look.fields(body, at, ("text", "value"), ("description", "url"))
    look.text(body.get("text"), f"{at}/text", limits.OPTION_TEXT, kinds)
    look.string(body.get("value"), f"{at}/value", limits.OPTION_VALUE)
    if "description" in body:
        look.text(body["description"], f"{at}/description", limits.OPTION_TEXT, kinds)


def _options(look: Inspection, body: JSON, at: str, most: int, kinds: frozenset[str] = PLAIN) -> None:
    for index, option in enumerate(look.items(body.get("options"), f"{at}/options", most=most)):
        place = f"{at}/options/{index}"
        check_option(look, look.mapping(option, place), place, kinds)
    known = [option for option in body.get("options") or () if isinstance(option, dict)]
    chosen = body.get("initial_options") or ([body["initial_option"]] if "initial_option" in body else [])
    for option in chosen:
        if option not in known:
            look.fault("the initial option must be one of the options", at)


def _common(look: Inspection, body: JSON, at: str) -> None:
    look.ids(body, at, "action_id")
    if "placeholder" in body:
        look.text(body["placeholder"], f"{at}/placeholder", limits.PLACEHOLDER)
    if "confirm" in body:
        check_confirm(look, look.mapping(body["confirm"], f"{at}/confirm"), f"{at}/confirm")
    if "visible_to_user_ids" in body:
        look.items(body["visible_to_user_ids"], f"{at}/visible_to_user_ids", most=limits.VISIBLE_TO, least=0)


def _button(look: Inspection, body: JSON, at: str) -> None:
    optional = ("action_id", "url", "value", "style", "confirm", "accessibility_label", "visible_to_user_ids")
    look.fields(body, at, ("type", "text"), optional)
    look.text(body.get("text"), f"{at}/text", limits.BUTTON_TEXT)
    look.string(body.get("value", ""), f"{at}/value", limits.BUTTON_VALUE)
    look.string(body.get("url", ""), f"{at}/url", limits.BUTTON_URL)
    look.string(body.get("accessibility_label", ""), f"{at}/accessibility_label", limits.ACCESSIBILITY_LABEL)
    if "style" in body:
        look.choice(body["style"], f"{at}/style", _STYLES)


def _overflow(look: Inspection, body: JSON, at: str) -> None:
    look.fields(body, at, ("type", "options"), ("action_id", "confirm"))
    _options(look, body, at, limits.OVERFLOW_OPTIONS)


def _static_select(look: Inspection, body: JSON, at: str) -> None:
    initial = "initial_options" if str(body.get("type")).startswith("multi") else "initial_option"
    optional = ("action_id", "options", "option_groups", initial, "max_selected_items", *_SELECT)
    look.fields(body, at, ("type",), optional)
    if "option_groups" not in body:
        _options(look, body, at, limits.OPTIONS)
        return
    groups = look.items(body["option_groups"], f"{at}/option_groups", most=limits.OPTION_GROUPS)
    for index, group in enumerate(groups):
        place = f"{at}/option_groups/{index}"
        look.fields(look.mapping(group, place), place, ("label", "options"), ())
        look.text(group.get("label"), f"{place}/label", limits.OPTION_TEXT)
        _options(look, group, place, limits.OPTIONS)


def _list_select(look: Inspection, body: JSON, at: str) -> None:
    kind = str(body.get("type"))
    look.fields(body, at, ("type",), ("action_id", "response_url_enabled", *_SELECT, *_LISTS[kind]))
    for name in ("initial_user", "initial_users"):
        if name in body:
            look.people(body[name], f"{at}/{name}")
    for option in body.get("initial_options") or (
        [body["initial_option"]] if "initial_option" in body else []
    ):
        check_option(look, look.mapping(option, at), at)


def _choices(look: Inspection, body: JSON, at: str) -> None:
    initial = "initial_options" if body.get("type") == "checkboxes" else "initial_option"
    look.fields(body, at, ("type", "options"), ("action_id", initial, "confirm", "focus_on_load"))
    _options(look, body, at, limits.CHOICES, ANY_TEXT)


def _date_or_time(look: Inspection, body: JSON, at: str) -> None:
    optional = ("action_id", "initial_date", "initial_time", "placeholder", "confirm", "focus_on_load")
    look.fields(body, at, ("type",), (*optional, "timezone"))


def _image(look: Inspection, body: JSON, at: str) -> None:
    look.fields(body, at, ("type", "alt_text"), ("image_url", "slack_file"))
    look.string(body.get("image_url", ""), f"{at}/image_url", limits.IMAGE_URL)
    look.string(body.get("alt_text"), f"{at}/alt_text", limits.IMAGE_ALT_TEXT)


def _feedback(look: Inspection, body: JSON, at: str) -> None:
    look.fields(body, at, ("type", "positive_button", "negative_button"), ("action_id",))
    for name in ("positive_button", "negative_button"):
        place = f"{at}/{name}"
        button = look.mapping(body.get(name), place)
        look.fields(button, place, ("text", "value"), ("accessibility_label",))
        look.text(button.get("text"), f"{place}/text", limits.FEEDBACK_TEXT)
        look.string(button.get("value"), f"{place}/value", limits.FEEDBACK_VALUE)


def _icon_button(look: Inspection, body: JSON, at: str) -> None:
    optional = ("action_id", "value", "confirm", "accessibility_label", "visible_to_user_ids")
    look.fields(body, at, ("type", "icon", "text"), optional)
    look.choice(body.get("icon"), f"{at}/icon", ("trash",))
    look.text(body.get("text"), f"{at}/text", limits.BUTTON_TEXT)
    look.string(body.get("value", ""), f"{at}/value", limits.BUTTON_VALUE)


_CHECKS: dict[str, Check] = {
    "button": _button,
    "overflow": _overflow,
    "static_select": _static_select,
    "multi_static_select": _static_select,
    **dict.fromkeys(_LISTS, _list_select),
    "checkboxes": _choices,
    "radio_buttons": _choices,
    "plain_text_input": inputs.check_text,
    "number_input": inputs.check_number,
    "email_text_input": inputs.check_short,
    "url_text_input": inputs.check_short,
    "file_input": inputs.check_file,
    "datepicker": _date_or_time,
    "timepicker": _date_or_time,
    "image": _image,
    "feedback_buttons": _feedback,
    "icon_button": _icon_button,
}

_MENUS = {
    "static_select",
    "users_select",
    "conversations_select",
    "channels_select",
    "external_select",
    "overflow",
}
_MULTI = {
    "multi_static_select",
    "multi_external_select",
    "multi_users_select",
    "multi_conversations_select",
    "multi_channels_select",
}
_PICKS = {"checkboxes", "radio_buttons", "datepicker", "timepicker"}
_INPUTS = {"plain_text_input", "number_input", "email_text_input", "url_text_input", "file_input"}

IN_ACTIONS = frozenset({"button"} | _MENUS | _PICKS)
IN_SECTION = frozenset({"button", "image"} | _MENUS | _MULTI | _PICKS)
IN_INPUT = frozenset((_MENUS - {"overflow"}) | _MULTI | _PICKS | _INPUTS)
IN_CONTEXT_ACTIONS = frozenset({"feedback_buttons", "icon_button"})


def check_element(look: Inspection, value: object, at: str, allowed: frozenset[str]) -> JSON:
    """One element where only these kinds may stand."""
    body = look.mapping(value, at)
    kind = body.get("type")
    if kind not in allowed or kind not in _CHECKS:
        look.fault(f"unsupported element type: {kind}", f"{at}/type")
        return body
    _CHECKS[str(kind)](look, body, at)
    _common(look, body, at)
    return body
