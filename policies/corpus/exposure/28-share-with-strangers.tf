# A resource share may be joined by accounts outside the organisation.
# Source: https://docs.aws.amazon.com/ram/latest/userguide/working-with-sharing-create.html
# Fault at: aws_ram_resource_share.outside_fault
# Fault at: aws_ram_principal_association.outside_fault
# Near miss at: aws_ram_resource_share.outside_near

resource "aws_ram_resource_share" "outside_fault" {
  name                      = "shop-prod-network"
  allow_external_principals = true
}

resource "aws_ram_principal_association" "outside_fault" {
  resource_share_arn = aws_ram_resource_share.outside_fault.arn
  principal          = "999988887777"
}

resource "aws_ram_resource_association" "outside" {
  resource_share_arn = aws_ram_resource_share.outside_fault.arn
  resource_arn       = aws_subnet.private_a.arn
}

resource "aws_ram_resource_share" "outside_near" {
  name                      = "shop-prod-hub"
  allow_external_principals = false
}

resource "aws_ram_resource_association" "inside" {
  resource_share_arn = aws_ram_resource_share.outside_near.arn
  resource_arn       = aws_ec2_transit_gateway.accept_near.arn
}
