# Break-glass: named people, with a second factor, and never unnoticed.

data "aws_iam_policy_document" "break_glass_trust" {
  count = length(var.break_glass.principals) == 0 ? 0 : 1

  statement {
    sid     = "People"
    actions = ["sts:AssumeRole", "sts:SetSourceIdentity"]

    principals {
      type        = "AWS"
      identifiers = var.break_glass.principals
    }

    dynamic "condition" {
      for_each = var.break_glass.mfa ? [1] : []

      content {
        test     = "Bool"
        variable = "aws:MultiFactorAuthPresent"
        values   = ["true"]
      }
    }
  }
}

resource "aws_iam_role" "break_glass" {
  count = length(data.aws_iam_policy_document.break_glass_trust)

  name                 = "${local.prefix}-break-glass"
  description          = "For people, when Headgate is down. Each use raises an alarm."
  assume_role_policy   = data.aws_iam_policy_document.break_glass_trust[0].json
  max_session_duration = 3600

  tags = var.tags
}

resource "aws_iam_role_policy_attachment" "break_glass" {
  for_each = length(aws_iam_role.break_glass) == 0 ? [] : toset(var.break_glass.policy_arns)

  role       = aws_iam_role.break_glass[0].name
  policy_arn = each.value
}

# EventBridge gets the calls of STS from CloudTrail, so the account needs a trail. The rule is in the default bus of each region in which the role may be
# assumed; deploy the module there, or use one region's STS endpoint only.
resource "aws_cloudwatch_event_rule" "break_glass" {
  count = length(aws_iam_role.break_glass)

  name        = "${local.prefix}-break-glass"
  description = "Somebody assumes the break-glass role."
  event_pattern = jsonencode({
    source      = ["aws.sts"]
    detail-type = ["AWS API Call via CloudTrail"]
    detail = {
      eventName         = ["AssumeRole"]
      requestParameters = { roleArn = ["${local.roles_arn}-break-glass"] }
    }
  })

  tags = var.tags
}

resource "aws_cloudwatch_event_target" "break_glass" {
  for_each = length(aws_iam_role.break_glass) == 0 ? [] : toset(var.break_glass.alarm_topic_arns)

  rule = aws_cloudwatch_event_rule.break_glass[0].name
  arn  = each.value

  input_transformer {
    input_paths = {
      who    = "$.detail.userIdentity.arn"
      when   = "$.detail.eventTime"
      denied = "$.detail.errorCode"
    }
    input_template = "\"Break-glass in ${var.name}: <who> assumed ${local.prefix}-break-glass at <when> <denied>. If you do not expect this, revoke the role's sessions.\""
  }
}
