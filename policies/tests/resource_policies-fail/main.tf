resource "aws_sqs_queue_policy" "anyone" {
  queue_url = "https://sqs/anyone"
  policy    = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = "*", Action = "sqs:SendMessage", Resource = "arn:aws:sqs:x:y:z" }] })
}

resource "aws_sqs_queue_policy" "anyone_aws" {
  queue_url = "https://sqs/anyone_aws"
  policy    = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { AWS = ["*"] }, Action = "sqs:SendMessage", Resource = "arn:aws:sqs:x:y:z" }] })
}

resource "aws_sqs_queue_policy" "anyone_spelled" {
  queue_url = "https://sqs/anyone_spelled"
  policy    = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { AWS = "?*" }, Action = "sqs:SendMessage", Resource = "arn:aws:sqs:x:y:z" }] })
}

# Conditions that do not say whose request it is, or fit everything.
resource "aws_sqs_queue_policy" "network" {
  queue_url = "https://sqs/network"
  policy    = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = "*", Action = "sqs:SendMessage", Resource = "arn:aws:sqs:x:y:z", Condition = { IpAddress = { "aws:SourceIp" = "0.0.0.0/0" } } }] })
}

resource "aws_sqs_queue_policy" "any_organization" {
  queue_url = "https://sqs/any_organization"
  policy    = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = "*", Action = "sqs:SendMessage", Resource = "arn:aws:sqs:x:y:z", Condition = { StringLike = { "aws:PrincipalOrgID" = "*" } } }] })
}

resource "aws_sqs_queue_policy" "any_arn" {
  queue_url = "https://sqs/any_arn"
  policy    = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = "*", Action = "sqs:SendMessage", Resource = "arn:aws:sqs:x:y:z", Condition = { ArnLike = { "aws:SourceArn" = "arn:aws:s3:*:*:*" } } }] })
}

resource "aws_sqs_queue_policy" "one_of_many" {
  queue_url = "https://sqs/one_of_many"
  policy    = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = "*", Action = "sqs:SendMessage", Resource = "arn:aws:sqs:x:y:z", Condition = { StringLike = { "aws:PrincipalAccount" = [var.account, "*"] } } }] })
}

resource "aws_sqs_queue_policy" "negated" {
  queue_url = "https://sqs/negated"
  policy    = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = "*", Action = "sqs:SendMessage", Resource = "arn:aws:sqs:x:y:z", Condition = { StringNotEquals = { "aws:PrincipalAccount" = var.partner } } }] })
}

resource "aws_sqs_queue_policy" "no_values" {
  queue_url = "https://sqs/no_values"
  policy    = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = "*", Action = "sqs:SendMessage", Resource = "arn:aws:sqs:x:y:z", Condition = { StringEquals = { "aws:PrincipalAccount" = [] } } }] })
}

resource "aws_sqs_queue_policy" "others" {
  queue_url = "https://sqs/others"
  policy    = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", NotPrincipal = { AWS = var.account }, Action = "sqs:*", Resource = "*" }] })
}

resource "aws_sqs_queue_policy" "deputy" {
  queue_url = "https://sqs/deputy"
  policy    = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "sns.amazonaws.com" }, Action = "sqs:SendMessage", Resource = "arn:aws:sqs:x:y:z" }] })
}

resource "aws_sqs_queue_policy" "foreign" {
  queue_url = "https://sqs/foreign"
  policy    = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { AWS = "arn:aws:iam::${var.partner}:root" }, Action = "sqs:SendMessage", Resource = "arn:aws:sqs:x:y:z" }] })
}

resource "aws_sqs_queue_policy" "foreign_id" {
  queue_url = "https://sqs/foreign_id"
  policy    = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { AWS = var.partner }, Action = "sqs:SendMessage", Resource = "arn:aws:sqs:x:y:z" }] })
}

resource "terraform_data" "hidden" {
  input = "x"
}

resource "aws_sqs_queue_policy" "hidden" {
  queue_url = "https://sqs/hidden"
  policy    = terraform_data.hidden.output
}

resource "aws_iam_role" "foreign" {
  name               = "shop-prod-foreign"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { AWS = "arn:aws:iam::${var.partner}:root" }, Action = "sts:AssumeRole" }] })
}

resource "aws_lambda_permission" "anyone" {
  function_name = "shop-prod-f"
  action        = "lambda:InvokeFunction"
  principal     = "*"
}

