# Snapshots of the account may be shared with everybody again.
# Source: EC2.182, EC2.1
# Fault at: aws_ebs_snapshot_block_public_access.snapshot_public_sharing_fault
# Near miss at: aws_ebs_snapshot_block_public_access.snapshot_public_sharing_near

resource "aws_ebs_snapshot_block_public_access" "snapshot_public_sharing_fault" {
  state = "unblocked"
}

resource "aws_ebs_snapshot_block_public_access" "snapshot_public_sharing_near" {
  state = "block-all-sharing"
}
