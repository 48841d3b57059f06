# A service control policy for the account, as a document: nobody acts in it but Headgate, workloads, services and exempt roles, whatever their own policies
# allow. It is not attached here, because that needs the organization's management account.

data "aws_iam_policy_document" "scp" {
  statement {
    sid    = "WritesOnlyThroughHeadgate"
    effect = "Deny"
    # IAM has no way to say "all writes of all services", so this names who may act at all. People's read-only roles are exempt by name.
    actions   = ["*"]
    resources = ["*"] # of the account that it is attached to

    condition {
      test     = "ArnNotLike"
      variable = "aws:PrincipalArn"
      values = concat([
        "${local.roles_arn}-apply",
        "${local.roles_arn}-break-glass",
        "${local.roles_arn}-plan",
        # Services work with roles of their own.
        "arn:${local.partition}:iam::*:role/aws-service-role/*",
      ], var.exempt_principal_arns)
    }

    # Roles of workloads write data: what they may do was approved with them.
    condition {
      test     = "StringNotEqualsIfExists"
      variable = "aws:PrincipalTag/headgate:workload"
      values   = ["true"]
    }

    condition {
      test     = "BoolIfExists"
      variable = "aws:PrincipalIsAWSService"
      values   = ["false"]
    }
  }

  # Otherwise anybody whom a role admits with tags would be a workload.
  statement {
    sid       = "NobodyCallsThemselvesAWorkload"
    effect    = "Deny"
    actions   = ["sts:TagSession"]
    resources = ["*"] # whatever role is assumed

    condition {
      test     = "Null"
      variable = "aws:RequestTag/headgate:workload"
      values   = ["false"]
    }
  }
}
