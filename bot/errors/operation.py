"""What only whoever runs Confab can mend, and what workers say to each other."""

from bot.errors.root import ConfabError


class SettingsFaulty(ConfabError):
    """The environment does not describe a runnable Confab; `faults` names every fault at once."""

    outcome = "settings"

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("Confab cannot start with these settings:\n" + "\n".join(f"  {f}" for f in faults))
        self.faults = faults


class SetupFileFaulty(ConfabError):
    """A file that is no setup of the Azure playground; `place` is a line, or the path of a key."""

    outcome = "setup_file"

    def __init__(self, place: str, why: str) -> None:
        super().__init__(f"This setup cannot be imported: {place}: {why}.")
        self.place = place


class SetupFileUnwritten(ConfabError):
    """An exported setup could not be written to its file."""

    outcome = "setup_file_unwritten"

    def __init__(self, place: str, why: str) -> None:
        super().__init__(f"This setup cannot be written: {place}: {why}.")


class SetupOvertaken(ConfabError):
    """Somebody published a version while this change was made; nothing was published over theirs."""

    outcome = "setup_overtaken"

    def __init__(self, *, version: int, by: str) -> None:
        super().__init__(
            f"Version {version} was published by {by} meanwhile. Look at it, then publish again."
        )
        self.version = version
        self.by = by


class OperatorFault(ConfabError):
    """Only whoever runs Confab can mend this: the thread hears one neutral sentence, admins the detail."""

    outcome = "operator_fault"

    def __init__(self, detail: str) -> None:
        super().__init__(
            "I am not set up correctly at the moment and cannot answer. "
            "The people who run me have been told.",
            detail=detail,
        )

    @property
    def for_operators(self) -> str:
        """The detail alone: they are the people who have been told."""
        return self.detail


class DatabaseDown(ConfabError):
    """The database did not take a write or a question in time; what was not acknowledged comes again."""

    outcome = "database_down"
    passing = True

    def __init__(self, detail: str) -> None:
        super().__init__(
            "I cannot reach my memory at the moment. Please try again in a minute.", detail=detail
        )

    @property
    def for_operators(self) -> str:
        """What they can look into."""
        return f"{self.detail}; is the database there, and DATABASE_URL right?"


class SchemaBehind(ConfabError):
    """The database's tables are older than this Confab; nothing was started."""

    outcome = "schema_behind"

    def __init__(self, *, found: str, wanted: str) -> None:
        super().__init__(
            "The database is not up to date with this version of Confab. "
            "Run `confab migrate`, then start again.",
            detail=f"found {found}, wanted {wanted}",
        )


class MissingExtra(ConfabError):
    """A part that this setting needs is not installed; the sentence has the line that installs it."""

    outcome = "missing_extra"

    def __init__(self, *, what: str, extra: str) -> None:
        super().__init__(f"{what} needs a part that is not installed: pip install 'confab[{extra}]'")


class NotYetKnown(ConfabError):
    """Whether a message is for us depends on one that could not be stored: Slack is to send it again."""

    outcome = "not_yet_known"

    def __init__(self) -> None:
        super().__init__("A message waits until the mention before it is stored.")


class LeaseLost(ConfabError):
    """Somebody else holds this turn now; whoever meets this stops writing at once."""

    outcome = "lease_lost"

    def __init__(self) -> None:
        super().__init__("This turn has gone to another worker.")


_PASSING = frozenset({"unreachable", "response_lost", "ratelimited"})


class SlackUnwilling(ConfabError):
    """Slack refused or did not carry out a call; `code` is Slack's error word."""

    outcome = "slack_unwilling"

    def __init__(self, method: str, code: str) -> None:
        super().__init__(
            "Slack did not take my answer just now; I will try again.", detail=f"{method}: {code}"
        )
        self.method = method
        self.code = code
        self.passing = code in _PASSING
