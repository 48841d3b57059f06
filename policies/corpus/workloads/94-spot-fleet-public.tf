# The instances of the spot fleet get public addresses.
# Source: CKV_AWS_88, EC2.9
# Fault at: aws_spot_fleet_request.fleet_fault
# Near miss at: aws_spot_fleet_request.fleet_near

resource "aws_spot_fleet_request" "fleet_fault" {
  iam_fleet_role                      = aws_iam_role.work_exec.arn
  target_capacity                     = 2
  terminate_instances_with_expiration = true
  allocation_strategy                 = "priceCapacityOptimized"
  launch_specification {
    ami                         = var.work_ami
    instance_type               = "m7i.large"
    subnet_id                   = aws_subnet.work_a.id
    vpc_security_group_ids      = [aws_security_group.work_app.id]
    associate_public_ip_address = true
    ebs_optimized               = true
    monitoring                  = true
    root_block_device {
      encrypted  = true
      kms_key_id = aws_kms_key.work.arn
    }
  }
  tags = { Name = "shop-prod-fleet-fault" }
}

resource "aws_spot_fleet_request" "fleet_near" {
  iam_fleet_role                      = aws_iam_role.work_exec.arn
  target_capacity                     = 2
  terminate_instances_with_expiration = true
  allocation_strategy                 = "priceCapacityOptimized"
  launch_template_config {
    launch_template_specification {
      id      = aws_launch_template.onezone.id
      version = aws_launch_template.onezone.latest_version
    }
    overrides {
      subnet_id     = aws_subnet.work_a.id
      instance_type = "m7i.large"
    }
  }
  tags = { Name = "shop-prod-fleet-near" }
}
