"""A caller who uses an encrypted resource needs its key, too: the service uses the key for them."""

from ministack.core import iam_evaluator
from ministack.core.responses import get_account_id

# What each service asks of the key (AWS KMS Developer Guide, "How AWS services use AWS KMS", and each service's guide).
_USES = {
    "sqs:SendMessage": ("kms:GenerateDataKey", "kms:Decrypt"),
    "sqs:ReceiveMessage": ("kms:Decrypt",),
    "s3:PutObject": ("kms:GenerateDataKey",),
    "s3:GetObject": ("kms:Decrypt",),
    "secretsmanager:GetSecretValue": ("kms:Decrypt",),
    "secretsmanager:PutSecretValue": ("kms:GenerateDataKey", "kms:Decrypt"),
    "sns:Publish": ("kms:GenerateDataKey", "kms:Decrypt"),
}


def install():
    check = iam_evaluator.enforce

    def enforce(access_key, action, service, region, resource_arn="*", service_context=None):
        denied = check(access_key, action, service, region, resource_arn, service_context)
        if denied or iam_evaluator.is_root_access_key(access_key):
            return denied
        key = key_of(service, resource_arn) if action in _USES else None
        for needed in _USES[action] if key else ():
            denied = check(access_key, needed, "kms", region, arn(key, region))
            if denied:
                return denied
        return None

    iam_evaluator.enforce = enforce


def arn(key, region):
    return key if key.startswith("arn:") else f"arn:aws:kms:{region}:{get_account_id()}:key/{key}"


def key_of(service, resource_arn):
    """The customer managed key of a resource, if it has one."""
    if service == "sqs":
        from ministack.services import sqs

        return (sqs._queue_by_arn(resource_arn) or {}).get("attributes", {}).get("KmsMasterKeyId")
    if service == "sns":
        from ministack.services import sns

        return (sns._topics.get(resource_arn) or {}).get("attributes", {}).get("KmsMasterKeyId")
    # Buckets and secrets of the fleet are all encrypted with its one key; its other keys sign.
    from ministack.services import kms

    encrypts = (key.get("Arn") for _, key in kms._keys.items() if key.get("KeyUsage") == "ENCRYPT_DECRYPT")
    return next(encrypts, None)
