"""What takes long to make is kept in a folder, for the next process and those beside this one."""

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

# It is beside the programs that JAX keeps there; without a folder nothing is kept.
FOLDER = "JAX_COMPILATION_CACHE_DIR"
BESIDE = "made"
# Every kernel there is, and as many again for a release beside this one; some 20 MB.
MOST, MOST_BYTES = 4096, 64 << 20
# What is left of both when room is made.
LEFT = 0.75
DIGEST = sha256().digest_size


@dataclass(frozen=True)
class Folder:
    """Files named by what determines them: at most `most`, of so many bytes all together.

    What is damaged counts as not there. Where nothing can be kept, as on a disk that is full or
    only read, nothing is; that is no error.
    """

    path: Path
    most: int = MOST
    most_bytes: int = MOST_BYTES

    def found(self, name: str) -> bytes | None:
        """Return what was put there by a name."""
        with suppress(OSError):
            found = self._file(name).read_bytes()
            if found[:DIGEST] == sha256(found[DIGEST:]).digest():
                return found[DIGEST:]
        return None

    def put(self, name: str, data: bytes) -> None:
        """Write a file, whole or not at all; those that were written first make room for it."""
        with suppress(OSError):
            self.path.mkdir(parents=True, exist_ok=True)
            self._make_room(len(data) + DIGEST)
            with NamedTemporaryFile(dir=self.path, delete=False) as file:
                try:
                    file.write(sha256(data).digest() + data)
                    file.flush()
                    Path(file.name).replace(self._file(name))
                except OSError:
                    Path(file.name).unlink(missing_ok=True)
                    raise

    def _file(self, name: str) -> Path:
        return self.path / sha256(name.encode()).hexdigest()

    def _make_room(self, size: int) -> None:
        with os.scandir(self.path) as files:
            known = sorted((one.stat().st_mtime, one.stat().st_size, one.path) for one in files)
        count, taken = len(known) + 1, size + sum(one for _, one, _ in known)
        if count <= self.most and taken <= self.most_bytes:
            return
        for _, freed, path in known:
            if count <= LEFT * self.most and taken <= LEFT * self.most_bytes:
                return
            Path(path).unlink(missing_ok=True)
            count, taken = count - 1, taken - freed


def kept(name: str, make: Callable[[], bytes]) -> bytes:
    """Return what make() returns, or has returned when the same was made before.

    `name` says all that it depends on.
    """
    if not (path := os.environ.get(FOLDER)):
        return make()
    folder = Folder(Path(path) / BESIDE)
    found = folder.found(name)
    if found is None:
        found = make()
        folder.put(name, found)
    return found
