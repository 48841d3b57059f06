# The policy of the file system looks as if it required TLS but its condition is never true.
# Source: EFS (aws:SecureTransport), https://docs.aws.amazon.com/efs/latest/ug/efs-enforce-tls.html
# Fault at: aws_efs_file_system_policy.clients_fault
# Near miss at: aws_efs_file_system_policy.clients_near

resource "aws_kms_key" "clients" {
  description         = "Files of clients"
  enable_key_rotation = true
}

resource "aws_efs_file_system" "clients" {
  for_each       = toset(["one", "two"])
  creation_token = "shop-prod-clients-${each.key}"
  encrypted      = true
  kms_key_id     = aws_kms_key.clients.arn
}

resource "aws_efs_file_system_policy" "clients_fault" {
  file_system_id = aws_efs_file_system.clients["one"].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Mount"
        Effect    = "Allow"
        Principal = { AWS = "*" }
        Action    = ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"]
        Condition = { Bool = { "elasticfilesystem:AccessedViaMountTarget" = "true" } }
      },
      {
        Sid       = "RequireTls"
        Effect    = "Deny"
        Principal = { AWS = "*" }
        Action    = "*"
        Condition = { Null = { "aws:SecureTransport" = "true" } }
      }
    ]
  })
}

# What the console of EFS proposes.
resource "aws_efs_file_system_policy" "clients_near" {
  file_system_id = aws_efs_file_system.clients["two"].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Mount"
        Effect    = "Allow"
        Principal = { AWS = "*" }
        Action    = ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"]
        Condition = { Bool = { "elasticfilesystem:AccessedViaMountTarget" = "true" } }
      },
      {
        Sid       = "RequireTls"
        Effect    = "Deny"
        Principal = { AWS = "*" }
        Action    = "*"
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }
    ]
  })
}
