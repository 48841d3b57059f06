# A mainframe environment is reachable from the internet.
# Source: https://docs.aws.amazon.com/m2/latest/APIReference/API_CreateEnvironment.html
# Fault at: aws_m2_environment.public_fault
# Near miss at: aws_m2_environment.public_near

resource "aws_m2_environment" "public_fault" {
  name                = "shop-prod-ledger"
  engine_type         = "bluage"
  instance_type       = "M2.m5.large"
  kms_key_id          = aws_kms_key.shop.arn
  publicly_accessible = true
  subnet_ids          = [aws_subnet.public_a.id, aws_subnet.public_b.id]
  security_group_ids  = [aws_security_group.app.id]
}

resource "aws_m2_environment" "public_near" {
  name                = "shop-prod-stock"
  engine_type         = "bluage"
  instance_type       = "M2.m5.large"
  kms_key_id          = aws_kms_key.shop.arn
  publicly_accessible = false
  subnet_ids          = [aws_subnet.private_a.id, aws_subnet.private_b.id]
  security_group_ids  = [aws_security_group.app.id]
}
