# A copy of the database snapshot is shared with all AWS accounts.
# Source: RDS.1, Prowler rds_snapshots_public_access
# Fault at: aws_db_snapshot_copy.snap_fault
# Near miss at: aws_db_snapshot_copy.snap_near

resource "aws_db_snapshot_copy" "snap_fault" {
  source_db_snapshot_identifier = "shop-prod-orders-weekly"
  target_db_snapshot_identifier = "shop-prod-orders-all"
  kms_key_id                    = aws_kms_key.work.arn
  copy_tags                     = true
  shared_accounts               = ["all"]
}

# Shared with one account of the same organization, which this plan makes.
resource "aws_db_snapshot_copy" "snap_near" {
  source_db_snapshot_identifier = "shop-prod-orders-weekly"
  target_db_snapshot_identifier = "shop-prod-orders-audit"
  kms_key_id                    = aws_kms_key.work.arn
  copy_tags                     = true
  shared_accounts               = [aws_organizations_account.snap.id]
}

resource "aws_organizations_account" "snap" {
  name  = "shop-prod-audit"
  email = "audit@shop.example"
}
