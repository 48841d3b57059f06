"""What MiniStack's AUTH=true lacks to enforce the policies of an event-driven fleet.

Each module replaces functions of one version of MiniStack, which is pinned, and says what AWS documents. `record` logs who was
denied, and what they were allowed, to the file that HEADGATE_IAM_LOG names.
"""

import importlib.metadata

VERSION = "1.5.33"


def install():
    found = importlib.metadata.version("ministack")
    if found != VERSION:
        raise SystemExit(f"localstack/enforcing replaces functions of MiniStack {VERSION}, but {found} is installed")
    from . import backups, callers, deliveries, keys, redrives, requests, sessions

    for part in (requests, sessions, keys, deliveries, callers, redrives, backups):
        part.install()
