"""Who may do what: keys, sessions, share links, how often one may ask. Knows no Flask and no Redis."""
