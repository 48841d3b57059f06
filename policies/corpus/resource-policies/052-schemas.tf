# Everybody can read and change the schemas of the registry.
# Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-schema-registry.html
# Fault at: aws_schemas_registry_policy.schemas_fault
# Near miss at: aws_schemas_registry_policy.schemas_near

resource "aws_schemas_registry_policy" "schemas_fault" {
  registry_name = "shop-prod-schemas-a"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { AWS = "*" }
        Action    = "schemas:*"
        Resource  = "arn:aws:schemas:${var.region}:${var.account_id}:registry/shop-prod-schemas-a"
        Condition = { DateGreaterThan = { "aws:CurrentTime" = "2020-01-01T00:00:00Z" } }
      }
    ]
  })
}

resource "aws_schemas_registry_policy" "schemas_near" {
  registry_name = "shop-prod-schemas-b"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { AWS = "*" }
        Action    = ["schemas:DescribeSchema", "schemas:ListSchemas"]
        Resource  = "arn:aws:schemas:${var.region}:${var.account_id}:registry/shop-prod-schemas-b"
        Condition = { StringEquals = { "aws:PrincipalOrgID" = var.org_id } }
      }
    ]
  })
}
