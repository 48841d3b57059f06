# A comparison with an ARN that AWS computes leaves a disk unencrypted.
# Source: CKV_AWS_3, EC2.3
# Fault at: aws_ebs_volume.cmp_fault
# Near miss at: aws_ebs_volume.cmp_near

resource "aws_kms_key" "cmp" {
  description             = "Disks"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

resource "aws_ebs_volume" "cmp_fault" {
  availability_zone = "${var.region}a"
  size              = 40
  type              = "gp3"
  encrypted         = aws_kms_key.cmp.arn == ""

  tags = { Name = "shop-prod-cmp-a" }
}

resource "aws_ebs_volume" "cmp_near" {
  availability_zone = "${var.region}a"
  size              = 40
  type              = "gp3"
  encrypted         = aws_kms_key.cmp.description != ""
  kms_key_id        = aws_kms_key.cmp.arn

  tags = { Name = "shop-prod-cmp-b" }
}
