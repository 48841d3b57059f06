# An item of a table contains a session token of an administrator.
# Source: https://attack.mitre.org/techniques/T1552/
# Fault at: aws_dynamodb_table_item.secddb_fault
# Near miss at: aws_dynamodb_table_item.secddb_near

resource "aws_dynamodb_table_item" "secddb_fault" {
  table_name = "shop-prod-settings"
  hash_key   = "id"
  item       = jsonencode({ id = { S = "partner" }, v = { S = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJzaG9wLXByb2QiLCJyb2xlIjoiYWRtaW4iLCJpYXQiOjE3MTgwMDAwMDB9.dT0bVLHTtZmFFhUGE8xpUdymCxiHkCu0jQeXGUpN5I7" } })
}

resource "aws_dynamodb_table_item" "secddb_near" {
  table_name = "shop-prod-settings"
  hash_key   = "id"
  item       = jsonencode({ id = { S = "partner" }, tokenTtl = { N = "3600" }, jwksUri = { S = "https://login.example.com/jwks.json" } })
}
