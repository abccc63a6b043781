"""The personas that come with Confab: setup files like those of the Azure playground."""

from functools import cache
from importlib.resources import files

from bot.chat.setup_file import read_setup
from bot.chat.versions import LibraryPersona

ORDER = (
    "default",
    "xbox-support",
    "shakespearean-writer",
    "marketing-writer",
    "tax-helper",
    "hiking-guide",
    "json-formatter",
)


@cache
def built_in() -> tuple[LibraryPersona, ...]:
    """All of them, in the order in which people choose. A file's settings count only if it is imported."""
    folder = files(__name__)
    texts = ((name, (folder / f"{name}.json").read_text(encoding="utf-8")) for name in ORDER)
    return tuple(LibraryPersona(name, read_setup(text, frozenset()).persona) for name, text in texts)
