# A machine image is shared with an account that is known only after the apply.
# Source: CKV_AWS_204, EC2 image sharing guide
# Fault at: aws_ami_launch_permission.ami_share_fault
# Near miss at: aws_ami_launch_permission.ami_share_near

resource "terraform_data" "ami_share" {
  input = "999988887777"
}

resource "aws_organizations_organizational_unit" "ami_share" {
  name      = "shop-prod-workloads"
  parent_id = "r-ab12"
}

variable "ami_share_image" {
  description = "The image."
  type        = string
  default     = "ami-0a1b2c3d4e5f60718"
}

resource "aws_ami_launch_permission" "ami_share_fault" {
  image_id   = var.ami_share_image
  account_id = terraform_data.ami_share.output
}

resource "aws_ami_launch_permission" "ami_share_near" {
  image_id                = var.ami_share_image
  organizational_unit_arn = aws_organizations_organizational_unit.ami_share.arn
}
