"""Where the files of one job are; no two jobs share a folder, and nothing a user names becomes a path."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from video_automation.errors import UnknownTaskError
from video_automation.jobs.model import Job
from video_automation.jobs.run.manifest import read_manifest

RECORD = "job.json"
"""The name of a job's record in the folder of its source."""
ANNOUNCED, PARTIAL = "upload.json", "source.part"
"""Names there of what was said about an upload that is still arriving, and of the source while it is received."""


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

    def proxy(self, job: Job) -> Path:
        """A small copy of the recording to play while it is edited, with the tracks the job uses; there once it is asked for.

        Goes with the work folder: it can be made again.
        """
        return self.work / "-".join(("proxy", *map(str, job.params.tracks))) / "proxy.mp4"

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
    def decisions(self) -> Path:
        """The folder of what was decided, and of the history of edits on it."""
        return self.upload / "plan"

    @property
    def log(self) -> Path:
        """The task's own log, beside its outputs."""
        return self.output / "task.log"

    def outputs(self, name: str) -> "Outputs":
        """A result, by the name of its folder among the outputs; without one, as results once were, the outputs themselves."""
        return Outputs(self.output / name if name else self.output)

    def result(self, job: Job) -> "Outputs":
        """The result that is served: the one the job's record points to."""
        return self.outputs(job.result)

    def building(self, job: Job) -> "Outputs":
        """The result that is being made."""
        return self.outputs(job.building)

    def file(self, job: Job, name: str) -> Path:
        """A file of a job by its name: one its result lists, or what is being made so far; a list of these; the log.

        Raises:
            UnknownTaskError: there is no such file.
        """
        if name == self.log.name and self.log.exists():
            return self.log
        listings = (self.result(job).manifest,) if job.output_filename else (self.building(job).offered,)
        for listing in listings:
            with suppress(FileNotFoundError):
                if name in {listing.name, *(artifact.name for artifact in read_manifest(listing).artifacts)}:
                    return listing.with_name(name)
        raise UnknownTaskError("This task has no such file.", code="unknown_file")


@dataclass(frozen=True, slots=True)
class Outputs:
    """One result: the folder in which it lies whole, or is being put together."""

    folder: Path

    @property
    def plan(self) -> Path:
        """What was rendered, as JSON."""
        return self.folder / "plan.json"

    @property
    def manifest(self) -> Path:
        """The list of finished outputs; written last."""
        return self.folder / "manifest.json"

    @property
    def offered(self) -> Path:
        """The list of clips that are whole while the rest is still made; gone once the manifest is there."""
        return self.folder / "clips.json"


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
