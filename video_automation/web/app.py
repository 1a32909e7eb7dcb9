"""Makes the web app out of its parts."""

from pathlib import Path
from typing import Any

from flask import Flask
from flask.json.provider import DefaultJSONProvider
from pydantic_core import from_json

from video_automation.access.ports import Access
from video_automation.config import Settings
from video_automation.jobs.ports import Backend
from video_automation.plan.language_names import english_name, web_tag
from video_automation.web import (
    api,
    captions,
    clips,
    context,
    docs,
    entry,
    errors,
    files,
    glossary,
    guard,
    lanes,
    languages,
    metrics,
    ops,
    pages,
    proxies,
    resumable,
    shares,
    shown,
    sign_in,
    tus_headers,
    uploads,
    words,
)

_MOST_BYTES = 4_000_000
"""The largest body of a request that is held in memory; films are not."""


class _Json(DefaultJSONProvider):
    """Keys in our order; and lists nested without end are no JSON, where Python's own reader ends with a RecursionError."""

    sort_keys = False

    def loads(self, s: str | bytes, **_: Any) -> Any:
        """The value of a JSON text. Raises ValueError."""
        return from_json(s)


def create_app(
    backend: Backend, access: Access, health: ops.Health, *, settings: Settings, version: str, log_file: Path
) -> Flask:
    """The web app: pages and API over this back end, for whom `access` lets in. `log_file` is what `/logs` shows the end of."""
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = _MOST_BYTES
    app.json = _Json(app)
    app.jinja_env.filters.update(size=words.size, clock=words.clock, stamp=words.stamp, day=words.day)
    app.jinja_env.filters.update(moment=shown.moment, called=shown.called, saved=words.saved, suffix=words.suffix)
    app.jinja_env.filters.update(marked=languages.marked, tag=web_tag, sure=words.sure, in_english=english_name)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    context.give(app, backend, access)
    app.context_processor(lambda: {"caller": context.caller()})
    for part in (api, captions, clips, files, glossary, pages, resumable, shares, sign_in, uploads):
        app.register_blueprint(part.blueprint)
    app.register_blueprint(ops.blueprint(health, settings, version=version, log_file=log_file))
    app.register_blueprint(metrics.blueprint(health, version=version))
    app.register_blueprint(docs.blueprint(defaults=backend.rules.defaults, version=version))
    errors.register(app)
    guard.register(app, local=guard.is_local(settings.server))
    entry.register(app)
    lanes.register(app, threads=settings.server.threads)
    app.wsgi_app = proxies.behind(tus_headers.as_meant(app.wsgi_app), settings.server.trusted_proxies)  # type: ignore[assignment, method-assign]
    return app
