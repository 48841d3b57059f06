# Snapshots of disks may be made public again in this account.
# Source: EC2.182
# Fault at: aws_ebs_snapshot_block_public_access.snapbpa_fault
# Near miss at: aws_ebs_snapshot_block_public_access.snapbpa_near

resource "aws_ebs_snapshot_block_public_access" "snapbpa_fault" {
  state = "unblocked"
}

resource "aws_ebs_snapshot_block_public_access" "snapbpa_near" {
  state = "block-all-sharing"
}
