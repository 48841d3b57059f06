terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100"
    }
  }
}

provider "aws" {
  region = "eu-central-1"

  default_tags {
    tags = {
      Owner       = "platform"
      Environment = "dev"
    }
  }
}

data "aws_iam_policy_document" "assume" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "logs" {
  statement {
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.resize.arn}:log-stream:resize"]
  }
}

resource "aws_cloudwatch_log_group" "resize" {
  name              = "/aws/lambda/resize"
  retention_in_days = 30
}

resource "aws_iam_role" "resize" {
  name               = "resize"
  assume_role_policy = data.aws_iam_policy_document.assume.json
}

resource "aws_iam_role_policy" "logs" {
  name   = "logs"
  role   = aws_iam_role.resize.id
  policy = data.aws_iam_policy_document.logs.json
}

resource "aws_lambda_function" "resize" {
  function_name    = "resize"
  role             = aws_iam_role.resize.arn
  runtime          = "provided.al2023"
  architectures    = ["arm64"]
  handler          = "bootstrap"
  filename         = "resize.zip"
  source_code_hash = filebase64sha256("resize.zip")
  depends_on       = [aws_cloudwatch_log_group.resize]
}
