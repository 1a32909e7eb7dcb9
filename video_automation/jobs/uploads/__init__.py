"""How an upload arrives: whole or piece by piece, on disk before anything is answered."""
