locals {
  tags = {
    Environment = "prod"
    Project     = "shop"
    Owner       = "platform"
    ManagedBy   = "terraform"
  }
}

# Names -----------------------------------------------------------------------------------------------

resource "aws_sns_topic" "no_environment" {
  name              = "shop-orders-topic"
  kms_master_key_id = "alias/aws/sns"
  tags              = local.tags
}

resource "aws_sns_topic" "environment_first" {
  name              = "prod-shop-orders"
  kms_master_key_id = "alias/aws/sns"
  tags              = local.tags
}

resource "aws_sns_topic" "environment_last" {
  name              = "shop-orders-prod"
  kms_master_key_id = "alias/aws/sns"
  tags              = local.tags
}

resource "aws_sns_topic" "too_short" {
  name              = "shop-prod"
  kms_master_key_id = "alias/aws/sns"
  tags              = local.tags
}

resource "aws_iam_policy" "capitals" {
  name   = "Shop-prod-Orders"
  policy = jsonencode({ Version = "2012-10-17", Statement = [] })
  tags   = local.tags
}

# Tags ------------------------------------------------------------------------------------------------

resource "aws_sns_topic" "no_tags" {
  name              = "shop-prod-no-tags"
  kms_master_key_id = "alias/aws/sns"
}

resource "aws_sns_topic" "some_tags" {
  name              = "shop-prod-some-tags"
  kms_master_key_id = "alias/aws/sns"
  tags              = { Owner = "platform", ManagedBy = "terraform" }
}

resource "aws_sns_topic" "by_hand" {
  name              = "shop-prod-by-hand"
  kms_master_key_id = "alias/aws/sns"
  tags              = merge(local.tags, { ManagedBy = "hand" })
}

resource "aws_sns_topic" "elsewhere" {
  name              = "shop-prod-elsewhere"
  kms_master_key_id = "alias/aws/sns"
  tags              = merge(local.tags, { Environment = "staging" })
}

# Literals --------------------------------------------------------------------------------------------

resource "aws_launch_template" "ami" {
  name     = "shop-prod-ami"
  image_id = "ami-0abcdef1234567890"
  tags     = local.tags
}

resource "aws_sns_topic_subscription" "account" {
  topic_arn = aws_sns_topic.by_hand.arn
  protocol  = "sqs"
  endpoint  = "arn:aws:sqs:eu-central-1:111122223333:orders"
}

resource "aws_ebs_volume" "zone" {
  availability_zone = "eu-central-1a"
  size              = 1
  encrypted         = true
  tags              = local.tags
}

module "near" {
  source  = "./near"
  account = "111122223333"
}

# Pins ------------------------------------------------------------------------------------------------

module "unpinned" {
  source = "git::file:///tmp/headgate-policy-tests/module.git"
}

module "branch" {
  source = "git::file:///tmp/headgate-policy-tests/module.git?ref=main"
}

# Descriptions: `var.far` above, this variable and the variable of the module have none.
variable "undescribed" {
  type    = string
  default = "x"
}

# Read during the apply. Anybody can publish an image with this name.
data "aws_ami" "any" {
  most_recent = true

  filter {
    name   = "name"
    values = ["shop-base-*", terraform_data.owner.id]
  }
}

resource "terraform_data" "owner" {}
