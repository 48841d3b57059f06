# The serverless collections are encrypted with a key that AWS owns.
# Source: https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-encryption.html
# Fault at: aws_opensearchserverless_security_policy.collections_fault
# Near miss at: aws_opensearchserverless_security_policy.collections_near

resource "aws_kms_key" "collections" {
  description         = "Collections"
  enable_key_rotation = true
}

resource "aws_opensearchserverless_security_policy" "collections_fault" {
  name        = "shop-prod-vectors"
  description = "Encryption of the vectors"
  type        = "encryption"
  policy = jsonencode({
    Rules       = [{ ResourceType = "collection", Resource = ["collection/shop-prod-vectors"] }]
    AWSOwnedKey = true
  })
}

resource "aws_opensearchserverless_security_policy" "collections_near" {
  name        = "shop-prod-texts"
  description = "Encryption of the texts"
  type        = "encryption"
  policy = jsonencode({
    Rules       = [{ ResourceType = "collection", Resource = ["collection/shop-prod-texts"] }]
    AWSOwnedKey = false
    KmsARN      = aws_kms_key.collections.arn
  })
}