resource "aws_lambda_permission" "deputy" {
  function_name = "shop-prod-f"
  action        = "lambda:InvokeFunction"
  principal     = "s3.amazonaws.com"
}

resource "aws_sns_topic" "later" {
  name              = "shop-prod-later"
  kms_master_key_id = "alias/aws/sns"
}

# Read during the apply.
data "aws_iam_policy_document" "later" {
  statement {
    actions   = ["sns:Publish"]
    resources = [aws_sns_topic.later.arn]

    principals {
      type        = "*"
      identifiers = ["*"]
    }
  }
}

resource "aws_sns_topic_policy" "later" {
  arn    = aws_sns_topic.later.arn
  policy = data.aws_iam_policy_document.later.json
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

# Conditions that also hold without their key.
resource "aws_sqs_queue_policy" "optional" {
  queue_url = "https://sqs/optional"
  policy    = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "sns.amazonaws.com" }, Action = "sqs:SendMessage", Resource = "arn:aws:sqs:x:y:z", Condition = { StringEqualsIfExists = { "aws:SourceAccount" = var.account } } }] })
}

resource "aws_sqs_queue_policy" "all_values" {
  queue_url = "https://sqs/all_values"
  policy    = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = "*", Action = "sqs:SendMessage", Resource = "arn:aws:sqs:x:y:z", Condition = { "ForAllValues:StringEquals" = { "aws:PrincipalOrgID" = "o-1" } } }] })
}

# A service anyone may use, and a context anyone may name.
resource "aws_kms_key_policy" "via" {
  key_id = "k"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = "*", Action = "kms:Decrypt", Resource = "arn:aws:sqs:x:y:z", Condition = { StringEquals = { "kms:ViaService" = "s3.eu-central-1.amazonaws.com", "kms:EncryptionContext:app" = "shop" } } }] })
}

resource "aws_sqs_queue_policy" "other_key" {
  queue_url = "https://sqs/other_key"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{
    Effect    = "Allow", Principal = { Service = "delivery.logs.amazonaws.com" }, Action = "sqs:SendMessage", Resource = "arn:aws:sqs:x:y:z",
    Condition = { StringEquals = { "s3:x-amz-acl" = "bucket-owner-full-control" } }
  }] })
}

# May turn out to be no source, and anyone.
resource "aws_lambda_permission" "no_source" {
  function_name = "shop-prod-f"
  action        = "lambda:InvokeFunction"
  principal     = "*"
  source_arn    = terraform_data.hidden.output == "x" ? null : "x"
}

resource "aws_lambda_permission" "hidden" {
  function_name = "shop-prod-f"
  action        = "lambda:InvokeFunction"
  principal     = terraform_data.hidden.output
}

resource "aws_lambda_permission" "no_source_at_all" {
  function_name = "shop-prod-f"
  action        = "lambda:InvokeFunction"
  principal     = "*"
  source_arn    = var.partner == "" ? aws_sns_topic.later.arn : null
}

# More than what Elastic Load Balancing needs: another action, another path, another service.
resource "aws_s3_bucket_policy" "balancer_reads" {
  bucket = "shop-prod-balancer-reads"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Principal = { Service = "logdelivery.elasticloadbalancing.amazonaws.com" }, Action = "s3:GetObject", Resource = "arn:aws:s3:::shop-prod-balancer-reads/AWSLogs/123456789012/*" },
  ] })
}

resource "aws_s3_bucket_policy" "balancer_everywhere" {
  bucket = "shop-prod-balancer-everywhere"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Principal = { Service = "logdelivery.elasticloadbalancing.amazonaws.com" }, Action = "s3:PutObject", Resource = "arn:aws:s3:::shop-prod-balancer-everywhere/*" },
  ] })
}

resource "aws_s3_bucket_policy" "other_service" {
  bucket = "shop-prod-other-service"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Principal = { Service = "config.amazonaws.com" }, Action = "s3:PutObject", Resource = "arn:aws:s3:::shop-prod-other-service/AWSLogs/123456789012/*" },
  ] })
}

# Conditions that nobody sees: no vote can be cast on them, but they may be there.
resource "aws_sqs_queue" "conditional" {
  name                    = "shop-prod-later"
  sqs_managed_sse_enabled = true
}

resource "aws_sqs_queue_policy" "conditions" {
  queue_url = aws_sqs_queue.conditional.id
  policy    = data.aws_iam_policy_document.conditions.json
}

