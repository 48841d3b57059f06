# A user gets an access key that never expires.
# Source: CKV_AWS_273, Security Hub IAM.22, CIS AWS 1.14
# Fault at: aws_iam_access_key.lasting_fault
# Near miss at: aws_iam_user.lasting_near

resource "aws_iam_access_key" "lasting_fault" {
  user = "shop-prod-mailer"
}

# A user without any credential: signs in by the company's directory, and is only a member of groups.
resource "aws_iam_user" "lasting_near" {
  name                 = "shop-prod-reader"
  force_destroy        = true
  permissions_boundary = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}
