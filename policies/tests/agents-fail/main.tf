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

# Headgate's own resources, by name, by tag and by role. The log group above is deleted.
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

# Access of an agent to production, by name, by tag and by attachment. People must not assume such a role.
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

# A resource that an agent creates must have the tag CreatedBy.
resource "aws_sns_topic" "unsigned" {
  name              = "shop-prod-unsigned"
  kms_master_key_id = "alias/aws/sns"
}
