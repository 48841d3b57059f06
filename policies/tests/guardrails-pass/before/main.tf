resource "aws_cloudwatch_log_group" "longer" {
  name              = "/shop/prod/longer"
  retention_in_days = 90
  kms_key_id        = "arn:aws:kms:${var.region}:${var.account}:key/1"
}

resource "aws_iam_role" "bounded" {
  name = "shop-prod-bounded"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

variable "account" {
  description = "Account that everything is in."
  type        = string
  default     = "123456789012"
}
