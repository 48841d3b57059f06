# The policy of the backup vault lets everybody except one role delete backups.
# Source: https://docs.aws.amazon.com/aws-backup/latest/devguide/create-a-vault-access-policy.html
# Fault at: aws_backup_vault_policy.vault_policy_hollow_fault
# Near miss at: aws_backup_vault_policy.vault_policy_hollow_near

resource "aws_backup_vault_policy" "vault_policy_hollow_fault" {
  backup_vault_name = "shop-prod-orders"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Keep"
      Effect    = "Deny"
      Principal = { AWS = "*" }
      Action    = ["backup:DeleteRecoveryPoint", "backup:UpdateRecoveryPointLifecycle", "backup:PutBackupVaultAccessPolicy"]
      Resource  = "*"
      Condition = { ArnEquals = { "aws:PrincipalArn" = "arn:aws:iam::*:role/shop-prod-nobody" } }
    }]
  })
}

resource "aws_backup_vault_policy" "vault_policy_hollow_near" {
  backup_vault_name = "shop-prod-billing"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Keep"
      Effect    = "Deny"
      Principal = "*"
      Action    = ["backup:DeleteRecoveryPoint", "backup:UpdateRecoveryPointLifecycle", "backup:PutBackupVaultAccessPolicy"]
      Resource  = "*"
      Condition = { ArnNotEquals = { "aws:PrincipalArn" = "arn:aws:iam::*:role/shop-prod-break-glass" } }
    }]
  })
}
