# A module call leaves out the networks, and the module's default is the whole internet.
# Source: AVD-AWS-0107
# Fault at: module.door_fault.aws_security_group.this
# Near miss at: module.door_near.aws_security_group.this

module "door_fault" {
  source = "./modules/door"
  name   = "shop-prod-door-orders"
  vpc_id = aws_vpc.shop.id
}

module "door_near" {
  source  = "./modules/door"
  name    = "shop-prod-door-ledger"
  vpc_id  = aws_vpc.shop.id
  sources = [aws_vpc.shop.cidr_block]
}
