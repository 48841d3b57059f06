# Everybody can start instances from our image.
# Source: CKV_AWS_205, EC2.1
# Fault at: aws_ami_launch_permission.image_fault
# Near miss at: aws_ami_launch_permission.image_near

resource "aws_ami_copy" "base" {
  name              = "shop-prod-base"
  source_ami_id     = "ami-0a1b2c3d4e5f60718"
  source_ami_region = var.region
  encrypted         = true
}

resource "aws_ami_launch_permission" "image_fault" {
  image_id = aws_ami_copy.base.id
  group    = "all"
}

resource "aws_ami_launch_permission" "image_near" {
  image_id         = aws_ami_copy.base.id
  organization_arn = "arn:aws:organizations::${var.account_id}:organization/${var.org_id}"
}
