# A rule two modules deep opens remote desktop to the internet.
# Source: CKV_AWS_25
# Fault at: module.nested_rules.module.inner["desktop"].aws_security_group_rule.this[0]
# Near miss at: module.nested_rules.module.inner["metrics"].aws_security_group_rule.this[0]

resource "aws_security_group" "nested_rules" {
  name        = "shop-prod-nested-rules"
  description = "Hosts"
  vpc_id      = "vpc-0a1b2c3d4e5f60718"
}

module "nested_rules" {
  source            = "./modules/wrap"
  security_group_id = aws_security_group.nested_rules.id
  groups = {
    metrics = { port = 9100 }
    desktop = { port = 3389, cidr = "10.0.0.0/8,0.0.0.0/0" }
  }
}
