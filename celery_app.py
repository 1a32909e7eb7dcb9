"""The Celery application under the name that `celery -A celery_app` and other programs look for; tasks may be added below."""

from video_automation.bootstrap import worker_application

celery_app = worker_application()
process_video_task = celery_app.tasks["process_video_task"]
