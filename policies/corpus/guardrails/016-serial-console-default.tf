# The serial console of all instances is opened because the argument defaults to true.
# Source: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ec2_serial_console_access, https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configure-access-to-serial-console.html
# Fault at: aws_ec2_serial_console_access.serial_console_default_fault
# Near miss at: aws_ec2_serial_console_access.serial_console_default_near

resource "aws_ec2_serial_console_access" "serial_console_default_fault" {
}

resource "aws_ec2_serial_console_access" "serial_console_default_near" {
  enabled = false
}
