# A foreign account can put our load balancer behind its own accelerator.
# Source: https://docs.aws.amazon.com/global-accelerator/latest/dg/cross-account-resources.html
# Fault at: aws_globalaccelerator_cross_account_attachment.accelerator_fault
# Near miss at: aws_globalaccelerator_cross_account_attachment.accelerator_near

resource "aws_globalaccelerator_cross_account_attachment" "accelerator_fault" {
  name       = "shop-prod-edge-a"
  principals = [var.account_id, var.partner_account_id]

  resource {
    endpoint_id = "arn:aws:elasticloadbalancing:${var.region}:${var.account_id}:loadbalancer/app/shop-prod-web/50dc6c495c0c9188"
    region      = var.region
  }
}

resource "aws_globalaccelerator_cross_account_attachment" "accelerator_near" {
  name       = "shop-prod-edge-b"
  principals = [var.account_id]

  resource {
    endpoint_id = "arn:aws:elasticloadbalancing:${var.region}:${var.account_id}:loadbalancer/app/shop-prod-web/50dc6c495c0c9188"
    region      = var.region
  }
}
