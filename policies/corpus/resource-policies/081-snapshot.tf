# A foreign account can copy the disk snapshot of our database host.
# Source: EC2.1
# Fault at: aws_snapshot_create_volume_permission.snapshot_fault
# Near miss at: aws_snapshot_create_volume_permission.snapshot_near

resource "aws_ebs_snapshot" "database_host" {
  volume_id = "vol-0a1b2c3d4e5f60718"
}

resource "aws_organizations_account" "recovery" {
  name  = "shop-prod-recovery"
  email = "recovery@shop.example.com"
}

resource "aws_snapshot_create_volume_permission" "snapshot_fault" {
  snapshot_id = aws_ebs_snapshot.database_host.id
  account_id  = "999988887777"
}

resource "aws_snapshot_create_volume_permission" "snapshot_near" {
  snapshot_id = aws_ebs_snapshot.database_host.id
  account_id  = aws_organizations_account.recovery.id
}
