"""Where the durable files of jobs are kept."""
