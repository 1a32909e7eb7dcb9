"""The plan of a job as a document: what was decided, the edits on it, the revisions they make."""
