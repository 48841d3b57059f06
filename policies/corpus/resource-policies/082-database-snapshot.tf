# Every AWS account can restore our database snapshot.
# Source: RDS.1
# Fault at: aws_db_snapshot_copy.dbsnap_fault
# Near miss at: aws_db_snapshot_copy.dbsnap_near

resource "aws_db_snapshot_copy" "dbsnap_fault" {
  source_db_snapshot_identifier = "arn:aws:rds:${var.region}:${var.account_id}:snapshot:shop-prod-orders"
  target_db_snapshot_identifier = "shop-prod-orders-a"
  shared_accounts               = ["all"]
}

resource "aws_db_snapshot_copy" "dbsnap_near" {
  source_db_snapshot_identifier = "arn:aws:rds:${var.region}:${var.account_id}:snapshot:shop-prod-orders"
  target_db_snapshot_identifier = "shop-prod-orders-b"
  shared_accounts               = [aws_organizations_account.recovery.id]
}
