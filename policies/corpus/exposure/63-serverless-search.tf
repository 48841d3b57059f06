# The network policy of a serverless search collection lets the internet in, in its second rule.
# Source: https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-network.html
# Fault at: aws_opensearchserverless_security_policy.collection_fault
# Near miss at: aws_opensearchserverless_security_policy.collection_near

resource "aws_opensearchserverless_vpc_endpoint" "search" {
  name               = "shop-prod-search"
  vpc_id             = aws_vpc.shop.id
  subnet_ids         = [aws_subnet.private_a.id]
  security_group_ids = [aws_security_group.app.id]
}

resource "aws_opensearchserverless_security_policy" "collection_fault" {
  name = "shop-prod-search"
  type = "network"
  policy = jsonencode([
    {
      Description     = "From the VPC"
      Rules           = [{ ResourceType = "collection", Resource = ["collection/shop-prod-search"] }]
      AllowFromPublic = false
      SourceVPCEs     = ["vpce-0123456789abcdef0"]
    },
    {
      Description     = "Dashboards"
      Rules           = [{ ResourceType = "collection", Resource = ["collection/shop-prod-*"] }]
      AllowFromPublic = true
    }
  ])
}

resource "aws_opensearchserverless_security_policy" "collection_near" {
  name = "shop-prod-catalogue"
  type = "network"
  policy = jsonencode([
    {
      Description     = "From the VPC, not AllowFromPublic"
      Rules           = [{ ResourceType = "collection", Resource = ["collection/shop-prod-catalogue"] }]
      AllowFromPublic = false
      SourceVPCEs     = ["vpce-0123456789abcdef0"]
    }
  ])
}
