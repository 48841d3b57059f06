# The file server also speaks FTP, which sends passwords in clear.
# Source: Transfer.2
# Fault at: aws_transfer_server.ftp_fault
# Near miss at: aws_transfer_server.ftp_near

resource "aws_transfer_server" "ftp_fault" {
  domain                      = "S3"
  endpoint_type               = "VPC"
  protocols                   = ["FTPS", "FTP"]
  certificate                 = aws_acm_certificate.cdn.arn
  identity_provider_type      = "AWS_LAMBDA"
  function                    = aws_lambda_function.work.arn
  security_policy_name        = "TransferSecurityPolicy-2024-01"
  logging_role                = aws_iam_role.work_exec.arn
  structured_log_destinations = ["${aws_cloudwatch_log_group.work.arn}:*"]
  endpoint_details {
    vpc_id             = aws_vpc.work.id
    subnet_ids         = [aws_subnet.work_a.id, aws_subnet.work_b.id]
    security_group_ids = [aws_security_group.work_app.id]
  }
  tags = { Name = "shop-prod-ftp-fault" }
}

# FTPS is FTP inside TLS.
resource "aws_transfer_server" "ftp_near" {
  domain                      = "S3"
  endpoint_type               = "VPC"
  protocols                   = ["FTPS"]
  certificate                 = aws_acm_certificate.cdn.arn
  identity_provider_type      = "AWS_LAMBDA"
  function                    = aws_lambda_function.work.arn
  security_policy_name        = "TransferSecurityPolicy-2024-01"
  logging_role                = aws_iam_role.work_exec.arn
  structured_log_destinations = ["${aws_cloudwatch_log_group.work.arn}:*"]
  endpoint_details {
    vpc_id             = aws_vpc.work.id
    subnet_ids         = [aws_subnet.work_a.id, aws_subnet.work_b.id]
    security_group_ids = [aws_security_group.work_app.id]
  }
  tags = { Name = "shop-prod-ftp-near" }
}
