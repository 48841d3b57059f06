# The collection can be reached from the internet, because the second rule of its network policy is public.
# Source: https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-network.html
# Fault at: aws_opensearchserverless_security_policy.aoss_fault
# Near miss at: aws_opensearchserverless_security_policy.aoss_near

resource "aws_opensearchserverless_security_policy" "aoss_fault" {
  name        = "shop-prod-vectors-a"
  type        = "network"
  description = "Who reaches the vectors."
  policy = jsonencode([
    {
      Description     = "Applications in the VPC"
      Rules           = [{ ResourceType = "collection", Resource = ["collection/shop-prod-vectors-a"] }]
      AllowFromPublic = false
      SourceVPCEs     = ["vpce-0a1b2c3d4e5f60718"]
    },
    {
      Description     = "Dashboards"
      Rules           = [{ ResourceType = "dashboard", Resource = ["collection/shop-prod-*"] }, { ResourceType = "collection", Resource = ["collection/shop-prod-*"] }]
      AllowFromPublic = true
    }
  ])
}

resource "aws_opensearchserverless_security_policy" "aoss_near" {
  name        = "shop-prod-vectors-b"
  type        = "network"
  description = "Who reaches the vectors."
  policy = jsonencode([
    {
      Description     = "Applications in the VPC"
      Rules           = [{ ResourceType = "collection", Resource = ["collection/shop-prod-vectors-b"] }]
      AllowFromPublic = false
      SourceVPCEs     = ["vpce-0a1b2c3d4e5f60718"]
    },
    {
      Description     = "Bedrock"
      Rules           = [{ ResourceType = "collection", Resource = ["collection/shop-prod-vectors-b"] }]
      AllowFromPublic = false
      SourceServices  = ["bedrock.amazonaws.com"]
    }
  ])
}
