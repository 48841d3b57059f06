# A foreign account gets our shared resources.
# Source: https://docs.aws.amazon.com/ram/latest/userguide/getting-started-sharing.html
# Fault at: aws_ram_principal_association.ram_fault
# Near miss at: aws_ram_principal_association.ram_near

resource "aws_ram_principal_association" "ram_fault" {
  resource_share_arn = "arn:aws:ram:${var.region}:${var.account_id}:resource-share/5f1c2b6e-8c0c-4a4b-9a53-0c3b1f2f7a01"
  principal          = "999988887777"
}

resource "aws_ram_principal_association" "ram_near" {
  resource_share_arn = "arn:aws:ram:${var.region}:${var.account_id}:resource-share/5f1c2b6e-8c0c-4a4b-9a53-0c3b1f2f7a01"
  principal          = "arn:aws:organizations::${var.account_id}:ou/${var.org_id}/ou-ab12-11111111"
}
