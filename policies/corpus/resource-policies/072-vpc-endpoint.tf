# Workloads can send data to the buckets of every account but ours, because the endpoint policy negates the account.
# Source: https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
# Fault at: aws_vpc_endpoint_policy.vpc_endpoint_fault
# Near miss at: aws_vpc_endpoint_policy.vpc_endpoint_near

resource "aws_vpc_endpoint_policy" "vpc_endpoint_fault" {
  vpc_endpoint_id = "vpce-0a1b2c3d4e5f60718"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = "*"
        Action    = "s3:*"
        Resource  = "*"
        Condition = { StringNotEquals = { "aws:ResourceAccount" = var.account_id } }
      }
    ]
  })
}

resource "aws_vpc_endpoint_policy" "vpc_endpoint_near" {
  vpc_endpoint_id = "vpce-0a1b2c3d4e5f60719"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = "*"
        Action    = "*"
        Resource  = "*"
        Condition = {
          StringEquals = { "aws:PrincipalOrgID" = var.org_id, "aws:ResourceOrgID" = var.org_id }
        }
      }
    ]
  })
}
