# A resource share is given to a principal that is known only after the apply.
# Source: https://docs.aws.amazon.com/ram/latest/userguide/getting-started-sharing.html
# Fault at: aws_ram_principal_association.ram_unknown_fault
# Near miss at: aws_ram_principal_association.ram_unknown_near

resource "terraform_data" "ram_unknown" {
  input = "999988887777"
}

resource "aws_ram_resource_share" "ram_unknown" {
  name                      = "shop-prod-ram-unknown"
  allow_external_principals = false
}

resource "aws_organizations_organizational_unit" "ram_unknown" {
  name      = "shop-prod-unit"
  parent_id = "r-ab12"
}

resource "aws_ram_principal_association" "ram_unknown_fault" {
  resource_share_arn = aws_ram_resource_share.ram_unknown.arn
  principal          = terraform_data.ram_unknown.output
}

resource "aws_ram_principal_association" "ram_unknown_near" {
  resource_share_arn = aws_ram_resource_share.ram_unknown.arn
  principal          = aws_organizations_organizational_unit.ram_unknown.arn
}
