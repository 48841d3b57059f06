# A server for file transfers is on the internet because its endpoint type is left out.
# Source: CKV_AWS_164, https://docs.aws.amazon.com/transfer/latest/userguide/create-server-in-vpc.html
# Warns: the approvers decide
# Fault at: aws_transfer_server.transfer_fault
# Near miss at: aws_transfer_server.transfer_near

resource "aws_transfer_server" "transfer_fault" {
  protocols              = ["SFTP"]
  identity_provider_type = "SERVICE_MANAGED"
  security_policy_name   = "TransferSecurityPolicy-2024-01"
  logging_role           = aws_iam_role.service.arn
}

resource "aws_transfer_server" "transfer_near" {
  protocols              = ["SFTP"]
  identity_provider_type = "SERVICE_MANAGED"
  security_policy_name   = "TransferSecurityPolicy-2024-01"
  logging_role           = aws_iam_role.service.arn
  endpoint_type          = "VPC"

  endpoint_details {
    vpc_id             = aws_vpc.shop.id
    subnet_ids         = [aws_subnet.private_a.id, aws_subnet.private_b.id]
    security_group_ids = [aws_security_group.app.id]
  }
}
