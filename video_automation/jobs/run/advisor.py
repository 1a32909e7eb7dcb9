"""Which language model is asked for advice."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Advisor:
    """A language model that speaks OpenAI's chat completions."""

    base_url: str
    """With http or https, up to and with its version: "http://localhost:11434/v1"."""
    model: str
    key: str = ""
