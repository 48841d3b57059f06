locals {
  machines = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "codebuild.amazonaws.com" } }]
  })
}

resource "aws_cloudtrail" "audit" {
  name           = "shop-prod-audit"
  s3_bucket_name = "shop-prod-audit"
  enable_logging = false
  tags           = { CreatedBy = "agent" }
}

# Headgate's own: by its name, by its tag, by the role it gives to. The log group above is deleted.
resource "aws_sqs_queue" "intake" {
  name                    = "headgate-prod-intake"
  sqs_managed_sse_enabled = true
  redrive_allow_policy    = jsonencode({ redrivePermission = "allowAll" })
  tags                    = { CreatedBy = "agent" }
}

resource "aws_sns_topic" "tagged" {
  name              = "shop-prod-alarms"
  kms_master_key_id = "alias/aws/sns"
  tags              = { CreatedBy = "agent", Service = "Headgate" }
}

resource "aws_iam_role_policy_attachment" "headgate" {
  role       = "prod-headgate-approval-gate"
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}

# An agent's way into production, by name, by tag, by attachment. People may not assume it either.
resource "aws_iam_role" "by_name" {
  name               = "shop-prod-agent"
  assume_role_policy = local.machines
  tags               = { CreatedBy = "agent" }
}

resource "aws_iam_role" "by_tag" {
  name = "shop-prod-writer"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "arn:aws:iam::111122223333:user/dana" } }]
  })
  tags = { CreatedBy = "agent", Principal = "agent" }
}

resource "aws_iam_role_policy_attachment" "agent" {
  role       = "shop-prod-agents"
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}

resource "aws_iam_user_policy_attachment" "agent" {
  user       = "agent-terraform"
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}

# What an agent makes says so.
resource "aws_sns_topic" "unsigned" {
  name              = "shop-prod-unsigned"
  kms_master_key_id = "alias/aws/sns"
}
