# Keys that sign permits. AWS KMS makes their private halves and never gives them out. The first one signs. To rotate, put a new name before the
# others; remove the old one when no permit of it is valid any more, which is after 15 minutes.

data "aws_iam_policy_document" "permit_key" {
  # checkov:skip=CKV_AWS_109:the policy of a key; its administrators may change it, and without them nobody could
  # checkov:skip=CKV_AWS_111:the policy of a key, which is for that key only
  # checkov:skip=CKV_AWS_356:in a key policy, * means the key itself
  # Everything except signing and grants, which could allow it to somebody unseen.
  statement {
    sid = "Administration"
    actions = [
      "kms:CancelKeyDeletion", "kms:CreateAlias", "kms:DeleteAlias", "kms:DescribeKey", "kms:DisableKey", "kms:EnableKey", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus",
      "kms:GetPublicKey", "kms:ListGrants", "kms:ListKeyPolicies", "kms:ListResourceTags", "kms:PutKeyPolicy", "kms:RevokeGrant", "kms:ScheduleKeyDeletion", "kms:TagResource", "kms:UntagResource", "kms:UpdateAlias", "kms:UpdateKeyDescription",
    ]
    resources = ["*"] # in a key policy, this means the key itself

    principals {
      type        = "AWS"
      identifiers = ["arn:${data.aws_partition.this.partition}:iam::${var.account_id}:root"]
    }
  }

  # By name, because KMS refuses roles that do not exist yet. The role needs a grant of its own, too.
  statement {
    sid       = "Sign"
    actions   = ["kms:Sign"]
    resources = ["*"] # in a key policy, this means the key itself

    principals {
      type        = "AWS"
      identifiers = ["arn:${data.aws_partition.this.partition}:iam::${var.account_id}:root"]
    }

    condition {
      test     = "ArnEquals"
      variable = "aws:PrincipalArn"
      values   = ["${local.roles_arn}permits-api"]
    }
  }
}

resource "aws_kms_key" "permit" {
  for_each = toset(var.security.permit_keys)

  description              = "Signs permits of ${var.project} in ${var.environment}"
  customer_master_key_spec = "ECC_NIST_P256"
  key_usage                = "SIGN_VERIFY"
  deletion_window_in_days  = var.security.protect ? 30 : 7
  policy                   = data.aws_iam_policy_document.permit_key.json

  tags = var.tags
}

resource "aws_kms_alias" "permit" {
  for_each = aws_kms_key.permit

  name          = "alias/${local.prefix}permits-${each.key}"
  target_key_id = each.value.id
}
