"""A log of what was denied to whom, and of what each role was allowed: one JSON object a line."""

import json
import os
import threading

_lock = threading.Lock()
_seen = set()
_file = None


def write(who, action, resource, allowed, about=()):
    """Logs a decision. Of equal ones that were allowed, only the first."""
    global _file
    path = os.environ.get("HEADGATE_IAM_LOG")
    if not path:
        return
    key = (who, action, resource, tuple(about))
    with _lock:
        if allowed and key in _seen:
            return
        _seen.add(key)
        if _file is None:
            _file = open(path, "a", buffering=1)
        entry = {"who": who, "action": action, "resource": resource, "allowed": allowed}
        if about:
            entry["about"] = list(about)
        _file.write(json.dumps(entry) + "\n")


def role_name(arn):
    """Name of the role of a session; any other ARN as it is."""
    return arn.split(":assumed-role/", 1)[1].split("/", 1)[0] if ":assumed-role/" in arn else arn


def who(arn):
    """Whom the log names: the role of a session, marked if a story acts in it; any other ARN as it is."""
    mark = " (story)" if ":assumed-role/" in arn and arn.endswith("/story") else ""
    return role_name(arn) + mark
