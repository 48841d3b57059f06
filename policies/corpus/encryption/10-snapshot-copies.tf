# Copies of a snapshot and of an image are made without encryption.
# Source: CKV_AWS_235, CKV_AWS_236
# Fault at: aws_ebs_snapshot_copy.copies_fault
# Fault at: aws_ami_copy.copies_fault
# Near miss at: aws_ebs_snapshot_copy.copies_near

variable "copies_image" {
  description = "Base image of the shop."
  type        = string
  default     = "ami-0a1b2c3d4e5f60718"
}

resource "aws_kms_key" "copies" {
  description         = "Copies of snapshots"
  enable_key_rotation = true
}

resource "aws_ebs_snapshot_copy" "copies_fault" {
  source_snapshot_id = "snap-0a1b2c3d4e5f60718"
  source_region      = var.region
  description        = "Copy for the recovery site"
  encrypted          = null
  tags               = { Name = "shop-prod-copy" }
}

resource "aws_ami_copy" "copies_fault" {
  name              = "shop-prod-base"
  description       = "Copy of the base image"
  source_ami_id     = var.copies_image
  source_ami_region = var.region
}

resource "aws_ebs_snapshot_copy" "copies_near" {
  source_snapshot_id = "snap-0a1b2c3d4e5f60719"
  source_region      = var.region
  description        = "Copy for the recovery site"
  encrypted          = true
  kms_key_id         = aws_kms_key.copies.arn
  tags               = { Name = "shop-prod-copy-encrypted" }
}
