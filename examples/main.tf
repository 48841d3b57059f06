# A small but real configuration: what the demo proposes, reviews and applies.

variable "region" {
  description = "Region that everything is made in."
  type        = string
  default     = "us-east-1"
}

variable "account_id" {
  description = "Account that everything is made in."
  type        = string
  default     = "000000000000"
}

variable "permissions_boundary" {
  description = "Boundary of the roles, if applies must set one: output boundary_arn of modules/environment-access."
  type        = string
  default     = null
}

provider "aws" {
  region                      = var.region
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
  s3_use_path_style           = true

  default_tags {
    tags = {
      Environment = "local"
      Project     = "orders"
      Owner       = "dana"
      ManagedBy   = "terraform"
      CreatedBy   = "agent"
    }
  }
}

locals {
  name   = "orders-local"
  queue  = "${local.name}-intake"
  bucket = "${local.name}-receipts"
}

# Receipts: encrypted, versioned, private.
resource "aws_s3_bucket" "receipts" {
  bucket = local.bucket
}

resource "aws_s3_bucket_versioning" "receipts" {
  bucket = aws_s3_bucket.receipts.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "receipts" {
  bucket = aws_s3_bucket.receipts.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "aws:kms"
    }
  }
}

resource "aws_s3_bucket_public_access_block" "receipts" {
  bucket                  = aws_s3_bucket.receipts.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

# Orders: a queue whose poison goes to a queue of its own.
resource "aws_sqs_queue" "orders_dlq" {
  name                      = "${local.queue}-dlq"
  message_retention_seconds = 14 * 24 * 3600
  sqs_managed_sse_enabled   = true
}

resource "aws_sqs_queue" "orders" {
  name                       = local.queue
  visibility_timeout_seconds = 180
  sqs_managed_sse_enabled    = true

  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.orders_dlq.arn
    maxReceiveCount     = 5
  })
}

# The worker: may take orders and store receipts, nothing else.
data "aws_iam_policy_document" "assume" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "worker" {
  name                 = "${local.name}-worker"
  assume_role_policy   = data.aws_iam_policy_document.assume.json
  permissions_boundary = var.permissions_boundary
}

# ARNs are built from names, so that the review can read the policy off the plan.
data "aws_iam_policy_document" "worker" {
  statement {
    sid       = "TakeOrders"
    actions   = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"]
    resources = ["arn:aws:sqs:${var.region}:${var.account_id}:${local.queue}"]
  }

  statement {
    sid       = "StoreReceipts"
    actions   = ["s3:PutObject"]
    resources = ["arn:aws:s3:::${local.bucket}/*"]
  }
}

resource "aws_iam_policy" "worker" {
  name   = "${local.name}-worker"
  policy = data.aws_iam_policy_document.worker.json
}

resource "aws_iam_role_policy_attachment" "worker" {
  role       = aws_iam_role.worker.name
  policy_arn = aws_iam_policy.worker.arn
}
