"""The times to which a table can be restored.

MiniStack says that it is only the present. On AWS it is any second of the last 35 days, up to the present five minutes ago
(DynamoDB Developer Guide, "Point-in-time backups for DynamoDB"). MiniStack restores the present, whatever time is asked for.
"""

import json
import time

from ministack.services import dynamodb

_DAYS = 35 * 24 * 3600


def install():
    described = dynamodb._describe_continuous_backups

    def describe(data):
        status, headers, body = described(data)
        answer = json.loads(body)
        backups = answer.get("ContinuousBackupsDescription", {})
        recovery = backups.get("PointInTimeRecoveryDescription", {})
        if "LatestRestorableDateTime" in recovery:
            now = int(time.time())
            recovery["EarliestRestorableDateTime"] = now - _DAYS
            recovery["LatestRestorableDateTime"] = now
        return status, headers, json.dumps(answer).encode()

    dynamodb._describe_continuous_backups = describe
