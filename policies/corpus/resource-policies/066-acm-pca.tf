# A foreign account can have subordinate certificate authorities signed by ours.
# Source: https://docs.aws.amazon.com/privateca/latest/userguide/pca-rbp.html
# Fault at: aws_acmpca_policy.acm_pca_fault
# Near miss at: aws_acmpca_policy.acm_pca_near

resource "aws_acmpca_policy" "acm_pca_fault" {
  resource_arn = "arn:aws:acm-pca:${var.region}:${var.account_id}:certificate-authority/5f1c2b6e-8c0c-4a4b-9a53-0c3b1f2f7a01"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { AWS = "999988887777" }
        Action    = "acm-pca:IssueCertificate"
        Resource  = "arn:aws:acm-pca:${var.region}:${var.account_id}:certificate-authority/5f1c2b6e-8c0c-4a4b-9a53-0c3b1f2f7a01"
        Condition = { StringLike = { "acm-pca:TemplateArn" = "arn:aws:acm-pca:::template/*" } }
      }
    ]
  })
}

resource "aws_acmpca_policy" "acm_pca_near" {
  resource_arn = "arn:aws:acm-pca:${var.region}:${var.account_id}:certificate-authority/5f1c2b6e-8c0c-4a4b-9a53-0c3b1f2f7a02"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { AWS = "*" }
        Action    = "acm-pca:IssueCertificate"
        Resource  = "arn:aws:acm-pca:${var.region}:${var.account_id}:certificate-authority/5f1c2b6e-8c0c-4a4b-9a53-0c3b1f2f7a02"
        Condition = {
          StringEquals = {
            "acm-pca:TemplateArn" = "arn:aws:acm-pca:::template/EndEntityCertificate/V1"
            "aws:PrincipalOrgID"  = var.org_id
          }
        }
      }
    ]
  })
}
