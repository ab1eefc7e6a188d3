"""What takes long to make is kept in a folder, for the next process and those beside this one."""

import os
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

# It is beside the programs that JAX keeps there; without a folder nothing is kept.
FOLDER = "JAX_COMPILATION_CACHE_DIR"
BESIDE = "made"
# Every kernel there is, and as many again for a release beside this one; some 20 MB.
MOST = 4096
DIGEST = sha256().digest_size


def kept(name: str, make: Callable[[], bytes]) -> bytes:
    """Return what make() returns, or has returned when the same was made before.

    `name` says all that it depends on. What is damaged is made anew; where nothing can be kept, as
    in a folder that is full or only read, everything is made as if there were none.
    """
    if not (folder := os.environ.get(FOLDER)):
        return make()
    path = Path(folder) / BESIDE / sha256(name.encode()).hexdigest()
    with suppress(OSError):
        found = path.read_bytes()
        if found[:DIGEST] == sha256(found[DIGEST:]).digest():
            return found[DIGEST:]
    made = make()
    with suppress(OSError):
        _put(path, sha256(made).digest() + made)
    return made


def _put(path: Path, data: bytes) -> None:
    """Write a file, as a whole or not at all; those that were written first make room for it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    files = [*path.parent.iterdir()]
    if len(files) >= MOST:
        for old in sorted(files, key=lambda file: file.stat().st_mtime)[: MOST // 4]:
            old.unlink(missing_ok=True)
    with NamedTemporaryFile(dir=path.parent, delete=False) as file:
        try:
            file.write(data)
            file.flush()
            Path(file.name).replace(path)
        except OSError:
            Path(file.name).unlink(missing_ok=True)
            raise
