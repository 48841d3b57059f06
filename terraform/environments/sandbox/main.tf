# The fleet in a sandbox account.

provider "aws" {
  region              = var.region
  allowed_account_ids = [var.account_id] # refuse to plan with credentials of another account

  default_tags {
    tags = {
      Environment = "sandbox"
      Project     = "headgate"
      Owner       = var.owner
      ManagedBy   = "terraform"
    }
  }
}

data "aws_caller_identity" "this" {
  lifecycle {
    postcondition {
      condition     = self.account_id == var.account_id
      error_message = "The current credentials are for account ${self.account_id}, but account_id is ${var.account_id}. Log in to ${var.account_id}, or correct account_id."
    }
  }
}

resource "aws_sns_topic" "alarms" {
  name              = "headgate-sandbox-alarms"
  kms_master_key_id = module.fleet.key_arn # CloudWatch alarms cannot publish to a topic that uses alias/aws/sns
}

# By default, only this account may publish. The alarms of modules/data-trail come from EventBridge.
data "aws_iam_policy_document" "alarms" {
  dynamic "statement" {
    for_each = { Alarms = "cloudwatch", ForeignWrites = "events" }

    content {
      sid       = statement.key
      actions   = ["sns:Publish"]
      resources = [aws_sns_topic.alarms.arn]

      principals {
        type        = "Service"
        identifiers = ["${statement.value}.amazonaws.com"]
      }

      condition {
        test     = "StringEquals"
        variable = "aws:SourceAccount"
        values   = [var.account_id]
      }
    }
  }
}

resource "aws_sns_topic_policy" "alarms" {
  count = try(var.security.trail_bucket, null) == null ? 0 : 1

  arn    = aws_sns_topic.alarms.arn
  policy = data.aws_iam_policy_document.alarms.json
}

module "fleet" {
  source = "../../modules/fleet"

  environment      = "sandbox"
  account_id       = data.aws_caller_identity.this.account_id
  region           = var.region
  code             = merge({ zip_dir = "../../../target/lambda-ship" }, var.code)
  environments     = var.environments
  senders          = var.senders
  oidc             = var.oidc
  approvals        = var.approvals
  team_policies    = var.team_policies
  models           = var.models
  evaluations      = var.evaluations
  functions        = var.functions
  quarantine       = var.quarantine
  logs             = var.logs
  security         = var.security
  record           = merge({ lock_mode = "GOVERNANCE", lock_days = 1 }, var.record)
  storage          = var.storage
  edge             = merge({ account_role = true }, var.edge)
  alarm_topic_arns = [aws_sns_topic.alarms.arn]
}
