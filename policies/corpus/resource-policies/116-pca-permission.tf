# A foreign account can have certificates issued through Certificate Manager by our authority.
# Source: https://docs.aws.amazon.com/privateca/latest/userguide/assign-permissions.html
# Fault at: aws_acmpca_permission.issue_fault
# Near miss at: aws_acmpca_permission.issue_near

resource "aws_acmpca_permission" "issue_fault" {
  certificate_authority_arn = "arn:aws:acm-pca:${var.region}:${var.account_id}:certificate-authority/5f1c2b6e-8c0c-4a4b-9a53-0c3b1f2f7a01"
  actions                   = ["IssueCertificate", "GetCertificate", "ListPermissions"]
  principal                 = "acm.amazonaws.com"
  source_account            = var.partner_account_id
}

resource "aws_acmpca_permission" "issue_near" {
  certificate_authority_arn = "arn:aws:acm-pca:${var.region}:${var.account_id}:certificate-authority/5f1c2b6e-8c0c-4a4b-9a53-0c3b1f2f7a01"
  actions                   = ["IssueCertificate", "GetCertificate", "ListPermissions"]
  principal                 = "acm.amazonaws.com"
  source_account            = var.account_id
}
