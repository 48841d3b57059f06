# The volume loses the tag by which the backup plan finds it.
# Source: https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html
# Fault at: aws_ebs_volume.backup_tag_removed_fault
# Near miss at: aws_ebs_volume.backup_tag_removed_near

resource "aws_ebs_volume" "backup_tag_removed_fault" {
  availability_zone = "${var.region}a"
  size              = 100
  type              = "gp3"
  encrypted         = true
  kms_key_id        = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  tags = {
    Name = "shop-prod-orders"
  }
}

resource "aws_ebs_volume" "backup_tag_removed_near" {
  availability_zone = "${var.region}a"
  size              = 100
  type              = "gp3"
  encrypted         = true
  kms_key_id        = "arn:aws:kms:::key/11111111-2222-3333-4444-555555555555"
  tags = {
    Name   = "shop-prod-billing"
    Backup = "daily"
    Data   = "ledger"
  }
}

resource "aws_backup_selection" "backup_tag_removed_selection" {
  name         = "shop-prod-by-tag"
  plan_id      = "11111111-2222-3333-4444-555555555555"
  iam_role_arn = "arn:aws:iam:::role/shop-prod-backup"
  selection_tag {
    type  = "STRINGEQUALS"
    key   = "Backup"
    value = "daily"
  }
}
