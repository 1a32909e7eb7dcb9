"""One upload's life; knows no Flask, Celery or Redis."""
