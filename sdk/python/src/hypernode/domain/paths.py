"""Rules of file paths in documents: relative, POSIX, one spelling each."""

from collections.abc import Iterable

MAX_PATH_BYTES = 1_024
# what Linux file systems allow for one name
MAX_NAME_BYTES = 255


def path_fault(path: str) -> str | None:
    """Return what is wrong with a path, or None when it can only mean a place below its root."""
    names = path.split("/")
    try:
        encoded = path.encode()
    except UnicodeEncodeError:
        return "is not valid Unicode"
    if not path or len(encoded) > MAX_PATH_BYTES:
        return f"must have 1 to {MAX_PATH_BYTES} bytes"
    if path.startswith("/"):
        return "must be relative"
    if any(name in ("", ".", "..") for name in names):
        return "must not contain empty, '.' or '..' parts"
    if any(len(name.encode()) > MAX_NAME_BYTES for name in names):
        return f"must not contain a part longer than {MAX_NAME_BYTES} bytes"
    if any(ord(char) < 0x20 or ord(char) == 0x7F for char in path) or "\\" in path:
        return "must not contain control characters or backslashes"
    return None


def clash(paths: Iterable[str]) -> str | None:
    """Return a path that occurs twice, or that another path needs as its folder."""
    seen: set[str] = set()
    for path in paths:
        if path in seen:
            return path
        seen.add(path)
    for path in seen:
        names = path.split("/")
        for depth in range(1, len(names)):
            folder = "/".join(names[:depth])
            if folder in seen:
                return folder
    return None
