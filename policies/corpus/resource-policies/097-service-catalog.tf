# A foreign account can launch the products of our portfolio.
# Source: https://docs.aws.amazon.com/servicecatalog/latest/adminguide/catalogs_portfolios_sharing.html
# Fault at: aws_servicecatalog_portfolio_share.portfolio_fault
# Near miss at: aws_servicecatalog_portfolio_share.portfolio_near

resource "aws_servicecatalog_portfolio_share" "portfolio_fault" {
  portfolio_id = "port-a1b2c3d4e5f6g"
  type         = "ACCOUNT"
  principal_id = var.partner_account_id
}

resource "aws_servicecatalog_portfolio_share" "portfolio_near" {
  portfolio_id = "port-a1b2c3d4e5f6g"
  type         = "ORGANIZATIONAL_UNIT"
  principal_id = "arn:aws:organizations::${var.account_id}:ou/${var.org_id}/ou-ab12-11111111"
}
