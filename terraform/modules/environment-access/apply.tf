# The apply role: only the fleet assumes it, for one change at a time, with a session policy of that change's plan.

data "aws_iam_policy_document" "apply_trust" {
  statement {
    sid     = "Fleet"
    actions = ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"]

    principals {
      type        = "AWS"
      identifiers = [var.fleet.permits_role_arn]
    }

    condition {
      test     = "StringEquals"
      variable = "sts:ExternalId"
      values   = [var.fleet.external_id]
    }

    # CloudTrail names the change on every call, also after the session has assumed another role.
    condition {
      test     = "StringLike"
      variable = "sts:SourceIdentity"
      values   = ["?*"]
    }

    # The change, its revision, the content that was approved, and who applies it.
    dynamic "condition" {
      for_each = ["change", "revision", "content", "principal", "permit"]

      content {
        test     = "StringLike"
        variable = "aws:RequestTag/headgate:${condition.value}"
        values   = ["?*"]
      }
    }
  }
}

resource "aws_iam_role" "apply" {
  name                 = "${local.prefix}-apply"
  description          = "Applies of approved changes. Only Headgate assumes it, with a session policy for one plan."
  assume_role_policy   = data.aws_iam_policy_document.apply_trust.json
  max_session_duration = 3600
  permissions_boundary = aws_iam_policy.boundary.arn

  tags = var.tags
}

resource "aws_iam_role_policy_attachment" "apply" {
  for_each = toset(var.apply_policy_arns)

  role       = aws_iam_role.apply.name
  policy_arn = each.value
}

# What no apply may do, whatever was approved: open a way around Headgate. Roles that applies create get the same boundary.
data "aws_iam_policy_document" "boundary" {
  # checkov:skip=CKV_AWS_1:a boundary grants nothing; the policies of the role do
  # checkov:skip=CKV_AWS_49:a boundary grants nothing; the policies of the role do
  # checkov:skip=CKV_AWS_107:a boundary grants nothing; the policies of the role do
  # checkov:skip=CKV_AWS_108:a boundary grants nothing; the policies of the role do
  # checkov:skip=CKV_AWS_109:a boundary grants nothing; the policies of the role do
  # checkov:skip=CKV_AWS_110:a boundary grants nothing; the policies of the role do
  # checkov:skip=CKV_AWS_111:a boundary grants nothing; the policies of the role do
  # checkov:skip=CKV_AWS_356:a boundary grants nothing; the policies of the role do

  statement {
    sid       = "Most"
    actions   = ["*"]
    resources = ["*"] # a boundary grants nothing: the role's own policies do
  }

  statement {
    sid     = "OwnRoles"
    effect  = "Deny"
    actions = ["iam:*", "sts:AssumeRole"]
    resources = concat([
      "${local.roles_arn}-apply",
      "${local.roles_arn}-plan",
      "${local.roles_arn}-break-glass",
      var.fleet.permits_role_arn,
      # These administer the account. The trust policy of a role has no condition on its boundary, so they are named.
      "arn:${local.partition}:iam::${local.account}:role/OrganizationAccountAccessRole",
      "arn:${local.partition}:iam::${local.account}:role/AWSControlTowerExecution",
      "arn:${local.partition}:iam::${local.account}:role/aws-controltower-*",
      "arn:${local.partition}:iam::${local.account}:role/aws-reserved/*",
      "arn:${local.partition}:iam::${local.account}:role/stacksets-exec-*",
    ], var.protected_role_arns)
  }

  statement {
    sid    = "OwnBoundary"
    effect = "Deny"
    actions = [
      "iam:CreatePolicyVersion",
      "iam:DeletePolicy",
      "iam:DeletePolicyVersion",
      "iam:SetDefaultPolicyVersion",
    ]
    # Versions of the policies of the apply role would be a way to give itself more.
    resources = concat([local.boundary_arn], [for arn in var.apply_policy_arns : arn if strcontains(arn, ":${local.account}:")])
  }

  statement {
    sid    = "OnlyBounded"
    effect = "Deny"
    actions = [
      "iam:AttachRolePolicy",
      "iam:AttachUserPolicy",
      "iam:CreateRole",
      "iam:CreateUser",
      "iam:PutRolePermissionsBoundary",
      "iam:PutRolePolicy",
      "iam:PutUserPermissionsBoundary",
      "iam:PutUserPolicy",
    ]
    resources = ["*"] # whatever the name of the new role

    condition {
      test     = "StringNotEquals"
      variable = "iam:PermissionsBoundary"
      values   = [local.boundary_arn]
    }
  }

  # For these, the condition above would hold for the boundary that is taken away.
  statement {
    sid       = "NeverUnbounded"
    effect    = "Deny"
    actions   = ["iam:DeleteRolePermissionsBoundary", "iam:DeleteUserPermissionsBoundary"]
    resources = ["*"] # of any role and user
  }

  # Keys live longer than any session, groups have no boundary, and identity providers let others in. People manage them.
  statement {
    sid    = "NoIdentities"
    effect = "Deny"
    actions = [
      "iam:AddClientIDToOpenIDConnectProvider",
      "iam:AddUserToGroup",
      "iam:AttachGroupPolicy",
      "iam:CreateAccessKey",
      "iam:CreateLoginProfile",
      "iam:CreateOpenIDConnectProvider",
      "iam:CreateSAMLProvider",
      "iam:CreateServiceSpecificCredential",
      "iam:PutGroupPolicy",
      "iam:ResetServiceSpecificCredential",
      "iam:UpdateAccessKey",
      "iam:UpdateLoginProfile",
      "iam:UpdateOpenIDConnectProviderThumbprint",
      "iam:UpdateSAMLProvider",
      "iam:UploadSSHPublicKey",
      "identitystore:*",
      "rolesanywhere:*",
      "sso:*",
    ]
    resources = ["*"] # of any user, group and provider
  }

  statement {
    sid       = "Alarm"
    effect    = "Deny"
    actions   = ["events:DeleteRule", "events:DisableRule", "events:PutRule", "events:PutTargets", "events:RemoveTargets"]
    resources = ["arn:${local.partition}:events:*:${local.account}:rule/${local.prefix}-break-glass"]
  }

  dynamic "statement" {
    for_each = length(var.break_glass.alarm_topic_arns) == 0 ? [] : [var.break_glass.alarm_topic_arns]

    content {
      sid       = "AlarmTopics"
      effect    = "Deny"
      actions   = ["sns:DeleteTopic", "sns:RemovePermission", "sns:SetTopicAttributes", "sns:Unsubscribe"]
      resources = flatten([for arn in statement.value : [arn, "${arn}:*"]])
    }
  }

  statement {
    sid       = "Account"
    effect    = "Deny"
    actions   = ["account:*", "organizations:*"]
    resources = ["*"] # of the account itself
  }

  statement {
    sid    = "Record"
    effect = "Deny"
    actions = [
      "cloudtrail:DeleteEventDataStore",
      "cloudtrail:DeleteTrail",
      "cloudtrail:PutEventSelectors",
      "cloudtrail:PutInsightSelectors",
      "cloudtrail:StopEventDataStoreIngestion",
      "cloudtrail:StopLogging",
      "cloudtrail:UpdateEventDataStore",
      "cloudtrail:UpdateTrail",
    ]
    resources = ["*"] # any trail may be the one that shows what an apply did
  }
}

resource "aws_iam_policy" "boundary" {
  name        = "${local.prefix}-boundary"
  description = "What no apply of Headgate, and no role that one creates, may do."
  policy      = data.aws_iam_policy_document.boundary.json

  tags = var.tags
}
