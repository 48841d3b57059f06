# The search collection keeps no copies in a second zone.
# Source: https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-overview.html
# Fault at: aws_opensearchserverless_collection.standby_fault
# Near miss at: aws_opensearchserverless_collection.standby_near

resource "aws_opensearchserverless_collection" "standby_fault" {
  name             = "shop-prod-find-one"
  type             = "SEARCH"
  standby_replicas = "DISABLED"
}

resource "aws_opensearchserverless_collection" "standby_near" {
  name             = "shop-prod-find"
  type             = "SEARCH"
  standby_replicas = "ENABLED"
}
