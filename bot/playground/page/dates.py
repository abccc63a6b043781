"""Moments as Slack writes them for whoever reads, in their time zone: this machine's."""

import time

_FORMS = {
    "{date_num}": "%Y-%m-%d",
    "{date}": "%B %d, %Y",
    "{date_pretty}": "%B %d, %Y",
    "{date_short}": "%b %d, %Y",
    "{date_short_pretty}": "%b %d, %Y",
    "{date_long}": "%A, %B %d, %Y",
    "{date_long_pretty}": "%A, %B %d, %Y",
    "{time}": "%H:%M",
    "{time_secs}": "%H:%M:%S",
}


def in_words(at: int, form: str, today: time.struct_time | None = None) -> str:
    """The moment in the form of a `<!date^..>` token; a pretty date of this day is "today"."""
    moment = time.localtime(at)
    now = today or time.localtime()
    is_today = (moment.tm_year, moment.tm_yday) == (now.tm_year, now.tm_yday)
    for token, pattern in _FORMS.items():
        said = "today" if is_today and token.endswith("pretty}") else time.strftime(pattern, moment)
        form = form.replace(token, said)
    return form
