"""Settings, read once from the environment and `.env`. Every fault is named at once, by its variable."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from bot.environment import Environment
from bot.errors import SettingsFaulty

SLACK_API_URL = "https://slack.com/api/"
DATABASE_URL = "sqlite:///confab.db"
AZURE_SCOPE = "https://ai.azure.com/.default"
TRANSPORTS = ("chat", "chatml")
NAMES = ("display", "letters")
IMAGES = "images"
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
LOG_FORMATS = ("LOGFMT", "JSON")
OPERATIONS_HOST = "127.0.0.1"
AZURE_HOSTS = (".azure.com", ".azure.us", ".azure.cn")


@dataclass(frozen=True, slots=True)
class DeploymentSettings:
    """One entry of AZURE_OPENAI_DEPLOYMENTS, with its own endpoint and key or the common ones.

    `images`: it can see pictures.

    No key means Entra ID; no `api_version` means the v1 API. `own_endpoint` and `own_key` say whose they
    are: the deployment's, or the common ones.
    """

    name: str
    transport: str
    context: int
    encoding: str
    endpoint: str
    key: str | None = field(repr=False)
    api_version: str | None = None
    own_endpoint: bool = False
    own_key: bool = False
    images: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """All that an operator can say. Seconds are seconds; the secrets stay out of every repr."""

    slack_bot_token: str = field(repr=False)
    slack_app_token: str = field(repr=False)
    slack_api_url: str
    database_url: str = field(repr=False)
    admins: tuple[str, ...]
    daily_tokens: int | None
    azure_scope: str
    deployments: tuple[DeploymentSettings, ...]
    default_deployment: str
    model_idle_seconds: float
    model_total_seconds: float
    lease_seconds: float
    drain_seconds: float
    stream_characters: int
    stream_seconds: float
    names: str
    file_megabytes: int
    operations_host: str
    operations_port: int | None
    log_level: str
    log_format: str

    @classmethod
    def read(cls, environ: Mapping[str, str], known_encodings: frozenset[str]) -> "Settings":
        """The settings, or `SettingsFaulty` with every fault. `environ` already holds what `.env` says."""
        reader = Environment(environ)
        deployments = _deployments(reader, known_encodings)
        settings = cls(
            slack_bot_token=reader.token(
                "SLACK_BOT_TOKEN", "xoxb-", "the bot token, under OAuth & Permissions"
            ),
            slack_app_token=reader.token(
                "SLACK_APP_TOKEN", "xapp-", "the app-level token, under Basic Information"
            ),
            slack_api_url=reader.url("SLACK_API_URL", SLACK_API_URL),
            database_url=database_url(environ),
            admins=reader.people("CONFAB_ADMINS"),
            daily_tokens=reader.number("CONFAB_DAILY_TOKENS", 0, int, low=1, high=10**12) or None,
            azure_scope=reader.text("AZURE_OPENAI_SCOPE") or AZURE_SCOPE,
            deployments=deployments,
            default_deployment=_default_deployment(reader, deployments),
            model_idle_seconds=reader.number("CONFAB_MODEL_IDLE_SECONDS", 30.0, float, low=1, high=600),
            model_total_seconds=reader.number("CONFAB_MODEL_TOTAL_SECONDS", 600.0, float, low=5, high=3600),
            lease_seconds=reader.number("CONFAB_LEASE_SECONDS", 30.0, float, low=2, high=600),
            drain_seconds=reader.number("CONFAB_DRAIN_SECONDS", 8.0, float, low=0, high=600),
            stream_characters=reader.number("CONFAB_STREAM_CHARACTERS", 9_000, int, low=1_000, high=11_000),
            stream_seconds=reader.number("CONFAB_STREAM_SECONDS", 240.0, float, low=10, high=3600),
            file_megabytes=reader.number("CONFAB_FILE_MEGABYTES", 20, int, low=0, high=200),
            names=reader.one_of("CONFAB_NAMES", "display", NAMES),
            operations_host=reader.text("CONFAB_OPERATIONS_HOST") or OPERATIONS_HOST,
            operations_port=reader.number("CONFAB_OPERATIONS_PORT", 0, int, low=1, high=65535) or None,
            log_level=reader.one_of("CONFAB_LOG_LEVEL", "INFO", LOG_LEVELS),
            log_format=reader.one_of("CONFAB_LOG_FORMAT", "LOGFMT", LOG_FORMATS),
        )
        if reader.faults:
            raise SettingsFaulty(tuple(dict.fromkeys(reader.faults)))
        return settings


def database_url(environ: Mapping[str, str]) -> str:
    """Where the database is; migrations need this one setting and no other."""
    return environ.get("DATABASE_URL", "").strip() or DATABASE_URL


def variable_suffix(deployment: str) -> str:
    """How a deployment's name stands in a variable: `qwen3-8b` has AZURE_OPENAI_ENDPOINT_QWEN3_8B."""
    return re.sub(r"[^A-Z0-9]", "_", deployment.upper())


