# Every write to the tables and to the transparency log, in a trail that the fleet's account cannot change if the bucket is in another one. What is
# not the fleet raises an alarm with its first write.

locals {
  # EventBridge takes event patterns of up to 2,048 characters.
  pattern = jsonencode({
    source      = ["aws.dynamodb", "aws.s3"]
    detail-type = ["AWS API Call via CloudTrail"]
    detail = {
      readOnly  = [false]
      resources = { ARN = concat(var.table_arns, [{ prefix = "${var.log_bucket_arn}/" }]) }
      "$or" = [
        { userIdentity = { sessionContext = { sessionIssuer = { arn = [{ anything-but = var.writer_role_arns }] } } } },
        # Users and the account's root have no session of a role.
        { userIdentity = { type = [{ anything-but = ["AWSService"] }], sessionContext = { sessionIssuer = { arn = [{ exists = false }] } } } },
      ]
    }
  })
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
      field  = "resources.ARN"
      equals = var.table_arns
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
  name          = var.name
  description   = "Something that is not the fleet writes to its tables or to its log."
  event_pattern = local.pattern

  tags = var.tags

  lifecycle {
    precondition {
      condition     = length(local.pattern) <= 2048
      error_message = "The event pattern has more than 2,048 characters, because of long names or many functions. Use a shorter environment name."
    }
  }
}

resource "aws_cloudwatch_event_target" "this" {
  for_each = toset(var.alarm_topic_arns)

  rule = aws_cloudwatch_event_rule.this.name
  arn  = each.value

  input_transformer {
    input_paths = {
      call   = "$.detail.eventName"
      denied = "$.detail.errorCode"
      what   = "$.detail.resources[0].ARN"
      when   = "$.detail.eventTime"
      who    = "$.detail.userIdentity.arn"
    }
    input_template = "\"${var.name}: <who> called <call> on <what> at <when> <denied>. Only the fleet should. Runbook: docs/operations.md#foreign-write\""
  }
}
