# An instance gets a profile that is known only after the apply, and it is the administrator's.
# Source: EC2 instance profiles guide, https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
# Fault at: aws_instance.profile_unknown_fault
# Near miss at: aws_instance.profile_unknown_near

variable "profile_unknown_image" {
  description = "Image of the workers."
  type        = string
  default     = "ami-0a1b2c3d4e5f60718"
}

resource "terraform_data" "profile_unknown" {
  input = "shop-prod-admin"
}

resource "aws_kms_key" "profile_unknown" {
  description             = "Disks"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

data "aws_iam_policy_document" "profile_unknown_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "profile_unknown" {
  name               = "shop-prod-profile-unknown"
  assume_role_policy = data.aws_iam_policy_document.profile_unknown_trust.json
}

resource "aws_iam_instance_profile" "profile_unknown" {
  name = "shop-prod-profile-unknown"
  role = aws_iam_role.profile_unknown.name
}

resource "aws_instance" "profile_unknown_fault" {
  ami                    = var.profile_unknown_image
  instance_type          = "m7g.large"
  subnet_id              = "subnet-0a1b2c3d4e5f60718"
  vpc_security_group_ids = ["sg-0a1b2c3d4e5f60718"]
  ebs_optimized          = true
  monitoring             = true

  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }

  root_block_device {
    encrypted  = true
    kms_key_id = aws_kms_key.profile_unknown.arn
  }
  iam_instance_profile = terraform_data.profile_unknown.output
  tags                 = { Name = "shop-prod-profile-unknown-a" }
}

resource "aws_instance" "profile_unknown_near" {
  ami                    = var.profile_unknown_image
  instance_type          = "m7g.large"
  subnet_id              = "subnet-0a1b2c3d4e5f60718"
  vpc_security_group_ids = ["sg-0a1b2c3d4e5f60718"]
  ebs_optimized          = true
  monitoring             = true

  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }

  root_block_device {
    encrypted  = true
    kms_key_id = aws_kms_key.profile_unknown.arn
  }
  iam_instance_profile = aws_iam_instance_profile.profile_unknown.id
  tags                 = { Name = "shop-prod-profile-unknown-b" }
}
