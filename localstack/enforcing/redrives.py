"""Which queues may choose a queue as their dead-letter queue.

SQS moves messages to a dead-letter queue itself, whatever that queue's policy says. Its redrive allow policy names the sources that may
choose it: all of them, unless there is one (Amazon SQS Developer Guide, "Using dead-letter queues"; SetQueueAttributes,
RedriveAllowPolicy). Here the message stays in its queue then; AWS refuses such a redrive policy in the first place.
"""

import json

from . import record


def install():
    from ministack.services import sqs

    sweep = sqs._dlq_sweep

    def dlq_sweep(queue, *args, **kwargs):
        if may_move(sqs, queue):
            return sweep(queue, *args, **kwargs)
        return None

    sqs._dlq_sweep = dlq_sweep


def may_move(sqs, queue):
    attributes = queue["attributes"]
    source, target = attributes.get("QueueArn", ""), parsed(attributes.get("RedrivePolicy")).get("deadLetterTargetArn")
    dlq = sqs._queue_by_arn(target) if target else None
    if not dlq:
        return True
    allow = parsed(dlq["attributes"].get("RedriveAllowPolicy"))
    permission = allow.get("redrivePermission", "allowAll")
    allowed = permission == "allowAll" or (permission == "byQueue" and source in allow.get("sourceQueueArns", []))
    record.write(source, "sqs:Redrive", target, allowed)
    return allowed


def parsed(text):
    try:
        value = json.loads(text or "{}")
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
