from pathlib import Path

import pytest

from bot.environment import with_dotenv
from bot.errors import SettingsFaulty
from bot.settings import Settings

ENCODINGS = frozenset({"o200k_base", "cl100k_base", "qwen3.5", "bytes"})
ENOUGH = {
    "SLACK_BOT_TOKEN": "xoxb-1",
    "SLACK_APP_TOKEN": "xapp-1",
    "AZURE_OPENAI_ENDPOINT": "https://res.openai.azure.com",
    "AZURE_OPENAI_API_KEY": "secret-key",
    "AZURE_OPENAI_DEPLOYMENTS": "gpt-5.4-mini",
}


def read(**changes: str) -> Settings:
    return Settings.read(ENOUGH | changes, ENCODINGS)


def faults(**changes: str) -> str:
    with pytest.raises(SettingsFaulty) as faulty:
        read(**changes)
    return "\n".join(faulty.value.faults)


def test_five_variables_are_enough() -> None:
    settings = read()
    assert settings.slack_api_url == "https://slack.com/api/"
    assert settings.database_url == "sqlite:///confab.db"
    assert settings.default_deployment == "gpt-5.4-mini"
    [deployment] = settings.deployments
    assert (deployment.transport, deployment.context, deployment.encoding) == ("chat", 128_000, "o200k_base")
    assert (deployment.endpoint, deployment.key) == ("https://res.openai.azure.com", "secret-key")


def test_every_fault_is_named_at_once() -> None:
    with pytest.raises(SettingsFaulty) as faulty:
        Settings.read({"CONFAB_ADMINS": "ada", "CONFAB_LEASE_SECONDS": "soon"}, ENCODINGS)
    named = {fault.split()[0] for fault in faulty.value.faults}
    assert named == {
        "SLACK_BOT_TOKEN",
        "SLACK_APP_TOKEN",
        "CONFAB_ADMINS",
        "CONFAB_LEASE_SECONDS",
        "AZURE_OPENAI_DEPLOYMENTS",
        "AZURE_OPENAI_ENDPOINT",
    }


def test_deployments_say_transport_context_and_encoding() -> None:
    settings = read(
        AZURE_OPENAI_DEPLOYMENTS="gpt-5.4-mini, qwen3-8b:chatml:32768:qwen3.5",
        AZURE_OPENAI_DEPLOYMENT="qwen3-8b",
    )
    qwen = settings.deployments[1]
    assert (qwen.transport, qwen.context, qwen.encoding) == ("chatml", 32_768, "qwen3.5")
    assert settings.default_deployment == "qwen3-8b"


@pytest.mark.parametrize(
    "entry", ["a:b:c:d:e", ":chat", "a:telepathy", "a:chat:many", "a:chat:99", "a:::morse"]
)
def test_a_malformed_deployment_is_named(entry: str) -> None:
    assert "AZURE_OPENAI_DEPLOYMENTS" in faults(AZURE_OPENAI_DEPLOYMENTS=entry)


def test_a_deployment_may_have_its_own_endpoint_and_key() -> None:
    settings = read(
        AZURE_OPENAI_DEPLOYMENTS="gpt, qwen3-8b:chatml",
        AZURE_OPENAI_ENDPOINT_QWEN3_8B="http://127.0.0.1:8000",
        AZURE_OPENAI_API_KEY_QWEN3_8B="own-key",
        AZURE_OPENAI_API_VERSION="2024-10-21",
    )
    gpt, qwen = settings.deployments
    assert (qwen.endpoint, qwen.key, qwen.api_version) == ("http://127.0.0.1:8000", "own-key", None)
    assert (gpt.key, gpt.api_version) == ("secret-key", "2024-10-21")


def test_the_common_key_never_goes_to_an_endpoint_of_somebodys_own() -> None:
    named = faults(
        AZURE_OPENAI_DEPLOYMENTS="gpt, mine", AZURE_OPENAI_ENDPOINT_MINE="https://elsewhere.example"
    )
    assert "AZURE_OPENAI_API_KEY_MINE is missing" in named


def test_no_key_means_entra_id() -> None:
    environ = {name: value for name, value in ENOUGH.items() if name != "AZURE_OPENAI_API_KEY"}
    assert Settings.read(environ, ENCODINGS).deployments[0].key is None


@pytest.mark.parametrize("names", ["qwen3-8b, qwen3_8b", "gpt, GPT", "gpt, gpt"])
def test_deployments_that_would_share_their_variables_are_refused(names: str) -> None:
    assert "share the variables" in faults(AZURE_OPENAI_DEPLOYMENTS=names)


def test_the_default_deployment_is_one_that_is_named() -> None:
    assert "AZURE_OPENAI_DEPLOYMENT is 'other'" in faults(AZURE_OPENAI_DEPLOYMENT="other")


@pytest.mark.parametrize("value", ["nan", "inf", "-1", "0.5", "x"])
def test_numbers_stay_in_their_range(value: str) -> None:
    assert "CONFAB_LEASE_SECONDS takes a number from 2 to 600" in faults(CONFAB_LEASE_SECONDS=value)


def test_no_secret_shows_in_a_repr_or_a_fault() -> None:
    shown = repr(read(DATABASE_URL="postgresql://confab:hunter2@db/confab")) + faults(
        SLACK_BOT_TOKEN="oops-secret"
    )
    for secret in ("xoxb-1", "xapp-1", "secret-key", "hunter2", "oops-secret"):
        assert secret not in shown


def test_the_environment_wins_over_the_dotenv_file(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text('SLACK_BOT_TOKEN=xoxb-file\nCONFAB_LOG_LEVEL="DEBUG"\n')
    environ = with_dotenv({"SLACK_BOT_TOKEN": "xoxb-env"}, file)
    assert environ == {"SLACK_BOT_TOKEN": "xoxb-env", "CONFAB_LOG_LEVEL": "DEBUG"}


@pytest.mark.parametrize(
    "value", ["res.openai.azure.com", "http://[x", "ftp://host", "https://", "http://h:99999"]
)
def test_an_endpoint_that_is_no_address_is_named(value: str) -> None:
    assert "AZURE_OPENAI_ENDPOINT is not an address" in faults(AZURE_OPENAI_ENDPOINT=value)
    assert "AZURE_OPENAI_ENDPOINT_GPT_5_4_MINI is not" in faults(AZURE_OPENAI_ENDPOINT_GPT_5_4_MINI=value)


@pytest.mark.parametrize(
    "value", ["https://host/\x07", "https://" + "h" * 70_000], ids=["control", "endless"]
)
def test_an_endpoint_that_no_server_takes_is_named(value: str) -> None:
    assert "AZURE_OPENAI_ENDPOINT is not an address" in faults(AZURE_OPENAI_ENDPOINT=value)


def test_a_context_of_thousands_of_digits_is_a_fault() -> None:
    assert "has the context" in faults(AZURE_OPENAI_DEPLOYMENTS="a:chat:" + "9" * 5_000)


@pytest.mark.parametrize("token", ["xoxb-", "xoxp-1", "xoxb-1\nxoxb-2", "xoxb-1 2"])
def test_a_token_that_is_none_is_named_and_never_repeated(token: str) -> None:
    named = faults(SLACK_BOT_TOKEN=token)
    assert "SLACK_BOT_TOKEN is not of the form xoxb-..." in named
    assert token not in named.replace("xoxb-...", "")


def test_a_dotenv_file_that_is_no_text_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"SLACK_BOT_TOKEN=\xff\xfe\n")
    with pytest.raises(SettingsFaulty):
        with_dotenv({}, tmp_path / ".env")
