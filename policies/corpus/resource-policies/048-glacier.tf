# Everybody can start retrievals from the archive vault.
# Source: CKV_AWS_167
# Fault at: aws_glacier_vault.glacier_fault
# Near miss at: aws_glacier_vault.glacier_near

resource "aws_glacier_vault" "glacier_fault" {
  name = "shop-prod-archive-a"
  access_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { AWS = "*" }
        Action    = ["glacier:InitiateJob", "glacier:GetJobOutput"]
        Resource  = "arn:aws:glacier:${var.region}:${var.account_id}:vaults/shop-prod-archive-a"
        Condition = { StringNotEquals = { "aws:PrincipalType" = "Anonymous" } }
      }
    ]
  })
}

resource "aws_glacier_vault" "glacier_near" {
  name = "shop-prod-archive-b"
  access_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Deny"
        Principal = { AWS = "*" }
        Action    = "glacier:DeleteArchive"
        Resource  = "arn:aws:glacier:${var.region}:${var.account_id}:vaults/shop-prod-archive-b"
        Condition = { NumericLessThan = { "glacier:ArchiveAgeInDays" = "365" } }
      }
    ]
  })
}
