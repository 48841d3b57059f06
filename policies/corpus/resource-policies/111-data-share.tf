# A foreign account gets the data share of our warehouse, with writes.
# Source: https://docs.aws.amazon.com/redshift/latest/dg/across-account.html
# Fault at: aws_redshift_data_share_authorization.share_fault
# Near miss at: aws_redshift_data_share_authorization.share_near

resource "aws_redshift_data_share_authorization" "share_fault" {
  data_share_arn      = "arn:aws:redshift:${var.region}:${var.account_id}:datashare:5f1c2b6e-8c0c-4a4b-9a53-0c3b1f2f7a01/shop_prod_sales"
  consumer_identifier = var.partner_account_id
  allow_writes        = true
}

resource "aws_redshift_data_share_authorization" "share_near" {
  data_share_arn      = "arn:aws:redshift:${var.region}:${var.account_id}:datashare:5f1c2b6e-8c0c-4a4b-9a53-0c3b1f2f7a01/shop_prod_sales"
  consumer_identifier = "DataCatalog/${var.account_id}"
}
