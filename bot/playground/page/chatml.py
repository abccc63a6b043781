"""The dialog that shows what the model was asked."""

import json
import re
from html import escape

from nicegui import ui

from bot.playground.page import texts
from bot.playground.page.backstage import Asked, ModelAway
from bot.playground.page.world import World

_CONTROL = re.compile(r"&lt;\|[^|&]*\|&gt;(?:\w+)?")


class ChatmlDialog:
    """One dialog for a tab, filled anew each time it is opened."""

    def __init__(self, world: World) -> None:
        self._world = world
        with ui.dialog() as self._dialog, ui.element("section").classes("dialog"):
            with ui.element("header").classes("dialog-head"):
                ui.label(texts.CHATML_TITLE).classes("dialog-title").props("role=heading aria-level=2")
                close = ui.button(icon="close", color=None, on_click=self._dialog.close)
                close.classes("icon-button").props("flat dense")
                close.props["aria-label"] = close.props["title"] = texts.CLOSE
            self._content = ui.element("div").classes("dialog-body")
        self._dialog.props["aria-label"] = texts.CHATML_TITLE

    async def open(self, turn: str) -> None:
        """Show the request behind the answer of that turn."""
        try:
            asked = await self._world.backstage.asked(turn)
            sentence = texts.CHATML_GONE
        except ModelAway:
            asked, sentence = None, texts.CHATML_AWAY
        self._content.clear()
        with self._content:
            if asked is None:
                ui.label(sentence).classes("dialog-words")
            else:
                self._show(asked)
        self._dialog.open()

    def _show(self, asked: Asked) -> None:
        text = asked.prompt or json.dumps(asked.body, indent=2, ensure_ascii=False)
        ui.label(texts.CHATML_INTRO if asked.prompt else texts.CHATML_CHAT).classes("dialog-words")
        with ui.element("div").classes("facts"):
            for fact in _facts(asked):
                ui.label(fact).classes("fact")
            ui.button(texts.COPY, icon="content_copy", color=None, on_click=lambda: _copy(text)).classes(
                "link-button"
            ).props("flat dense no-caps")
        frame = ui.html(marked(text), sanitize=False, tag="pre").classes("chatml").props("tabindex=0")
        frame.props["aria-label"] = texts.CHATML_TITLE


def marked(prompt: str) -> str:
    """The prompt as HTML, character by character as it is, with its control tokens set apart."""
    return _CONTROL.sub(
        lambda found: f'<span class="token">{found.group()}</span>', escape(prompt, quote=False)
    )


def _facts(asked: Asked) -> list[str]:
    facts = [asked.deployment]
    if asked.prompt_tokens is not None:
        facts.append(texts.TOKENS_IN.format(count=asked.prompt_tokens))
    if asked.answer_tokens is not None:
        facts.append(texts.TOKENS_OUT.format(count=asked.answer_tokens))
    if asked.seconds is not None:
        facts.append(texts.TOKENS_TOOK.format(seconds=asked.seconds))
    if asked.finish_reason is not None:
        facts.append(texts.ENDED.format(reason=asked.finish_reason))
    return facts


def _copy(text: str) -> None:
    ui.clipboard.write(text)
    ui.notify(texts.COPIED, position="top")
