"""The Bolt app: nothing of Bolt's that logs what people write, or costs a call for each event."""

import logging

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.chat.threads import Us


def quiet_logger() -> logging.Logger:
    """The logger that Bolt and the SDK are given: at DEBUG they log whole payloads, Bolt some at WARNING."""
    logger = logging.getLogger("bot.slack.libraries")
    logger.setLevel(logging.ERROR)
    return logger


def bolt_app(client: AsyncWebClient, us: Us, scopes: frozenset[str]) -> AsyncApp:
    """An app for the one workspace, without listeners yet.

    Events are acknowledged when their listener has returned. Bolt's own filters are off: addressing alone
    decides what is for us, and it must see deletions of Confab's own messages.
    """
    known = AuthorizeResult(
        enterprise_id=None,
        team_id=us.team_id,
        bot_user_id=us.user_id,
        bot_id=us.bot_id,
        bot_token=client.token,
        bot_scopes=sorted(scopes),
    )

    async def authorize() -> AuthorizeResult:
        return known

    # A client with the token would make Bolt ask auth.test for itself.
    tokenless = AsyncWebClient(
        base_url=client.base_url,
        session=client.session,
        retry_handlers=[],
        logger=quiet_logger(),
        timeout=client.timeout,
    )
    return AsyncApp(
        logger=quiet_logger(),
        name="confab",
        client=tokenless,
        authorize=authorize,
        process_before_response=True,
        raise_error_for_unhandled_request=True,
        ignoring_self_events_enabled=False,
        attaching_conversation_kwargs_enabled=False,
        attaching_function_token_enabled=False,
        request_verification_enabled=False,  # nothing arrives over HTTP
        ssl_check_enabled=False,
        url_verification_enabled=False,
    )
