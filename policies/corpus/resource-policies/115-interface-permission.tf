# A foreign account can attach our network interface to its instance.
# Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkInterfacePermission.html
# Fault at: aws_network_interface_permission.interface_fault
# Near miss at: aws_network_interface_permission.interface_near

resource "aws_network_interface_permission" "interface_fault" {
  network_interface_id = "eni-0a1b2c3d4e5f60718"
  aws_account_id       = var.partner_account_id
  permission           = "INSTANCE-ATTACH"
}

resource "aws_network_interface_permission" "interface_near" {
  network_interface_id = "eni-0a1b2c3d4e5f60718"
  aws_account_id       = aws_organizations_account.recovery.id
  permission           = "INSTANCE-ATTACH"
}
