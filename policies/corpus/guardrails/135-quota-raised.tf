# The account may run ten thousand processors for accelerated computing.
# Source: https://docs.aws.amazon.com/servicequotas/latest/userguide/intro.html
# Warns: the approvers decide
# Fault at: aws_servicequotas_service_quota.quota_raised_fault
# Near miss at: aws_servicequotas_service_quota.quota_raised_near

resource "aws_servicequotas_service_quota" "quota_raised_fault" {
  service_code = "ec2"
  quota_code   = "L-417A185B"
  value        = 10000
}

resource "aws_servicequotas_service_quota" "quota_raised_near" {
  service_code = "ec2"
  quota_code   = "L-1216C47A"
  value        = 96
}
