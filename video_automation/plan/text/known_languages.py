"""The languages a speech model can transcribe."""

from dataclasses import dataclass

from video_automation.plan.text.language_names import english_name

_FEW = 5


@dataclass(frozen=True, slots=True)
class Knowing:
    """A speech model: its name, and the codes of the languages it knows."""

    name: str
    languages: tuple[str, ...]

    @property
    def told(self) -> str:
        """Its languages, as the end of a sentence: "English only", "99 languages"."""
        if len(self.languages) == 1:
            return f"{english_name(self.languages[0])} only"
        if len(self.languages) <= _FEW:
            return ", ".join(map(english_name, self.languages))
        return f"{len(self.languages)} languages"
