# The snapshots that the lifecycle policy copies to another Region are not encrypted.
# Source: CKV_AWS_253, CKV_AWS_254
# Fault at: aws_dlm_lifecycle_policy.copy_rule_fault
# Near miss at: aws_dlm_lifecycle_policy.copy_rule_near

variable "copy_rule_target" {
  description = "Region of the recovery site."
  type        = string
  default     = "eu-west-1"
}

resource "aws_iam_role" "copy_rule" {
  name = "shop-prod-snapshots"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "dlm.amazonaws.com" }
    }]
  })
}

resource "aws_kms_key" "copy_rule" {
  description         = "Copied snapshots"
  enable_key_rotation = true
}

resource "aws_dlm_lifecycle_policy" "copy_rule_fault" {
  description        = "Daily snapshots of the shop with a copy"
  execution_role_arn = aws_iam_role.copy_rule.arn
  state              = "ENABLED"

  policy_details {
    resource_types = ["VOLUME"]
    target_tags    = { Backup = "daily" }
    schedule {
      name      = "shop-prod-daily"
      copy_tags = true
      create_rule {
        interval      = 24
        interval_unit = "HOURS"
        times         = ["23:45"]
      }
      retain_rule {
        count = 14
      }
      cross_region_copy_rule {
        target    = var.copy_rule_target
        encrypted = false
        copy_tags = true
        retain_rule {
          interval      = 30
          interval_unit = "DAYS"
        }
      }
    }
  }
}

# No copy, so nothing to encrypt: a snapshot has the encryption of its volume.
resource "aws_dlm_lifecycle_policy" "copy_rule_near" {
  description        = "Daily snapshots of the shop"
  execution_role_arn = aws_iam_role.copy_rule.arn
  state              = "ENABLED"

  policy_details {
    resource_types = ["VOLUME"]
    target_tags    = { Backup = "daily-local" }
    schedule {
      name      = "shop-prod-daily-local"
      copy_tags = true
      create_rule {
        interval      = 24
        interval_unit = "HOURS"
        times         = ["22:45"]
      }
      retain_rule {
        count = 14
      }
    }
  }
}
