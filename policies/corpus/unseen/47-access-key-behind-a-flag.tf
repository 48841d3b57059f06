# A flag that is on by default creates an access key of an IAM user.
# Source: IAM.22, CIS 1.13, https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html
# Fault at: aws_iam_access_key.flag_key_fault[0]
# Near miss at: aws_iam_role.flag_key_near[0]

variable "flag_key_break_glass" {
  description = "Whether there is a way in for emergencies."
  type        = bool
  default     = true
}

resource "aws_iam_access_key" "flag_key_fault" {
  count  = var.flag_key_break_glass ? 1 : 0
  user   = "shop-prod-operator"
  status = "Active"
}

data "aws_iam_policy_document" "flag_key" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ssm.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "flag_key_near" {
  count              = var.flag_key_break_glass ? 1 : 0
  name               = "shop-prod-flag-key"
  assume_role_policy = data.aws_iam_policy_document.flag_key.json
}
