# A development environment of Cloud9 is reached over SSH on a public address.
# Source: https://docs.aws.amazon.com/cloud9/latest/user-guide/ec2-ssm.html
# Fault at: aws_cloud9_environment_ec2.shell_fault
# Near miss at: aws_cloud9_environment_ec2.shell_near

resource "aws_cloud9_environment_ec2" "shell_fault" {
  name                        = "shop-prod-shell"
  instance_type               = "m5.large"
  image_id                    = "amazonlinux-2023-x86_64"
  automatic_stop_time_minutes = 30
  subnet_id                   = aws_subnet.public_a.id
  connection_type             = "CONNECT_SSH"
}

resource "aws_cloud9_environment_ec2" "shell_near" {
  name                        = "shop-prod-desk"
  instance_type               = "m5.large"
  image_id                    = "amazonlinux-2023-x86_64"
  automatic_stop_time_minutes = 30
  subnet_id                   = aws_subnet.private_a.id
  connection_type             = "CONNECT_SSM"
}
