""".env.sample says exactly what bot/settings.py reads."""

import re
from io import StringIO

from dotenv import dotenv_values

from bot.settings import Settings
from bot.tokens import known_encodings
from tests.packaging.checkout import ROOT

SAMPLE = (ROOT / ".env.sample").read_text()
VARIABLE = re.compile(r"^#?(?P<name>[A-Z][A-Z0-9_]+)=(?P<value>.*)$", re.MULTILINE)
OF_ONE_DEPLOYMENT = re.compile(r"^(AZURE_OPENAI_(?:ENDPOINT|API_KEY))_(?:GPT_5_4_MINI|QWEN3_8B)$")


class Watched(dict[str, str]):
    """An environment that remembers what it was asked for."""

    def __init__(self, values: dict[str, str]) -> None:
        super().__init__(values)
        self.asked: set[str] = set()

    def get(self, name: str, default: str = "") -> str:  # type: ignore[override]
        self.asked.add(name)
        return super().get(name, default)


def general(names: set[str]) -> set[str]:
    """A deployment's own variables under one name, whichever deployment it was."""
    return {OF_ONE_DEPLOYMENT.sub(r"\1_<NAME>", name) for name in names}


def sampled() -> dict[str, str]:
    """All of the sample's variables with their values, the commented ones too."""
    values = {found["name"]: found["value"] for found in VARIABLE.finditer(SAMPLE)}
    return values | {"AZURE_OPENAI_DEPLOYMENTS": "gpt-5.4-mini, qwen3-8b:chatml:32768:qwen3.5"}


def filled_in() -> dict[str, str]:
    """The sample as it is once somebody has put in their tokens."""
    return sampled() | {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}


def test_the_sample_names_what_settings_read_and_nothing_else() -> None:
    environ = Watched(filled_in())
    Settings.read(environ, known_encodings())
    assert general(set(sampled())) == general(environ.asked)


def test_the_sample_shows_the_defaults() -> None:
    all_said = Settings.read(filled_in() | {"CONFAB_ADMINS": ""}, known_encodings())
    needed = {name: value for name, value in filled_in().items() if name.startswith(("SLACK_", "AZURE_"))}
    assert Settings.read(needed, known_encodings()) == all_said


def test_every_reader_of_the_sample_reads_the_same() -> None:
    """Dotenv would take quotes off, Docker would not; systemd would take a remark for a value."""
    for found in VARIABLE.finditer(SAMPLE):
        assert not set(found["value"]) & set("'\"#"), found["name"]
    uncommented = VARIABLE.sub(lambda found: f"{found['name']}={found['value']}", SAMPLE)
    read = dotenv_values(stream=StringIO(uncommented))
    assert read == {found["name"]: found["value"] for found in VARIABLE.finditer(SAMPLE)}
