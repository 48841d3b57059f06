# The file system's data lie in one zone and are gone with it.
# Source: https://docs.aws.amazon.com/efs/latest/ug/availability-durability.html
# Fault at: aws_efs_file_system.efsone_fault
# Near miss at: aws_efs_file_system.efsone_near

resource "aws_efs_file_system" "efsone_fault" {
  encrypted              = true
  kms_key_id             = aws_kms_key.work.arn
  availability_zone_name = "${var.region}a"
  tags                   = { Name = "shop-prod-media-one" }
}

resource "aws_efs_backup_policy" "efsone_fault" {
  file_system_id = aws_efs_file_system.efsone_fault.id
  backup_policy { status = "ENABLED" }
}

# Regional; only files that nobody reads move to the infrequent class.
resource "aws_efs_file_system" "efsone_near" {
  encrypted  = true
  kms_key_id = aws_kms_key.work.arn
  lifecycle_policy {
    transition_to_ia = "AFTER_30_DAYS"
  }
  tags = { Name = "shop-prod-media" }
}

resource "aws_efs_backup_policy" "efsone_near" {
  file_system_id = aws_efs_file_system.efsone_near.id
  backup_policy { status = "ENABLED" }
}
