# Copies of the warehouse's snapshots in the other Region are encrypted with AWS's key.
# Source: https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-snapshots.html, CKV_AWS_64 (related)
# Warns: the approvers decide
# Fault at: aws_redshift_snapshot_copy_grant.grant_fault
# Near miss at: aws_redshift_snapshot_copy_grant.grant_near

resource "aws_kms_key" "grant" {
  description         = "Warehouse copies"
  enable_key_rotation = true
}

resource "aws_redshift_snapshot_copy_grant" "grant_fault" {
  snapshot_copy_grant_name = "shop-prod-warehouse"
}

resource "aws_redshift_snapshot_copy_grant" "grant_near" {
  snapshot_copy_grant_name = "shop-prod-reports"
  kms_key_id               = aws_kms_key.grant.arn
}
