# A foreign account can sign code that our functions trust.
# Source: https://docs.aws.amazon.com/signer/latest/developerguide/signing-profile-cross-account.html
# Fault at: aws_signer_signing_profile_permission.signer_fault
# Near miss at: aws_signer_signing_profile_permission.signer_near

resource "aws_signer_signing_profile_permission" "signer_fault" {
  profile_name = "shop_prod_lambda"
  action       = "signer:StartSigningJob"
  principal    = var.partner_account_id
}

resource "aws_signer_signing_profile_permission" "signer_near" {
  profile_name = "shop_prod_lambda"
  action       = "signer:StartSigningJob"
  principal    = "arn:aws:iam::${var.account_id}:role/shop-prod-release"
}
