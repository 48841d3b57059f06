# A role of a foreign account gets a grant with which it can make further grants.
# Source: https://docs.aws.amazon.com/kms/latest/developerguide/grants.html
# Fault at: aws_kms_grant.grant_fault
# Near miss at: aws_kms_grant.grant_near

resource "aws_kms_grant" "grant_fault" {
  name              = "shop-prod-orders-a"
  key_id            = "3f1c2b6e-8c0c-4a4b-9a53-0c3b1f2f7a01"
  grantee_principal = "arn:aws:iam::${var.partner_account_id}:role/shop-prod-orders"
  operations        = ["Decrypt", "DescribeKey", "CreateGrant"]
}

resource "aws_kms_grant" "grant_near" {
  name              = "shop-prod-orders-b"
  key_id            = "3f1c2b6e-8c0c-4a4b-9a53-0c3b1f2f7a01"
  grantee_principal = "arn:aws:iam::${var.account_id}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"
  operations        = ["Decrypt", "DescribeKey", "CreateGrant"]
}
