"""From one state of a job to the next: sent in, called, taken, ended, tried again, removed."""
