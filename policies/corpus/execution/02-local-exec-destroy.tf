# A placement group runs a shell command when it is destroyed.
# Source: https://developer.hashicorp.com/terraform/language/provisioners (when = destroy)
# Fault at: aws_placement_group.lexecd_fault
# Near miss at: aws_placement_group.lexecd_near

resource "aws_placement_group" "lexecd_fault" {
  name     = "shop-prod-lexecd-fault"
  strategy = "spread"

  provisioner "local-exec" {
    when       = destroy
    on_failure = continue
    command    = "aws s3 rm --recursive s3://shop-prod-audit"
  }
}

resource "aws_placement_group" "lexecd_near" {
  name     = "shop-prod-lexecd-near"
  strategy = "spread"

  lifecycle {
    prevent_destroy = true
  }
}
