# Snapshots of a database and a disk are given to everybody and to a foreign account.
# Source: RDS.1, EC2.1, CKV_AWS_302
# Fault at: aws_db_snapshot.shared_fault
# Fault at: aws_db_cluster_snapshot.shared_fault
# Fault at: aws_snapshot_create_volume_permission.shared_fault
# Near miss at: aws_db_snapshot.shared_near

resource "aws_ebs_volume" "ledger" {
  availability_zone = "${var.region}a"
  size              = 20
  encrypted         = true
  kms_key_id        = aws_kms_key.shop.arn
}

resource "aws_ebs_snapshot" "ledger" {
  volume_id = aws_ebs_volume.ledger.id
}

resource "aws_db_snapshot" "shared_fault" {
  db_instance_identifier = aws_db_instance.ledger.identifier
  db_snapshot_identifier = "shop-prod-ledger-handover"
  shared_accounts        = ["all"]
}

resource "aws_db_cluster_snapshot" "shared_fault" {
  db_cluster_identifier          = aws_rds_cluster.invoices.cluster_identifier
  db_cluster_snapshot_identifier = "shop-prod-invoices-handover"
  shared_accounts                = ["all"]
}

resource "aws_snapshot_create_volume_permission" "shared_fault" {
  snapshot_id = aws_ebs_snapshot.ledger.id
  account_id  = "999988887777"
}

resource "aws_db_snapshot" "shared_near" {
  db_instance_identifier = aws_db_instance.ledger.identifier
  db_snapshot_identifier = "shop-prod-ledger-before-upgrade"
}
