"""The paths of a job's files, written down independently of the code, since jobs of earlier versions must still open."""

from dataclasses import dataclass
from pathlib import Path

from video_automation.jobs.model import Job
from video_automation.jobs.ports import Backend
from video_automation.jobs.run.manifest import Manifest, manifest_json
from video_automation.jobs.workspace import Folders, Workspace
from video_automation.storage.local_files import LocalStorage


def folders_in(place: Path) -> Folders:
    """The folders of a service that keeps everything below one folder."""
    return Folders(LocalStorage(place / "input", place / "output"), place / "input", place / "work", place / "output")


@dataclass(frozen=True)
class Result:
    """The paths of one result."""

    folder: Path

    @property
    def manifest(self) -> Path:
        return self.folder / "manifest.json"

    @property
    def offered(self) -> Path:
        return self.folder / "clips.json"

    @property
    def plan(self) -> Path:
        return self.folder / "plan.json"


@dataclass(frozen=True)
class Places:
    """The paths of one job."""

    workspace: Workspace
    """The object that the code uses for them."""
    upload: Path
    work: Path
    output: Path

    @property
    def folders(self) -> tuple[Path, Path, Path]:
        return self.upload, self.work, self.output

    @property
    def source(self) -> Path:
        return self.upload / "source"

    @property
    def record(self) -> Path:
        return self.upload / "job.json"

    @property
    def decisions(self) -> Path:
        return self.upload / "plan"

    @property
    def log(self) -> Path:
        return self.output / "task.log"

    @property
    def lock(self) -> Path:
        return self.upload / "lock"

    @property
    def partial(self) -> Path:
        return self.upload / "source.part"

    @property
    def sounds(self) -> Path:
        return self.work / "sounds"

    def outputs(self, name: str) -> Result:
        return Result(self.output / name)

    def result(self, job: Job) -> Result:
        return self.outputs(job.result)

    def building(self, job: Job) -> Result:
        return self.outputs(job.building)


def on_disk(service: Backend | Folders, job_id: str) -> Places:
    """The paths of a job in a service with local storage."""
    folders = service if isinstance(service, Folders) else service.folders
    return Places(folders.of(job_id), folders.input / job_id, folders.work / job_id, folders.output / job_id)


def write_manifest(made: Manifest, file: Path) -> None:
    """Writes a manifest to a file."""
    file.write_bytes(manifest_json(made))
