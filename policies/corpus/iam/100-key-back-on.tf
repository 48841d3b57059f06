# The change switches an old access key on again.
# Source: CIS AWS 1.13, Security Hub IAM.3
# Fault at: aws_iam_access_key.again_fault
# Near miss at: aws_iam_access_key.again_near

# Exists before: see before/main.tf.
resource "aws_iam_access_key" "again_fault" {
  user   = "shop-prod-importer"
  status = "Active"
}

resource "aws_iam_access_key" "again_near" {
  user   = "shop-prod-exporter"
  status = "Inactive"
}
