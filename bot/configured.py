"""What the operator's settings say, in each room's own values."""

from bot.azure.access import Access
from bot.azure.limits import Limits
from bot.chat.code_samples.call import Way
from bot.chat.deployments import Deployment, Transport
from bot.chat.voices import Naming
from bot.settings import DeploymentSettings, Settings, variable_suffix
from bot.slack.pages import PageLimits
from bot.slack.writing import StreamLimits
from bot.worker import Pace


def deployments(settings: Settings) -> tuple[Deployment, ...]:
    """The deployments that the operator named, the default one first."""
    named = [deployment(each) for each in settings.deployments]
    return tuple(sorted(named, key=lambda each: each.name != settings.default_deployment))


def deployment(settings: DeploymentSettings) -> Deployment:
    """One deployment as the trade knows it: by name, without its address or key."""
    return Deployment(
        settings.name,
        Transport(settings.transport),
        context=settings.context,
        encoding=settings.encoding,
        sees=settings.images,
    )


def access(settings: DeploymentSettings, scope: str) -> Access:
    """How the bot itself reaches the deployment."""
    return Access(settings.endpoint, settings.key, settings.api_version, scope, settings.own_endpoint)


def way(settings: DeploymentSettings, scope: str) -> Way:
    """By which variables somebody reaches the deployment who has this bot's environment."""
    own = f"_{variable_suffix(settings.name)}"
    return Way(
        endpoint=f"AZURE_OPENAI_ENDPOINT{own if settings.own_endpoint else ''}",
        key=f"AZURE_OPENAI_API_KEY{own if settings.own_key else ''}",
        tail=access(settings, scope).tail,
        scope=scope,
    )


def naming(settings: Settings) -> Naming:
    """What a model calls the people of a thread."""
    return Naming(settings.names)


def pace(settings: Settings) -> Pace:
    """How long the worker's leases and its farewell are."""
    return Pace(lease=settings.lease_seconds, drain=settings.drain_seconds)


def limits(settings: Settings) -> Limits:
    """How long the model may be silent, and how long it may talk."""
    return Limits(idle=settings.model_idle_seconds, total=settings.model_total_seconds)


def stream_limits(settings: Settings) -> StreamLimits:
    """What one streamed message may hold; a page ends a ninth earlier, where a line or a word ends."""
    hard = settings.stream_characters
    pages = PageLimits(soft=hard - hard // 9, hard=hard, size=hard * 6 // 5)
    return StreamLimits(stream_pages=pages, life=settings.stream_seconds)
