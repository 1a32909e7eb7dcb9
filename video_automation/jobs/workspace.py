"""The places of a job's files, and of an owner's: stored ones by key; uploads, work and locks on this machine.

No two jobs share a folder or a prefix, and nothing a user names becomes a path.
"""

from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from video_automation.errors import UnknownTaskError
from video_automation.jobs.model import Job
from video_automation.jobs.run.manifest import read_manifest
from video_automation.storage.port import Storage

ANNOUNCED, PARTIAL = "upload.json", "source.part"
"""Names of what was said about an upload that is still arriving, and of the source while it is received."""
RECORD, LOG = "job.json", "task.log"
"""Names of a job's record beside its source, and of its own log beside its results."""
MANIFEST, OFFERED, PLAN, SAID = "manifest.json", "clips.json", "plan.json", "said.txt"
"""Names in a result: of the list of all files, written last; of that of the clips whole before that; of what was rendered."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """The places of one job: keys and prefixes are text, local folders and files are paths."""

    id: str
    storage: Storage
    upload: Path
    """The folder of what is arriving, and of locks. `LocalStorage` keeps what is stored under `input` there, too."""
    work: Path
    """The folder of the work in progress."""
    log: Path
    """The job's own log, written line by line. `LocalStorage` keeps its results beside it."""

    @property
    def input(self) -> str:
        """The prefix of the recording, its record and its plan."""
        return f"input/{self.id}/"

    @property
    def output(self) -> str:
        """The prefix of all results."""
        return f"output/{self.id}/"

    @property
    def source(self) -> str:
        """The key of the recording."""
        return f"{self.input}source"

    @property
    def record(self) -> str:
        """The key of the job's written record, for a store that comes back empty."""
        return f"{self.input}{RECORD}"

    def brand(self, digest: str) -> str:
        """The key of the job's copy of a file of its owner's brand, by the file's hash."""
        return f"{self.input}brand/{digest}"

    def brand_file(self, digest: str) -> Path:
        """The job's copy of that file, on this machine."""
        return self.storage.local(self.brand(digest))

    @property
    def decisions(self) -> str:
        """The prefix of what was decided, and of the history of edits on it."""
        return f"{self.input}plan/"

    @property
    def copy(self) -> Path:
        """The repaired copy of a recording whose clock leaps. Removed with the work folder."""
        return self.work / "source.copy"

    @property
    def sounds(self) -> Path:
        """The folder of what is made of the sound: decoded, until all is rendered, and how noisy it is."""
        return self.work / "sounds"

    def proxy(self, job: Job) -> Path:
        """A small copy of the recording to play while it is edited, with the tracks the job uses; there once it is asked for.

        Goes with the work folder: it can be made again.
        """
        return self.work / "-".join(("proxy", *map(str, job.params.tracks))) / "proxy.mp4"

    @property
    def partial(self) -> Path:
        """The source while it is received."""
        return self.upload / PARTIAL

    @property
    def announced(self) -> Path:
        """What was said about an upload that is still arriving; gone once it is a job."""
        return self.upload / ANNOUNCED

    @property
    def sending(self) -> Path:
        """Locked by the request that brings a piece of it; holds what of that is not yet checked."""
        return self.upload / "sending"

    @property
    def lock(self) -> Path:
        """Locked by the run of the job."""
        return self.upload / "lock"

    def outputs(self, name: str) -> str:
        """The prefix of a result, by the name it ends in; without one, as results once were, the prefix of all results."""
        return f"{self.output}{name}/" if name else self.output

    def result(self, job: Job) -> str:
        """The prefix of the result that is served: the one the job's record points to."""
        return self.outputs(job.result)

    def building(self, job: Job) -> str:
        """The prefix of the result that is being made."""
        return self.outputs(job.building)

    def file(self, job: Job, name: str) -> Path:
        """A file of a job by its name: one its result lists, or what is being made so far; a list of these; the log.

        While a first result is made, `SAID` is the text that is transcribed so far.

        Raises:
            UnknownTaskError: there is no such file.
        """
        if name == LOG and self.log.exists():
            return self.log
        prefix, listing = (self.result(job), MANIFEST) if job.output_filename else (self.building(job), OFFERED)
        if name == SAID and not job.output_filename and self.storage.find(f"{prefix}{SAID}"):
            return self.storage.local(f"{prefix}{SAID}")
        with suppress(FileNotFoundError):
            listed = read_manifest(self.storage.local(f"{prefix}{listing}")).artifacts
            if name in {listing, *(artifact.name for artifact in listed)}:
                return self.storage.local(f"{prefix}{name}")
        raise UnknownTaskError("This task has no such file.", code="unknown_file")


@dataclass(frozen=True, slots=True)
class Folders:
    """The storage, and the folders of this machine in which every job has one of its own: see `Workspace`."""

    storage: Storage
    input: Path
    work: Path
    output: Path

    def ids(self) -> tuple[str, ...]:
        """The ids of all jobs that have a file or a folder anywhere, in order."""
        names = {path.name for folder in (self.input, self.work) if folder.exists() for path in folder.iterdir()}
        names |= {name.removesuffix("/") for prefix in ("input/", "output/") for name in self.storage.names(prefix)}
        return tuple(sorted(name for name in names if _is_id(name)))

    def of(self, job_id: str) -> Workspace:
        """The places of one job.

        Raises:
            UnknownTaskError: this is no id of a job.
        """
        if not _is_id(job_id):
            raise UnknownTaskError("There is no such task.")
        return Workspace(job_id, self.storage, self.input / job_id, self.work / job_id, self.output / job_id / LOG)


def brand_of(owner: str) -> str:
    """The prefix of an owner's fonts, logo and cards."""
    return f"input/brands/{sha256(owner.encode()).hexdigest()[:32]}/"


def _is_id(name: str) -> bool:
    try:
        return str(UUID(name)) == name
    except ValueError:
        return False
