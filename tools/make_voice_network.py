"""`python tools/make_voice_network.py RESEMBLYZER_WHEEL` writes the weights of `voice_vectors`, from Resemblyzer's wheel.

Its file is one of torch: five pickles, then the numbers. It is read without torch, and nothing in it is run.
"""

import hashlib
import io
import pickle
import sys
import zipfile
from collections import OrderedDict
from pathlib import Path

import numpy as np

SHA256 = "39373b86598fa3da9fcddee6142382efe09777e8d37dc9c0561f41f0070f134e"
"""Of resemblyzer 0.1.4, resemblyzer/pretrained.pt."""
TARGET = Path(__file__).parents[1] / "video_automation" / "analysis" / "speakers" / "voice_vectors.npz"


class Reader(pickle.Unpickler):
    """Reads pickles with nothing but values in them: what would be called only becomes its arguments."""

    def find_class(self, module: str, name: str) -> type:
        """An ordered dictionary, or a tuple in place of whatever is named."""
        if (module, name) == ("collections", "OrderedDict"):
            return OrderedDict
        return type(name, (tuple,), {"__new__": lambda _, *given: given})

    def persistent_load(self, pid: tuple) -> tuple:
        """What a storage is called: its key is the third of these."""
        return pid


def main() -> None:
    """Writes the weights of the wheel that is named."""
    with zipfile.ZipFile(sys.argv[1]) as wheel:
        data = wheel.read("resemblyzer/pretrained.pt")
    if hashlib.sha256(data).hexdigest() != SHA256:
        raise SystemExit("This is not the file of resemblyzer 0.1.4.")
    stream = io.BytesIO(data)
    for _ in range(3):
        Reader(stream).load()
    state, keys = Reader(stream).load()["model_state"], Reader(stream).load()
    numbers = {}
    for key in keys:
        count = int.from_bytes(stream.read(8), "little")
        numbers[key] = np.frombuffer(stream.read(4 * count), "<f4")
    weights = {}
    for name, (storage, offset, shape, *_) in state.items():
        if name.startswith(("lstm.", "linear.")):
            weights[name] = numbers[storage[2]][offset : offset + int(np.prod(shape))].reshape(shape).astype(np.float16)
    np.savez_compressed(TARGET, **weights)


if __name__ == "__main__":
    main()
