# The instance inside a module is told to answer version 1 of the metadata service.
# Source: EC2.8, CKV_AWS_79
# Fault at: module.imdsmod_fault.aws_instance.this[0]
# Near miss at: module.imdsmod_near.aws_instance.this[0]

module "imdsmod_fault" {
  source    = "./modules/host"
  name      = "shop-prod-imdsmod-fault"
  ami       = var.work_ami
  subnet_id = aws_subnet.work_a.id
  group_ids = [aws_security_group.work_app.id]
  key_arn   = aws_kms_key.work.arn
  imds      = { v2 = "optional" }
}

module "imdsmod_near" {
  source    = "./modules/host"
  name      = "shop-prod-imdsmod-near"
  ami       = var.work_ami
  subnet_id = aws_subnet.work_a.id
  group_ids = [aws_security_group.work_app.id]
  key_arn   = aws_kms_key.work.arn
  imds      = {}
}