def _deployments(reader: Environment, known_encodings: frozenset[str]) -> tuple[DeploymentSettings, ...]:
    entries = [entry.strip() for entry in reader.text("AZURE_OPENAI_DEPLOYMENTS").split(",") if entry.strip()]
    default = reader.text("AZURE_OPENAI_DEPLOYMENT")
    if not entries and default:
        entries = [default]
    if not entries:
        reader.faults.append("AZURE_OPENAI_DEPLOYMENTS is missing: the name of at least one deployment.")
        if not reader.url("AZURE_OPENAI_ENDPOINT"):
            reader.faults.append("AZURE_OPENAI_ENDPOINT is missing: the address of your Azure resource.")
    found = [_deployment(reader, entry, known_encodings) for entry in entries]
    _refuse_collisions(reader, found)
    return tuple(found)


def _deployment(reader: Environment, entry: str, known_encodings: frozenset[str]) -> DeploymentSettings:
    parts = [part.strip() for part in entry.split(":")]
    name, transport, context, encoding, images = (parts + [""] * 4)[:5]
    variable = f"AZURE_OPENAI_DEPLOYMENTS ({entry!r})"
    if len(parts) > 5 or not name:
        reader.faults.append(f"{variable} is not of the form name[:transport[:context[:encoding[:images]]]].")
    if images not in ("", IMAGES) or (images and transport == "chatml"):
        reader.faults.append(f"{variable}: the fifth part is {IMAGES} or nothing, and goes with chat alone.")
    if transport and transport not in TRANSPORTS:
        reader.faults.append(
            f"{variable} has the transport {transport!r}: it is one of {', '.join(TRANSPORTS)}."
        )
    if context and not _is_context(context):
        reader.faults.append(
            f"{variable} has the context {context!r}: it takes a number of tokens, at least 256."
        )
    if encoding and encoding not in known_encodings:
        known = ", ".join(sorted(known_encodings))
        reader.faults.append(f"{variable} has the encoding {encoding!r}: it is one of {known}.")
    endpoint, key = _access(reader, name)
    return DeploymentSettings(
        name=name,
        transport=transport or "chat",
        context=int(context) if _is_context(context) else 128_000,
        encoding=encoding or "o200k_base",
        endpoint=endpoint,
        key=key,
        api_version=_api_version(reader, name),
        own_endpoint=bool(reader.text(f"AZURE_OPENAI_ENDPOINT_{variable_suffix(name)}")),
        own_key=bool(reader.text(f"AZURE_OPENAI_API_KEY_{variable_suffix(name)}")),
        images=bool(images),
    )


def _is_context(text: str) -> bool:
    return re.fullmatch(r"[0-9]{3,8}", text) is not None and 256 <= int(text) <= 10_000_000


def _access(reader: Environment, name: str) -> tuple[str, str | None]:
    """The endpoint and key of a deployment. The common key never goes to an endpoint of somebody's own."""
    suffix = variable_suffix(name)
    own = reader.url(f"AZURE_OPENAI_ENDPOINT_{suffix}")
    own_key = reader.text(f"AZURE_OPENAI_API_KEY_{suffix}")
    if not own:
        endpoint = reader.url("AZURE_OPENAI_ENDPOINT")
        if not endpoint:
            reader.faults.append(f"AZURE_OPENAI_ENDPOINT is missing (or AZURE_OPENAI_ENDPOINT_{suffix}).")
        return endpoint, own_key or reader.text("AZURE_OPENAI_API_KEY") or None
    if not own_key and not _on_azure(own):
        reader.faults.append(
            f"AZURE_OPENAI_API_KEY_{suffix} is missing: a server of its own gets a key of its own "
            "(any word, where it asks for none)."
        )
    return own, own_key or None


def _api_version(reader: Environment, name: str) -> str | None:
    """The dated API is Azure's alone: a server of somebody's own speaks v1."""
    own = reader.text(f"AZURE_OPENAI_ENDPOINT_{variable_suffix(name)}")
    return reader.text("AZURE_OPENAI_API_VERSION") or None if not own or _on_azure(own) else None


def _on_azure(endpoint: str) -> bool:
    try:
        return (urlsplit(endpoint).hostname or "").endswith(AZURE_HOSTS)
    except ValueError:  # no address at all, which is a fault of its own
        return False


def _refuse_collisions(reader: Environment, deployments: list[DeploymentSettings]) -> None:
    """Two names that share their variables would share a key that was meant for one of them."""
    seen: dict[str, str] = {}
    for deployment in deployments:
        suffix = variable_suffix(deployment.name)
        if suffix in seen:
            both = f"{seen[suffix]!r} and {deployment.name!r}"
            reader.faults.append(
                f"AZURE_OPENAI_DEPLOYMENTS names {both}, which share the variables ..._{suffix}."
            )
        seen[suffix] = deployment.name


def _default_deployment(reader: Environment, deployments: tuple[DeploymentSettings, ...]) -> str:
    names = [deployment.name for deployment in deployments]
    default = reader.text("AZURE_OPENAI_DEPLOYMENT").split(":")[0] or (names[0] if names else "")
    if names and default not in names:
        reader.faults.append(
            f"AZURE_OPENAI_DEPLOYMENT is {default!r}, which AZURE_OPENAI_DEPLOYMENTS does not name."
        )
    return default
