# Every AWS account can copy into the vault and read its recovery points, because the list of organizations ends with a wildcard.
# Source: https://docs.aws.amazon.com/aws-backup/latest/devguide/create-a-vault-access-policy.html
# Fault at: aws_backup_vault_policy.backup_vault_fault
# Near miss at: aws_backup_vault_policy.backup_vault_near

resource "aws_backup_vault_policy" "backup_vault_fault" {
  backup_vault_name = "shop-prod-vault-a"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = "*"
        Action    = ["backup:CopyIntoBackupVault", "backup:DescribeRecoveryPoint", "backup:StartRestoreJob"]
        Resource  = "*"
        Condition = { StringLike = { "aws:PrincipalOrgID" = [var.org_id, "*"] } }
      }
    ]
  })
}

resource "aws_backup_vault_policy" "backup_vault_near" {
  backup_vault_name = "shop-prod-vault-b"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = "*"
        Action    = ["backup:CopyIntoBackupVault"]
        Resource  = "*"
        Condition = { StringLike = { "aws:PrincipalOrgID" = [var.org_id, "o-z9y8x7w6v5"] } }
      }
    ]
  })
}
