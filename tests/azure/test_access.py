import pytest

from bot.azure import Access

RESOURCE = "https://res.openai.azure.com"


@pytest.mark.parametrize(
    "written",
    [
        "https://res.openai.azure.com",
        "https://res.openai.azure.com/",
        "  https://res.openai.azure.com//  ",
        "res.openai.azure.com",
        "https://res.openai.azure.com/openai",
        "https://res.openai.azure.com/openai/v1",
        "https://res.openai.azure.com/openai/v1/",
        "https://res.openai.azure.com/OpenAI/V1/chat/completions",
        "https://res.openai.azure.com/openai/deployments/gpt-4o/chat/completions?api-version=2024-10-21",
        "https://res.openai.azure.com/openai/deployments/gpt-4o#here",
    ],
)
def test_an_endpoint_is_found_in_whatever_was_pasted(written: str) -> None:
    access = Access(written, "key")
    assert access.resource_url == RESOURCE
    assert access.v1_url == f"{RESOURCE}/openai/v1/"


@pytest.mark.parametrize(
    ("written", "v1"),
    [
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080/openai/v1/"),
        ("http://gpu-box:8000/v1", "http://gpu-box:8000/v1/"),
        ("http://gpu-box:8000/V1", "http://gpu-box:8000/v1/"),
        ("http://gpu-box:8000/v1/chat/completions", "http://gpu-box:8000/v1/"),
        ("http://gpu-box/models/qwen/v1/", "http://gpu-box/models/qwen/v1/"),
        ("http://[::1]:8000/openai/v1", "http://[::1]:8000/openai/v1/"),
        (
            "https://res.services.ai.azure.com/api/projects/p1",
            "https://res.services.ai.azure.com/api/projects/p1/openai/v1/",
        ),
    ],
)
def test_a_server_of_ones_own_is_reached_where_the_operator_says(written: str, v1: str) -> None:
    assert Access(written, "key").v1_url == v1


def test_a_key_stays_out_of_every_repr() -> None:
    assert "s3cret" not in repr(Access(RESOURCE, "s3cret"))
    assert "s3cret" not in repr({"gpt": Access(RESOURCE, "s3cret")})
