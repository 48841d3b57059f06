# The lock of the archive is never completed, so that it ends after a day.
# Source: https://docs.aws.amazon.com/amazonglacier/latest/dev/vault-lock.html
# Fault at: aws_glacier_vault_lock.glacier_lock_open_fault
# Near miss at: aws_glacier_vault_lock.glacier_lock_open_near

resource "aws_glacier_vault_lock" "glacier_lock_open_fault" {
  vault_name    = "shop-prod-orders"
  complete_lock = false
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Keep"
      Effect    = "Deny"
      Principal = "*"
      Action    = "glacier:DeleteArchive"
      Resource  = "arn:aws:glacier:*:*:vaults/shop-prod-orders"
      Condition = { NumericLessThan = { "glacier:ArchiveAgeInDays" = "2557" } }
    }]
  })
}

resource "aws_glacier_vault_lock" "glacier_lock_open_near" {
  vault_name    = "shop-prod-billing"
  complete_lock = true
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Keep"
      Effect    = "Deny"
      Principal = "*"
      Action    = "glacier:DeleteArchive"
      Resource  = "arn:aws:glacier:*:*:vaults/shop-prod-billing"
      Condition = { NumericLessThan = { "glacier:ArchiveAgeInDays" = "2557" } }
    }]
  })
}
