"""Settings: every control with its hint, what the deployment does not take marked as such."""

from collections.abc import Collection, Mapping, Sequence

from bot.chat.control import UNSET, Control, Kind
from bot.chat.controls import CONTROLS, advice
from bot.chat.setup import ChannelSettings, Setup
from bot.slack.blocks import Block, context, escaped, field, modal, option, section, select, text_input
from bot.slack.forms.typed import Typed
from bot.slack.settings_modal import texts
from bot.slack.settings_modal.at import At

CALLBACK = "settings.settings"
DEPLOYMENT = "settings.deployment"
"""The deployment's menu tells at once what was chosen: it decides what the other fields say."""

_HOLDS = "{name} holds {context:,} tokens, prompt and answer together."


def settings_view(
    setup: Setup,
    at: At,
    deployments: Mapping[str, int],
    *,
    refused: Collection[str] = (),
    values: Mapping[str, str] | None = None,
    may_change: bool,
    note: str = "",
) -> Block:
    """The view to change the settings in; to read them where the person may not change them.

    `deployments` has every context in tokens by its name, the default one first. `refused` are keys of
    controls that the chosen deployment does not take. `values` are shown in place of the setup's own: what
    was typed and not kept.
    """
    if not may_change:
        said = [*([context(note)] if note else []), *(_said(each, setup.settings) for each in CONTROLS)]
        return modal(texts.SETTINGS, said, callback_id=CALLBACK, metadata=at.encoded(), close=texts.BACK)
    shown = written(setup.settings) | dict(values or {})
    names = tuple(deployments)
    name = shown["deployment"] if shown["deployment"] in deployments else names[0]
    blocks = [context(note)] if note else []
    blocks += advice_block(setup.settings)
    for control in CONTROLS:
        first = _refusal(control, name) if control.key in refused else ""
        if control.key == "max_response":
            first = f"{first} {_HOLDS.format(name=name, context=deployments[name])}".strip()
        blocks.append(_field(control, shown[control.key], at, names, first))
    return modal(
        texts.SETTINGS,
        blocks,
        callback_id=CALLBACK,
        metadata=at.encoded(),
        submit=texts.KEEP,
        close=texts.CLOSE if at.alone else texts.BACK,
    )


def advice_block(settings: ChannelSettings) -> list[Block]:
    """The seed's advice, where temperature and top P are both changed."""
    advised = advice(settings)
    return [context(f":bulb: {advised}")] if advised else []


def written(settings: ChannelSettings) -> dict[str, str]:
    """Every setting as its field shows it."""
    return {control.key: control.format(getattr(settings, control.key)) for control in CONTROLS}


def values_typed(typed: Typed) -> dict[str, str]:
    """What stands in the view's fields, by key."""
    keys = (control.key for control in CONTROLS)
    return {key: value for key in keys if (value := typed.text(key)) is not None}


def _field(control: Control, value: str, at: At, deployments: Sequence[str], first: str) -> Block:
    hint = f"{first} {control.hint}".strip()
    block_id = f"{control.key}:{at.mark}"
    if control.kind is not Kind.CHOICE:
        element = text_input("typed", value, multiline=control.kind is Kind.LINES)
        may_be_empty = bool(control.unset) or control.kind is Kind.LINES
        return field(block_id, control.label, element, hint=hint, optional=may_be_empty)
    options = _options(control, value, deployments)
    chosen = next((each for each in options if each["value"] == value), options[0])
    if control.key != "deployment":
        return field(block_id, control.label, select("typed", options, chosen), hint=hint)
    menu = field(block_id, control.label, select(DEPLOYMENT, options, chosen), hint=hint)
    return {**menu, "dispatch_action": True}


def _options(control: Control, value: str, deployments: Sequence[str]) -> list[Block]:
    """A deployment that is gone stays to be seen, until another one is chosen."""
    if control.key == "deployment":
        gone = [] if value in (UNSET, *deployments) else [value]
        default = option(texts.default_deployment(deployments[0]), UNSET)
        return [default, *(option(name, name) for name in (*gone, *deployments)[:99])]
    unset = [option(control.unset, UNSET)] if control.unset else []
    return [*unset, *(option(each.label, each.word) for each in control.choices)]


def _refusal(control: Control, deployment: str) -> str:
    """Stop sequences work all the same."""
    return texts.stops_applied(deployment) if control.key == "stop" else texts.refused_said(deployment)


def _said(control: Control, settings: ChannelSettings) -> Block:
    return section(f"*{control.label}*: {escaped(control.shown(getattr(settings, control.key)))}")
