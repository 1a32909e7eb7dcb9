"""Starts the web server for development: it starts anew when the code changes. Redis and a worker have to be there."""

from video_automation.cli import main

if __name__ == "__main__":
    main(["serve", "--reload"])
