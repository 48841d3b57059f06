# A description tells the password of a shared login.
# Source: https://attack.mitre.org/techniques/T1552/
# Fault at: aws_iam_policy.secdesc_fault
# Near miss at: aws_iam_policy.secdesc_near

data "aws_iam_policy_document" "secdesc_doc" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["arn:aws:s3:::shop-prod-site/public/*"]
  }
}

resource "aws_iam_policy" "secdesc_fault" {
  name        = "shop-prod-secdesc-fault"
  description = "Reads the site. Grafana login: admin / password: gr4f-Zebra!99"
  policy      = data.aws_iam_policy_document.secdesc_doc.json
}

resource "aws_iam_policy" "secdesc_near" {
  name        = "shop-prod-secdesc-near"
  description = "Reads the site. The password of Grafana is in the secret shop-prod-grafana"
  policy      = data.aws_iam_policy_document.secdesc_doc.json
}
