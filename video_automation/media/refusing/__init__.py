"""Why a file is refused, in a sentence that says what it is."""
