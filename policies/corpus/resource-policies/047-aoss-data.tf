# A role of a foreign account may do everything with the indexes of the collection.
# Source: https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-data-access.html
# Fault at: aws_opensearchserverless_access_policy.aossd_fault
# Near miss at: aws_opensearchserverless_access_policy.aossd_near

resource "aws_opensearchserverless_access_policy" "aossd_fault" {
  name = "shop-prod-vectors-a"
  type = "data"
  policy = jsonencode([{
    Rules = [
      { ResourceType = "index", Resource = ["index/shop-prod-vectors-a/*"], Permission = ["aoss:*"] }
    ]
    Principal = ["arn:aws:iam::${var.account_id}:role/shop-prod-search", "arn:aws:iam::999988887777:role/search"]
  }])
}

resource "aws_opensearchserverless_access_policy" "aossd_near" {
  name = "shop-prod-vectors-b"
  type = "data"
  policy = jsonencode([{
    Rules = [
      { ResourceType = "index", Resource = ["index/shop-prod-vectors-b/*"], Permission = ["aoss:ReadDocument", "aoss:WriteDocument"] }
    ]
    Principal = ["arn:aws:iam::${var.account_id}:role/shop-prod-search", "saml/${var.account_id}/shop-prod-sso/group/search"]
  }])
}
