# A foreign account can reach the search domain through its own VPC endpoint.
# Source: https://docs.aws.amazon.com/opensearch-service/latest/developerguide/vpc-interface-endpoints.html
# Fault at: aws_opensearch_authorize_vpc_endpoint_access.authorize_fault
# Near miss at: aws_opensearch_authorize_vpc_endpoint_access.authorize_near

resource "aws_opensearch_authorize_vpc_endpoint_access" "authorize_fault" {
  domain_name = "shop-prod-search"
  account     = var.partner_account_id
}

resource "aws_opensearch_authorize_vpc_endpoint_access" "authorize_near" {
  domain_name = "shop-prod-search"
  account     = aws_organizations_account.recovery.id
}