resource "terraform_data" "conditions" {
  input = ["x"]
}

data "aws_iam_policy_document" "conditions" {
  statement {
    actions   = ["sqs:SendMessage"]
    resources = ["arn:aws:sqs:eu-central-1:123456789012:shop-prod-later"]
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
    dynamic "condition" {
      for_each = terraform_data.conditions.output
      content {
        test     = "StringEquals"
        variable = "aws:SourceAccount"
        values   = ["123456789012"]
      }
    }
  }
  statement {
    actions   = ["sqs:ReceiveMessage"]
    resources = ["arn:aws:sqs:eu-central-1:123456789012:shop-prod-later"]
    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com"]
    }
    dynamic "condition" {
      for_each = terraform_data.conditions.output
      content {
        test     = "StringEquals"
        variable = "aws:SourceAccount"
        values   = ["123456789012"]
      }
    }
  }
}

# A principal that nobody sees, and a document that a role uses, too.
resource "aws_sqs_queue_policy" "unseen_principal" {
  queue_url = aws_sqs_queue.conditional.id
  policy    = data.aws_iam_policy_document.unseen_principal.json
}

data "aws_iam_policy_document" "unseen_principal" {
  dynamic "statement" {
    for_each = ["any"]
    content {
      actions   = ["sqs:SendMessage"]
      resources = [aws_sqs_queue.conditional.arn]
      principals {
        type        = "AWS"
        identifiers = [terraform_data.conditions.id]
      }
    }
  }
}

data "aws_iam_policy_document" "shared" {
  dynamic "statement" {
    for_each = ["any"]
    content {
      actions   = ["sqs:SendMessage"]
      resources = [terraform_data.conditions.id]
      principals {
        type        = "AWS"
        identifiers = ["123456789012"]
      }
    }
  }
}

resource "aws_sqs_queue_policy" "shared" {
  queue_url = aws_sqs_queue.conditional.id
  policy    = data.aws_iam_policy_document.shared.json
}

resource "aws_iam_policy" "shared" {
  name   = "shop-prod-shared"
  policy = data.aws_iam_policy_document.shared.json
}

# Statements that are unknown as a whole.
data "aws_iam_policy_document" "all_unseen" {
  dynamic "statement" {
    for_each = terraform_data.conditions.output
    content {
      actions   = ["sqs:SendMessage"]
      resources = ["*"]
    }
  }
}

resource "aws_sqs_queue_policy" "all_unseen" {
  queue_url = aws_sqs_queue.conditional.id
  policy    = data.aws_iam_policy_document.all_unseen.json
}

# A document that nothing uses yet.
data "aws_iam_policy_document" "unused" {
  dynamic "statement" {
    for_each = ["any"]
    content {
      actions   = ["sqs:SendMessage"]
      resources = [terraform_data.conditions.id]
    }
  }
}

# Shared with accounts that nobody trusts.
resource "aws_ami_launch_permission" "foreign" {
  image_id   = "resolve:ssm:/shop/ami"
  account_id = "999999999999"
}

resource "aws_db_snapshot" "foreign" {
  db_instance_identifier = "shop-prod"
  db_snapshot_identifier = "shop-prod-copy"
  shared_accounts        = ["123456789012", "999999999999"]
}

resource "aws_db_cluster_snapshot" "foreign" {
  db_cluster_identifier          = "shop-prod"
  db_cluster_snapshot_identifier = "shop-prod-copy"
  shared_accounts                = ["999999999999"]
}

resource "aws_ram_principal_association" "foreign" {
  principal          = "999999999999"
  resource_share_arn = "arn:aws:ram:eu-central-1:123456789012:resource-share/1"
}

resource "aws_sqs_queue_policy" "all" {
  queue_url = "https://sqs/all"
  policy    = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { AWS = "arn:aws:iam::123456789012:role/worker" }, Action = "SQS:*", Resource = "arn:aws:sqs:x:y:z" }] })
}

resource "aws_sns_topic" "all" {
  name              = "shop-prod-all"
  kms_master_key_id = "alias/shop"
  policy            = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { AWS = "arn:aws:iam::123456789012:root" }, Action = "*", Resource = "arn:aws:sns:x:y:z" }] })
}

resource "aws_ram_principal_association" "hidden" {
  principal          = terraform_data.account.output
  resource_share_arn = "arn:aws:ram:eu-central-1:123456789012:resource-share/1"
}

resource "terraform_data" "account" {
  input = "999999999999"
}
