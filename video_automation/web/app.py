"""Makes the web app out of its parts."""

from pathlib import Path

from flask import Flask

from video_automation.access.ports import Access
from video_automation.config import Settings
from video_automation.jobs.ports import Backend
from video_automation.web import (
    api,
    captions,
    clips,
    context,
    entry,
    errors,
    files,
    guard,
    lanes,
    ops,
    pages,
    proxies,
    resumable,
    shares,
    shown,
    sign_in,
    uploads,
    words,
)

_MOST_BYTES = 4_000_000
"""The largest body of a request that is held in memory; films are not."""


def create_app(
    backend: Backend, access: Access, health: ops.Health, *, settings: Settings, version: str, log_file: Path
) -> Flask:
    """The web app: pages and API over this back end, for whom `access` lets in. `log_file` is what `/logs` shows the end of."""
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = _MOST_BYTES
    app.json.sort_keys = False  # type: ignore[attr-defined]  # the provider Flask comes with has it
    app.jinja_env.filters.update(size=words.size, clock=words.clock, day=words.day, moment=shown.moment, suffix=words.suffix)
    app.jinja_env.filters.update(called=shown.called, saved=words.saved)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    context.give(app, backend, access)
    app.context_processor(lambda: {"caller": context.caller()})
    for part in (api, captions, clips, files, pages, resumable, shares, sign_in, uploads):
        app.register_blueprint(part.blueprint)
    app.register_blueprint(ops.blueprint(health, settings, version=version, log_file=log_file))
    errors.register(app)
    guard.register(app, local=guard.is_local(settings.server))
    entry.register(app)
    lanes.register(app, threads=settings.server.threads)
    app.wsgi_app = proxies.behind(app.wsgi_app, settings.server.trusted_proxies)  # type: ignore[assignment, method-assign]
    return app
