# A foreign account can restore the snapshot of our warehouse.
# Source: https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-snapshots-recovery-points.html
# Fault at: aws_redshiftserverless_resource_policy.redshift_snapshot_fault
# Near miss at: aws_redshiftserverless_resource_policy.redshift_snapshot_near

resource "aws_redshiftserverless_resource_policy" "redshift_snapshot_fault" {
  resource_arn = "arn:aws:redshift-serverless:${var.region}:${var.account_id}:snapshot/5f1c2b6e-8c0c-4a4b-9a53-0c3b1f2f7a01"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { AWS = ["999988887777"] }
        Action    = ["redshift-serverless:RestoreFromSnapshot"]
        Resource  = "arn:aws:redshift-serverless:${var.region}:${var.account_id}:snapshot/5f1c2b6e-8c0c-4a4b-9a53-0c3b1f2f7a01"
      }
    ]
  })
}

resource "aws_redshiftserverless_resource_policy" "redshift_snapshot_near" {
  resource_arn = "arn:aws:redshift-serverless:${var.region}:${var.account_id}:snapshot/5f1c2b6e-8c0c-4a4b-9a53-0c3b1f2f7a02"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { AWS = [var.account_id] }
        Action    = ["redshift-serverless:RestoreFromSnapshot"]
        Resource  = "arn:aws:redshift-serverless:${var.region}:${var.account_id}:snapshot/5f1c2b6e-8c0c-4a4b-9a53-0c3b1f2f7a02"
      }
    ]
  })
}
