import httpx2
import pytest
from openai import APIStatusError

from bot.azure.waiting import named_wait, pause

NOW = 1_700_000_000.0


def refusal(message: str = "", **headers: str) -> APIStatusError:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    response = httpx2.Response(429, headers=named, request=httpx2.Request("POST", "http://loopback"))
    return APIStatusError(message, response=response, body=None)


@pytest.mark.parametrize(
    ("error", "seconds"),
    [
        (refusal(retry_after_ms="250", retry_after="9"), 0.25),
        (refusal(retry_after="9"), 9.0),
        (refusal(retry_after="0"), 0.0),
        (refusal(retry_after="Tue, 14 Nov 2023 22:13:50 GMT"), 30.0),
        (refusal(retry_after="Tue, 14 Nov 2023 22:00:00 GMT"), 0.0),
        (refusal("Rate limit is exceeded. Try again in 2 seconds."), 2.0),
        (refusal("... have exceeded token rate limit ... Please retry after 86400 seconds."), 86_400.0),
        (refusal("Please try again in 1.5s."), 1.5),
        (refusal("Please try again in 20ms."), 0.02),
        (refusal("Please try again in 3 minutes."), 180.0),
        (refusal(retry_after="soon"), None),
        (refusal(retry_after="-4"), None),
        (refusal(retry_after="inf"), None),
        (refusal("Something else."), None),
    ],
)
def test_the_wait_is_what_the_service_names(error: APIStatusError, seconds: float | None) -> None:
    assert named_wait(error, now=lambda: NOW) == seconds


def test_a_wait_that_nobody_names_doubles_up_to_eight_seconds() -> None:
    assert [pause(tries, jitter=0.0) for tries in range(1, 8)] == [0.5, 1, 2, 4, 8, 8, 8]
    assert pause(1, jitter=1.0) == 0.375
