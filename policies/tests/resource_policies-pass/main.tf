resource "aws_sqs_queue_policy" "own" {
  queue_url = "https://sqs/own"
  policy    = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { AWS = "arn:aws:iam::${var.account}:root" }, Action = "sqs:SendMessage", Resource = "arn:aws:sqs:x:y:z" }] })
}

resource "aws_sqs_queue_policy" "organization" {
  queue_url = "https://sqs/organization"
  policy    = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = "*", Action = "sqs:SendMessage", Resource = "arn:aws:sqs:x:y:z", Condition = { StringEquals = { "aws:PrincipalOrgID" = "o-1" } } }] })
}

resource "aws_sqs_queue_policy" "source" {
  queue_url = "https://sqs/source"
  policy    = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "sns.amazonaws.com" }, Action = "sqs:SendMessage", Resource = "arn:aws:sqs:x:y:z", Condition = { ArnLike = { "AWS:SourceArn" = "arn:aws:sns:eu-central-1:${var.account}:*" } } }] })
}

resource "aws_sqs_queue_policy" "denied" {
  queue_url = "https://sqs/denied"
  policy    = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Deny", Principal = "*", Action = "sqs:*", Resource = "*", Condition = { Bool = { "aws:SecureTransport" = "false" } } }] })
}

resource "aws_kms_key_policy" "logs" {
  key_id = "k"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "logs.eu-central-1.amazonaws.com" }, Action = "kms:Decrypt", Resource = "arn:aws:sqs:x:y:z", Condition = { ArnLike = { "kms:EncryptionContext:aws:logs:arn" = "arn:aws:logs:eu-central-1:${var.account}:*" } } }] })
}

resource "aws_s3_bucket_policy" "logs" {
  bucket = "shop-prod-logs"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { AWS = "arn:aws:iam::${var.balancers}:root" }, Action = "s3:PutObject", Resource = "arn:aws:sqs:x:y:z" }] })
}

resource "aws_lambda_permission" "bucket" {
  function_name  = "shop-prod-f"
  action         = "lambda:InvokeFunction"
  principal      = "s3.amazonaws.com"
  source_arn     = "arn:aws:s3:::shop-prod-b"
  source_account = var.account
}

resource "aws_lambda_permission" "role" {
  function_name = "shop-prod-f"
  action        = "lambda:InvokeFunction"
  principal     = "arn:aws:iam::${var.account}:role/shop-prod-caller"
}

resource "aws_lambda_permission" "organization" {
  function_name    = "shop-prod-f"
  action           = "lambda:InvokeFunction"
  principal        = "*"
  principal_org_id = "o-1"
}

variable "account" {
  description = "Account that the resources belong to."
  type        = string
  default     = "123456789012"
}

variable "partner" {
  description = "Account of somebody else."
  type        = string
  default     = "210987654321"
}

variable "balancers" {
  description = "Account of Elastic Load Balancing in eu-central-1."
  type        = string
  default     = "054676820928"
}

# A source that the same plan creates.
resource "aws_sns_topic" "source" {
  name              = "shop-prod-source"
  kms_master_key_id = "alias/aws/sns"
}

resource "aws_lambda_permission" "topic" {
  function_name = "shop-prod-f"
  action        = "lambda:InvokeFunction"
  principal     = "sns.amazonaws.com"
  source_arn    = aws_sns_topic.source.arn
}

# The policy of a topic is a resource of its own; the argument is null.
variable "inline" {
  description = "Whether the policy is part of the topic."
  type        = bool
  default     = false
}

resource "aws_sns_topic" "apart" {
  name              = "shop-prod-apart"
  kms_master_key_id = "alias/aws/sns"
  policy            = var.inline ? jsonencode({ Version = "2012-10-17", Statement = [] }) : null
}

resource "aws_sns_topic_policy" "apart" {
  arn    = aws_sns_topic.apart.arn
  policy = data.aws_iam_policy_document.apart.json
}

# In a dynamic block, only the resource is unknown, and in the policy of a topic that is the topic. Anybody may subscribe one queue.
data "aws_iam_policy_document" "apart" {
  dynamic "statement" {
    for_each = ["subscribe"]
    content {
      actions   = ["sns:Subscribe"]
      resources = [aws_sns_topic.apart.arn]
      principals {
        type        = "AWS"
        identifiers = ["*"]
      }
      condition {
        test     = "StringLike"
        variable = "sns:Endpoint"
        values   = ["arn:aws:sqs:eu-central-1:${var.account}:shop-prod-apart"]
      }
    }
  }
}

# Logs of load balancers, as the documentation of Elastic Load Balancing has it.
resource "aws_s3_bucket_policy" "balancer_logs" {
  bucket = "shop-prod-balancer-logs"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "logdelivery.elasticloadbalancing.amazonaws.com" }, Action = "s3:PutObject", Resource = "arn:aws:s3:::shop-prod-balancer-logs/AWSLogs/${var.account}/*" }] })
}

# Shared within the account.
resource "aws_ami_launch_permission" "own" {
  image_id   = "resolve:ssm:/shop/ami"
  account_id = var.account
}

resource "aws_db_snapshot" "own" {
  db_instance_identifier = "shop-prod"
  db_snapshot_identifier = "shop-prod-copy"
  shared_accounts        = [var.account]
}

# The account may do everything with an image repository anyway.
resource "aws_ecr_repository_policy" "own" {
  repository = "shop"
  policy     = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { AWS = "arn:aws:iam::${var.account}:root" }, Action = "*" }] })
}
