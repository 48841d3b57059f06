# The account's default for new instances does not ask for version 2 of the metadata service.
# Source: EC2.8, https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-IMDS-new-instances.html#set-imdsv2-account-defaults
# Fault at: aws_ec2_instance_metadata_defaults.imdsdef_fault
# Near miss at: aws_ec2_instance_metadata_defaults.imdsdef_near

resource "aws_ec2_instance_metadata_defaults" "imdsdef_fault" {
  http_endpoint               = "enabled"
  http_tokens                 = "optional"
  http_put_response_hop_limit = 1
}

# Hop limit 2 is what AWS recommends for hosts of containers; the default for tags is left alone.
resource "aws_ec2_instance_metadata_defaults" "imdsdef_near" {
  http_endpoint               = "enabled"
  http_tokens                 = "required"
  http_put_response_hop_limit = 2
  instance_metadata_tags      = "no-preference"
}
