# The flow log named after a network records the traffic of another network.
# Source: CKV2_AWS_11, EC2.6
# Warns: the approvers decide
# Fault at: aws_vpc.flow_other_fault
# Near miss at: aws_vpc.flow_other_near

resource "aws_kms_key" "flow_other" {
  description             = "Logs"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

resource "aws_cloudwatch_log_group" "flow_other" {
  name              = "shop-prod-flow-other"
  retention_in_days = 365
  kms_key_id        = aws_kms_key.flow_other.arn
}

data "aws_iam_policy_document" "flow_other" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["vpc-flow-logs.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "flow_other" {
  name               = "shop-prod-flow-other"
  assume_role_policy = data.aws_iam_policy_document.flow_other.json
}

resource "aws_vpc" "flow_other_fault" {
  cidr_block           = "10.34.0.0/16"
  enable_dns_hostnames = true

  tags = { Name = "shop-prod-flow-other-a" }
}

resource "aws_vpc" "flow_other_near" {
  cidr_block           = "10.35.0.0/16"
  enable_dns_hostnames = true

  tags = { Name = "shop-prod-flow-other-b" }
}

resource "aws_default_security_group" "flow_other" {
  for_each = { a = aws_vpc.flow_other_fault.id, b = aws_vpc.flow_other_near.id }
  vpc_id   = each.value
}

resource "aws_vpc_endpoint" "flow_other_a" {
  for_each          = toset(["s3", "dynamodb"])
  vpc_id            = aws_vpc.flow_other_fault.id
  service_name      = "com.amazonaws.${var.region}.${each.key}"
  vpc_endpoint_type = "Gateway"
}

resource "aws_vpc_endpoint" "flow_other_b" {
  for_each          = toset(["s3", "dynamodb"])
  vpc_id            = aws_vpc.flow_other_near.id
  service_name      = "com.amazonaws.${var.region}.${each.key}"
  vpc_endpoint_type = "Gateway"
}

module "flow_other_a" {
  source        = "./modules/flow-log"
  name          = "shop-prod-flow-other-a"
  vpc_id        = aws_vpc.flow_other_near.id
  log_group_arn = aws_cloudwatch_log_group.flow_other.arn
  role_arn      = aws_iam_role.flow_other.arn
}

module "flow_other_b" {
  source        = "./modules/flow-log"
  name          = "shop-prod-flow-other-b"
  vpc_id        = aws_vpc.flow_other_near.id
  log_group_arn = aws_cloudwatch_log_group.flow_other.arn
  role_arn      = aws_iam_role.flow_other.arn
}
