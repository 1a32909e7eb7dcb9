"""Builds the Flask app from its parts."""

from pathlib import Path
from typing import Any

from flask import Flask
from flask.json.provider import DefaultJSONProvider
from pydantic_core import from_json

from video_automation.access.repositories import Access
from video_automation.config import Settings
from video_automation.editing.publishing.platforms import PLATFORMS
from video_automation.jobs.ports import Backend
from video_automation.plan.choices import ASPECT_RATIOS, CLIP_STYLES, FONTS, LAYOUTS
from video_automation.plan.text.language_names import web_tag
from video_automation.web.api import (
    captions,
    clips,
    context,
    deliveries,
    files,
    operations,
    plan,
    serializers,
    share_links,
    task_views,
)
from video_automation.web.catalog import library_views, task_rows
from video_automation.web.openapi import docs_page
from video_automation.web.owners import brand_views, glossary, preset_views
from video_automation.web.pages import (
    language_choices,
    operator_page,
    page_language,
    page_views,
    share_page,
    sign_in,
    template_filters,
)
from video_automation.web.security import authentication, browser_security, concurrency_limits, proxies
from video_automation.web.server import compression, metrics, problems, static_files
from video_automation.web.uploads import form_upload, sample, tus, tus_headers

_MOST_BYTES = 4_000_000
"""The largest request body that is read into memory, in bytes. Videos are not read into memory."""


class _Json(DefaultJSONProvider):
    """Keeps the order of keys, and reads JSON that is nested too deep as invalid (Python's `json` raises RecursionError)."""

    sort_keys = False

    def loads(self, s: str | bytes, **_: Any) -> Any:
        """The value of a JSON text. Raises ValueError."""
        return from_json(s)


def create_app(
    backend: Backend, access: Access, health: operations.Health, *, settings: Settings, version: str, log_file: Path
) -> Flask:
    """The web app: its pages and API use this back end, and admit the callers that `access` knows.

    `health` tells how the service is, `log_file` is the log that `/logs` shows the end of.
    """
    app = Flask("video_automation.web", static_folder=None)  # this package holds the templates
    app.config["MAX_CONTENT_LENGTH"] = _MOST_BYTES
    app.json = _Json(app)
    app.jinja_env.filters.update(
        clock=template_filters.clock,
        stamp=template_filters.stamp,
    )
    app.jinja_env.filters.update(
        moment=serializers.moment,
        saved=template_filters.saved,
        suffix=template_filters.suffix,
    )
    app.jinja_env.filters.update(marked=language_choices.marked, tag=web_tag)
    app.jinja_env.filters.update(state_label=task_rows.state_label)
    app.jinja_env.globals.update(
        aspect_ratios=ASPECT_RATIOS, layouts=LAYOUTS, clip_styles=CLIP_STYLES, fonts=FONTS, platforms=PLATFORMS
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    context.give(app, backend, access)
    app.context_processor(lambda: {"caller": context.caller()})
    for part in (
        task_views,
        library_views,
        plan,
        captions,
        clips,
        files,
        glossary,
        preset_views,
        brand_views,
        page_views,
        tus,
        deliveries,
        share_links,
        share_page,
        sign_in,
        form_upload,
        sample,
    ):
        app.register_blueprint(part.blueprint)
    app.register_blueprint(operations.blueprint(health, settings, version=version, log_file=log_file))
    app.register_blueprint(operator_page.blueprint(health, settings, version=version, log_file=log_file))
    app.register_blueprint(metrics.blueprint(health, version=version))
    app.register_blueprint(docs_page.blueprint(defaults=backend.rules.defaults, version=version))
    static_files.register_static_files(app)
    page_language.register_page_language(app)
    problems.register_error_handlers(app)
    compression.register_compression(app)  # handlers registered after it see responses before compression
    browser_security.register_browser_security(app, local=settings.server.is_local)
    authentication.register_authentication(app)
    concurrency_limits.register_limits(app, threads=settings.server.threads)
    app.wsgi_app = proxies.behind(tus_headers.as_meant(app.wsgi_app), settings.server.trusted_proxies)  # type: ignore[assignment, method-assign]
    return app
