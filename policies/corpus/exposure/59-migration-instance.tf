# An instance that copies databases has a public address.
# Source: DMS.1, CKV_AWS_89
# Fault at: aws_dms_replication_instance.public_fault
# Near miss at: aws_dms_replication_instance.public_near

resource "aws_dms_replication_instance" "public_fault" {
  replication_instance_id    = "shop-prod-move"
  replication_instance_class = "dms.r5.large"
  allocated_storage          = 100
  kms_key_arn                = aws_kms_key.shop.arn
  multi_az                   = true
  auto_minor_version_upgrade = true
  publicly_accessible        = true
  vpc_security_group_ids     = [aws_security_group.app.id]
}

resource "aws_dms_replication_instance" "public_near" {
  replication_instance_id    = "shop-prod-sync"
  replication_instance_class = "dms.r5.large"
  allocated_storage          = 100
  kms_key_arn                = aws_kms_key.shop.arn
  multi_az                   = true
  auto_minor_version_upgrade = true
  publicly_accessible        = false
  vpc_security_group_ids     = [aws_security_group.app.id]
}
