# Every write to the tables and to the transparency log, in a trail. The account can switch the trail off, but cannot change what is in a bucket of
# another account, and switching it off raises an alarm, as does a write by anything but the fleet. CloudTrail delivers events to EventBridge within minutes and
# as well as it can, so a missing message proves nothing; the files in the bucket do.

locals {
  prefixes = concat(var.table_arns, ["${var.log_bucket_arn}/"])

  alarms = merge(local.writes, length(var.key_arns) == 0 ? {} : local.keys)

  writes = {
    # Roles are named without their path and account, because EventBridge takes event patterns of up to 2,048 characters.
    foreign-write = {
      why = "Something that is not the fleet writes to its tables or to its log."
      pattern = {
        source      = ["aws.dynamodb", "aws.s3"]
        detail-type = ["AWS API Call via CloudTrail"]
        detail = {
          readOnly = [false]
          # A call that deletes several objects names the bucket only.
          resources = { ARN = concat([for prefix in local.prefixes : { prefix = prefix }], [var.log_bucket_arn]) }
          "$or" = [
            { userIdentity = { sessionContext = { sessionIssuer = { userName = [{ anything-but = var.writer_roles }] } } } },
            { userIdentity = { accountId = [{ anything-but = [var.account_id] }] } },
            # Users and the account's root have no session of a role.
            { userIdentity = { type = [{ anything-but = ["AWSService"] }], sessionContext = { sessionIssuer = { userName = [{ exists = false }] } } } },
          ]
        }
      }
    }
    # The account needs a trail with management events for these.
    trail-changed = {
      why = "Somebody stops or changes a trail, or an alarm about foreign writes."
      pattern = {
        source      = ["aws.cloudtrail", "aws.events"]
        detail-type = ["AWS API Call via CloudTrail"]
        detail = {
          "$or" = [
            { eventName = ["DeleteTrail", "PutEventSelectors", "StopLogging", "UpdateTrail"] },
            { eventName = ["DeleteRule", "DisableRule", "PutRule"], requestParameters = { name = [{ prefix = "${var.name}-" }] } },
            { eventName = ["PutTargets", "RemoveTargets"], requestParameters = { rule = [{ prefix = "${var.name}-" }] } },
          ]
        }
      }
    }
  }

  keys = {
    # After these, somebody else may sign permits, or nobody can. A grant is in no policy, and Terraform does not see it.
    key-changed = {
      why = "Somebody changes who may sign permits."
      pattern = {
        source      = ["aws.kms"]
        detail-type = ["AWS API Call via CloudTrail"]
        detail = {
          eventName = ["CreateGrant", "DisableKey", "PutKeyPolicy", "ScheduleKeyDeletion"]
          resources = { ARN = var.key_arns }
        }
      }
    }
  }
}

resource "aws_cloudtrail" "this" {
  # checkov:skip=CKV_AWS_67: Tables and bucket are in one region, and the rest of the account is not what this trail is about.
  # checkov:skip=CKV_AWS_252: The rule below tells people at once. A message for each file of the trail would be one every few minutes.
  # checkov:skip=CKV2_AWS_10: What somebody would look for in CloudWatch Logs is in the bucket, where the account cannot delete it.
  name                          = var.name
  s3_bucket_name                = var.bucket
  kms_key_id                    = var.kms_key_arn
  enable_log_file_validation    = true
  include_global_service_events = false

  advanced_event_selector {
    name = "Writes to the tables"

    field_selector {
      field  = "eventCategory"
      equals = ["Data"]
    }
    field_selector {
      field  = "resources.type"
      equals = ["AWS::DynamoDB::Table"]
    }
    field_selector {
      field       = "resources.ARN"
      starts_with = var.table_arns
    }
    field_selector {
      field  = "readOnly"
      equals = ["false"]
    }
  }

  advanced_event_selector {
    name = "Writes to the transparency log"

    field_selector {
      field  = "eventCategory"
      equals = ["Data"]
    }
    field_selector {
      field  = "resources.type"
      equals = ["AWS::S3::Object"]
    }
    field_selector {
      field       = "resources.ARN"
      starts_with = ["${var.log_bucket_arn}/"]
    }
    field_selector {
      field  = "readOnly"
      equals = ["false"]
    }
  }

  tags = var.tags
}

# EventBridge gets the calls that a trail records.
resource "aws_cloudwatch_event_rule" "this" {
  for_each = local.alarms

  name          = "${var.name}-${each.key}"
  description   = each.value.why
  event_pattern = jsonencode(each.value.pattern)

  tags = var.tags

  lifecycle {
    precondition {
      condition     = length(jsonencode(each.value.pattern)) <= 2048
      error_message = "The event pattern has more than 2,048 characters, because of long names or many functions. Use a shorter environment name."
    }
  }
}

resource "aws_cloudwatch_event_target" "this" {
  for_each = { for pair in setproduct(keys(local.alarms), var.alarm_topic_arns) : join(" ", pair) => pair }

  rule = aws_cloudwatch_event_rule.this[each.value[0]].name
  arn  = each.value[1]

  input_transformer {
    input_paths = {
      call   = "$.detail.eventName"
      denied = "$.detail.errorCode"
      what   = "$.detail.resources[0].ARN"
      when   = "$.detail.eventTime"
      who    = "$.detail.userIdentity.arn"
    }
    input_template = "\"${local.alarms[each.value[0]].why} ${var.name}: <who> called <call> <what> at <when> <denied>. Runbook: docs/operations.md#${each.value[0]}\""
  }
}

# The topic's policy may not admit EventBridge. CloudWatch is admitted by another statement.
resource "aws_cloudwatch_metric_alarm" "unheard" {
  for_each = local.alarms

  alarm_name          = "${var.name}-${each.key}-unheard"
  alarm_description   = "EventBridge could not send an alarm of the rule ${var.name}-${each.key} to its topic. Runbook: docs/operations.md#${each.key}"
  namespace           = "AWS/Events"
  metric_name         = "FailedInvocations"
  dimensions          = { RuleName = aws_cloudwatch_event_rule.this[each.key].name }
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_topic_arns

  tags = var.tags
}
