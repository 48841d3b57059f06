# Names from variables, tags from the provider, descriptions for all variables, and pinned versions.

variable "account" {
  description = "Account that the queue is in."
  type        = string
  default     = "111122223333"
}

variable "image" {
  description = "Machine image."
  type        = string
  default     = "ami-0abcdef1234567890"
}

resource "aws_sns_topic" "named" {
  name              = "shop-prod-orders"
  kms_master_key_id = "alias/aws/sns"
}

# Longer names of projects and resources, and a queue with the suffix that AWS requires.
resource "aws_sqs_queue" "fifo" {
  name                    = "web-shop-prod-order-intake.fifo"
  fifo_queue              = true
  sqs_managed_sse_enabled = true
  redrive_allow_policy    = jsonencode({ redrivePermission = "allowAll" })
}

# A generated name, and a name that is only known after the apply.
resource "aws_sns_topic" "generated" {
  kms_master_key_id = "alias/aws/sns"
}

resource "aws_sns_topic" "later" {
  name              = "shop-prod-${aws_sns_topic.generated.id}"
  kms_master_key_id = "alias/aws/sns"
}

# A tag whose value is only known after the apply still counts.
resource "aws_sns_topic" "tagged_later" {
  name              = "shop-prod-tagged-later"
  kms_master_key_id = "alias/aws/sns"
  tags              = { Owner = aws_sns_topic.generated.id }
}

resource "aws_sns_topic" "tagged_partly_later" {
  name              = "shop-prod-tagged-partly-later"
  kms_master_key_id = "alias/aws/sns"
  tags              = { Owner = aws_sns_topic.generated.id, Note = "The other tags come from the provider." }
}

resource "aws_launch_template" "image" {
  name     = "shop-prod-image"
  image_id = var.image

  metadata_options {
    http_tokens = "required"
  }
}

resource "aws_sns_topic_subscription" "account" {
  topic_arn = aws_sns_topic.named.arn
  protocol  = "sqs"
  endpoint  = "arn:aws:sqs:${var.region}:${var.account}:orders"
}

# A Region inside a name is not a hardcoded Region.
resource "aws_s3_bucket_notification" "logs" {
  bucket = "shop-prod-logs-eu-central-1"
}

module "near" {
  source = "./near"
  name   = "shop"
}

module "pinned" {
  source = "git::file:///tmp/headgate-policy-tests/module.git?ref=v1.0.0"
}

# A description may contain a Region.
resource "aws_kms_key" "described" {
  description         = "Replicates to eu-west-1."
  enable_key_rotation = true
}

# The plan contains the prefix, and the provider appends to it.
variable "exact" {
  description = "Whether names are used as they are."
  type        = bool
  default     = false
}

resource "aws_iam_role" "prefixed" {
  name               = var.exact ? "shop-prod-prefixed" : null
  name_prefix        = var.exact ? null : "shop-prod-prefixed-"
  assume_role_policy = data.aws_iam_policy_document.prefixed.json
}

data "aws_iam_policy_document" "prefixed" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

data "aws_ami" "own" {
  most_recent = true
  owners      = ["self"]

  filter {
    name   = "name"
    values = ["shop-base-*", terraform_data.owner.id]
  }
}

resource "terraform_data" "owner" {}

# An image of our own has no owner to name.
resource "aws_ami" "own" {
  name                = "shop-prod-image"
  virtualization_type = "hvm"
  root_device_name    = "/dev/xvda"
  imds_support        = "v2.0"
}
