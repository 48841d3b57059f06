# The account's shields against public snapshots and public images are switched off.
# Source: EC2.182, https://docs.aws.amazon.com/ebs/latest/userguide/block-public-access-snapshots.html
# Fault at: aws_ebs_snapshot_block_public_access.shield_fault
# Fault at: aws_ec2_image_block_public_access.shield_fault
# Near miss at: aws_ebs_snapshot_block_public_access.shield_near
# Near miss at: aws_ec2_image_block_public_access.shield_near

resource "aws_ebs_snapshot_block_public_access" "shield_fault" {
  state = "unblocked"
}

resource "aws_ec2_image_block_public_access" "shield_fault" {
  state = "unblocked"
}

resource "aws_ebs_snapshot_block_public_access" "shield_near" {
  state = "block-all-sharing"
}

resource "aws_ec2_image_block_public_access" "shield_near" {
  state = "block-new-sharing"
}
