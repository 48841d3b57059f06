# Everybody in the organization can delete repositories and replace the policy of the package domain.
# Source: https://docs.aws.amazon.com/codeartifact/latest/ug/domain-policies.html
# Fault at: aws_codeartifact_domain_permissions_policy.codeartifact_domain_fault
# Near miss at: aws_codeartifact_domain_permissions_policy.codeartifact_domain_near

resource "aws_codeartifact_domain_permissions_policy" "codeartifact_domain_fault" {
  domain = "shop-prod-a"
  policy_document = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = "*"
        Action    = ["codeartifact:GetAuthorizationToken", "codeartifact:DeleteRepository", "codeartifact:PutDomainPermissionsPolicy"]
        Resource  = "*"
        Condition = { StringEquals = { "aws:PrincipalOrgID" = var.org_id } }
      }
    ]
  })
}

resource "aws_codeartifact_domain_permissions_policy" "codeartifact_domain_near" {
  domain = "shop-prod-b"
  policy_document = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = "*"
        Action    = ["codeartifact:GetAuthorizationToken", "codeartifact:ReadFromRepository", "codeartifact:DescribeDomain"]
        Resource  = "*"
        Condition = { StringEquals = { "aws:PrincipalOrgID" = var.org_id } }
      }
    ]
  })
}
