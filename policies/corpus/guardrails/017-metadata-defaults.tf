# The account lets new instances answer metadata requests without a token.
# Source: EC2.8, EC2.170, CKV_AWS_79
# Fault at: aws_ec2_instance_metadata_defaults.metadata_defaults_fault
# Near miss at: aws_ec2_instance_metadata_defaults.metadata_defaults_near

resource "aws_ec2_instance_metadata_defaults" "metadata_defaults_fault" {
  http_endpoint               = "enabled"
  http_tokens                 = "optional"
  http_put_response_hop_limit = 1
}

resource "aws_ec2_instance_metadata_defaults" "metadata_defaults_near" {
  http_endpoint               = "enabled"
  http_tokens                 = "required"
  http_put_response_hop_limit = 2
}
