"""Where the files of one job are; no two jobs share a folder, and nothing a user names becomes a path."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from pydantic import TypeAdapter, ValidationError

from video_automation.errors import DamagedError, UnknownTaskError
from video_automation.jobs.run.manifest import read
from video_automation.plan.recut import Recut

RECORD = "job.json"
"""The name of a job's record in the folder of its source."""
ANNOUNCED, PARTIAL = "upload.json", "source.part"
"""Names there of what was said about an upload that is still arriving, and of the source while it is received."""
WISHES = TypeAdapter(dict[str, Recut])
"""What is wished of clips, by their names, as a file of ours holds it."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """One job's places: its source file, its folder for work in progress, its folder of outputs."""

    source: Path
    work: Path
    output: Path

    @property
    def upload(self) -> Path:
        """The folder of the source and of all that was said about it."""
        return self.source.parent

    @property
    def folders(self) -> tuple[Path, Path, Path]:
        """All three of its folders."""
        return self.upload, self.work, self.output

    @property
    def copy(self) -> Path:
        """The source with its clock put right; only there where that leaps. Goes with the work folder."""
        return self.work / "source.copy"

    @property
    def sounds(self) -> Path:
        """The folder of decoded sound, from when it is listened to until all is rendered."""
        return self.work / "sounds"

    @property
    def partial(self) -> Path:
        """The source while it is received."""
        return self.source.with_name(PARTIAL)

    @property
    def announced(self) -> Path:
        """What was said about an upload that is still arriving; gone once it is a job."""
        return self.source.with_name(ANNOUNCED)

    @property
    def sending(self) -> Path:
        """Locked by the request that brings a piece of it; holds what of that is not yet checked."""
        return self.source.with_name("sending")

    @property
    def record(self) -> Path:
        """What is known about the job, for a store that comes back empty."""
        return self.source.with_name(RECORD)

    @property
    def lock(self) -> Path:
        """Locked by who works on the job."""
        return self.source.with_name("lock")

    @property
    def corrections(self) -> Path:
        """The captions a person wants instead of ours, for the next run to take; missing while nobody does."""
        return self.source.with_name("captions")

    @property
    def recuts(self) -> Path:
        """The clips a person wants otherwise than we cut them; missing while nobody does."""
        return self.source.with_name("clips")

    @property
    def log(self) -> Path:
        """The task's own log, beside its outputs."""
        return self.output / "task.log"

    @property
    def plan(self) -> Path:
        """The edit plan, as JSON."""
        return self.output / "plan.json"

    @property
    def manifest(self) -> Path:
        """The list of finished outputs; written last."""
        return self.output / "manifest.json"

    @property
    def offered(self) -> Path:
        """The list of clips that are whole while the rest is still made; gone once the manifest is there."""
        return self.output / "clips.json"

    def corrected(self) -> str | None:
        """The text of the corrections; None where there are none."""
        return self.corrections.read_text(encoding="utf-8") if self.corrections.exists() else None

    def wishes(self) -> dict[str, Recut]:
        """What a person wants of clips, by their names. Raises DamagedError."""
        try:
            return WISHES.validate_json(self.recuts.read_bytes()) if self.recuts.exists() else {}
        except ValidationError as error:
            raise DamagedError("The wishes about this task's clips cannot be read.") from error

    def file(self, name: str) -> Path:
        """An output by its name: one the manifest lists, the manifest itself, or the log, which is there from the start on.

        Raises:
            UnknownTaskError: there is no such output.
        """
        known = {self.log.name} if self.log.exists() else set()
        for listing in (self.offered, self.manifest):  # what is offered moves there, never back
            with suppress(FileNotFoundError):
                known |= {listing.name, *(artifact.name for artifact in read(listing).artifacts)}
        if name not in known:
            raise UnknownTaskError("This task has no such file.", code="unknown_file")
        return self.output / name


@dataclass(frozen=True, slots=True)
class Folders:
    """The folders in which every job has one of its own."""

    input: Path
    work: Path
    output: Path

    def ids(self) -> tuple[str, ...]:
        """The ids of all jobs that have a folder anywhere, in order."""
        names = {path.name for folder in (self.input, self.work, self.output) if folder.exists() for path in folder.iterdir()}
        return tuple(sorted(name for name in names if _is_id(name)))

    def of(self, job_id: str) -> Workspace:
        """The places of one job.

        Raises:
            UnknownTaskError: this is no id of a job.
        """
        if not _is_id(job_id):
            raise UnknownTaskError("There is no such task.")
        return Workspace(source=self.input / job_id / "source", work=self.work / job_id, output=self.output / job_id)


def _is_id(name: str) -> bool:
    try:
        return str(UUID(name)) == name
    except ValueError:
        return False
