"""Starts the web server for development: it starts anew when the code changes. Redis and a worker have to be there."""

import sys

from video_automation.bootstrap import run_web

if __name__ == "__main__":
    sys.exit(run_web(reload=True))
