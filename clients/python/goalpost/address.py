"""Where the service is, and the key for it."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Mapping, NamedTuple

from .errors import GoalpostError


class Address(NamedTuple):
    url: str
    api_key: str


def find_address(url: str | None, api_key: str | None, environment: Mapping[str, str] = os.environ) -> Address:
    """The arguments, else GOALPOST_URL and GOALPOST_API_KEY, else the service that runs on this machine."""
    url = url or environment.get("GOALPOST_URL")
    api_key = api_key or environment.get("GOALPOST_API_KEY")
    if url:
        if not url.startswith(("http://", "https://")):
            raise GoalpostError(f"The URL must begin with http:// or https://, not {url!r}", code="invalid-request")
        if not api_key:
            raise GoalpostError(f"Set GOALPOST_API_KEY to a key for {url}, or pass api_key", code="missing-key")
        return Address(url.rstrip("/"), api_key)
    return _local_service(_data_folder(environment), api_key)


def _local_service(folder: Path, api_key: str | None) -> Address:
    try:
        service = json.loads((folder / "service.json").read_text())
        return Address(service["url"].rstrip("/"), api_key or Path(service["keyFile"]).read_text().strip())
    except (OSError, ValueError, KeyError) as error:
        raise GoalpostError(
            f"No service runs on {folder}. Start one with `npx goalpost up`, or set GOALPOST_URL and GOALPOST_API_KEY",
            code="unavailable",
        ) from error


def _data_folder(environment: Mapping[str, str]) -> Path:
    """The same folder as the command line's: packages/contracts/src/service.ts."""
    if environment.get("GOALPOST_DATA"):
        return Path(environment["GOALPOST_DATA"])
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return Path("/var/lib/goalpost/data")
    share = environment.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(share) / "goalpost" / "data"
